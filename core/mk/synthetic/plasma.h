#pragma once

#include "core/mk/synthetic/atmosphere.h"
#include "core/mk/synthetic/continuous_opacity.h"

#include <Eigen/Core>

#include <vector>

namespace maury::mk::synthetic {

/// The fine wavelength grid of the synthesis: air Å, regular.
struct SynthesisGrid {
    double firstAngstrom = 3785.0;
    double stepAngstrom = 0.04;
    std::size_t points = 20751;

    [[nodiscard]] double wavelength(std::size_t i) const
    {
        return firstAngstrom + stepAngstrom * static_cast<double>(i);
    }
    /// Indices [begin, end) of the points within `reach` of a wavelength; empty when there are
    /// none.
    struct Window {
        std::size_t begin;
        std::size_t end;
    };
    [[nodiscard]] Window window(double centreAngstrom, double reachAngstrom) const;
};

/// One value per layer and wavelength: [layers, points].
using LayerMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// What the line opacities need of every layer of an atmosphere.
class Plasma {
public:
    /// Keeps references: data and atmosphere must outlive it.
    Plasma(const AtomicData& data, const Atmosphere& atmosphere);

    [[nodiscard]] const AtomicData& data() const { return m_data; }
    [[nodiscard]] const Atmosphere& atmosphere() const { return m_atmosphere; }
    [[nodiscard]] std::size_t layers() const { return m_atmosphere.layers(); }
    [[nodiscard]] const GasState& gas(std::size_t layer) const { return m_atmosphere.gas[layer]; }
    [[nodiscard]] const ContinuumSources& continuum(std::size_t layer) const
    {
        return m_continuum[layer];
    }

    /// Ions per cm³ in a stage.
    [[nodiscard]] double density(std::size_t layer, std::size_t ion) const;
    /// Line opacity integrated over frequency, cm²/g · Hz, for unit gf and lower level `lowerEv`,
    /// with stimulated emission.
    [[nodiscard]] double lineStrength(
        std::size_t layer, std::size_t ion, double lowerEv, double airAngstrom) const;
    /// Thermal and microturbulent velocity (most probable), cm/s.
    [[nodiscard]] double dopplerVelocity(std::size_t layer, double massU) const;
    /// Opacity of the continuum in the middle of the range, cm²/g.
    [[nodiscard]] double referenceContinuum(std::size_t layer) const { return m_reference[layer]; }

private:
    const AtomicData& m_data;
    const Atmosphere& m_atmosphere;
    std::vector<std::vector<double>> m_fractions; ///< [layers][ions]
    std::vector<ContinuumSources> m_continuum;
    std::vector<double> m_reference;
};

} // namespace maury::mk::synthetic
