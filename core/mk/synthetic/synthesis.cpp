#include "core/mk/synthetic/synthesis.h"

#include "core/mk/synthetic/formal_solution.h"
#include "core/mk/synthetic/hydrogenic_lines.h"
#include "core/mk/synthetic/line_opacity.h"
#include "core/mk/synthetic/molecules.h"
#include "core/preprocess/envelope.h"

namespace maury::mk::synthetic {

std::vector<float> synthesise(
    const AtomicData& data, const Atmosphere& atmosphere, const SynthesisGrid& grid)
{
    const Plasma plasma(data, atmosphere);
    LayerMatrix opacity = LayerMatrix::Zero(
        static_cast<Eigen::Index>(plasma.layers()), static_cast<Eigen::Index>(grid.points));
    addAtomicLines(plasma, grid, opacity);
    addBalmerLines(plasma, grid, opacity);
    addPickeringLines(plasma, grid, opacity);
    addMolecules(plasma, grid, opacity);
    return residualFlux(
        plasma, grid, opacity, sourceFunctionDeficit(atmosphere.parameters.effectiveTemperature));
}

base::Result<std::vector<double>> observe(std::span<const float> fine, const SynthesisGrid& grid,
    const Blur& blur, const spectrum::WavelengthGrid& target)
{
    std::vector<double> flux = degrade(fine, grid, blur, target);
    const std::vector<std::uint8_t> good(flux.size(), 1);
    if (auto done = preprocess::rectifyByEnvelope(target.wavelengths(), flux, good); !done)
        return base::Unexpected(done.error());
    return flux;
}

} // namespace maury::mk::synthetic
