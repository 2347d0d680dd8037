#include "core/gon/decoder_factory.h"

#include "core/gon/coordinate_pass.h"
#include "core/gon/dense_pass.h"

namespace maury::gon {

template <typename Scalar>
std::unique_ptr<DecoderPass<Scalar>> makeDecoderPass(const DecoderSpec& spec,
    const std::vector<double>& wavelengthAngstrom, std::size_t batch, bool withOrigin,
    const DecoderParameters& parameters, Products<Scalar>& products)
{
    if (isCoordinate(spec.kind))
        return std::make_unique<CoordinatePass<Scalar>>(
            spec, wavelengthAngstrom, batch, parameters, products);
    const bool skip = spec.skip && spec.kind == DecoderKind::Dense;
    return std::make_unique<DensePass<Scalar>>(
        typename DensePass<Scalar>::Shape { batch, static_cast<std::size_t>(spec.latent),
            wavelengthAngstrom.size(), skip, withOrigin, true, spec.activation, 1.0 },
        parameters.layers, parameters.scale, products);
}

template std::unique_ptr<DecoderPass<float>> makeDecoderPass<float>(const DecoderSpec&,
    const std::vector<double>&, std::size_t, bool, const DecoderParameters&, Products<float>&);
template std::unique_ptr<DecoderPass<double>> makeDecoderPass<double>(const DecoderSpec&,
    const std::vector<double>&, std::size_t, bool, const DecoderParameters&, Products<double>&);

} // namespace maury::gon
