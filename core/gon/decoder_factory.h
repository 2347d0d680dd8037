#pragma once

#include "core/gon/decoder_pass.h"
#include "core/gon/gon_model.h"

#include <memory>

namespace maury::gon {

/// A decoder of any kind at work. `withOrigin`: origin() and gradients(true) will be called.
/// `products` outlives it. Precondition: the parameters fit the spec.
template <typename Scalar>
[[nodiscard]] std::unique_ptr<DecoderPass<Scalar>> makeDecoderPass(const DecoderSpec& spec,
    const std::vector<double>& wavelengthAngstrom, std::size_t batch, bool withOrigin,
    const DecoderParameters& parameters, Products<Scalar>& products);

} // namespace maury::gon
