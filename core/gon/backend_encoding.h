#pragma once

#include "core/gon/gon_backend.h"
#include "core/gon/latent_inference.h"

#include <stop_token>
#include <string>

namespace maury::gon {

/// LatentInference::encode() without iterations on a backend ("cuda", or as createGonBackend()
/// takes them): codes, χ² and dof by the model's own inference. threads: of the processor's, 0 = the
/// machine's. Errors: as LatentInference::encode() and createGonBackend(), BackendFailed.
[[nodiscard]] base::Result<Encoding> encodeOn(const std::string& backend, const GonModel& model,
    const SpectrumSet& set, int threads, std::stop_token stop = {});

} // namespace maury::gon
