#pragma once

#include <cstddef>

namespace maury::mk::synthetic {

/// The Voigt function H(a, u) = (a/π) ∫ e^{−y²} / (a² + (u − y)²) dy, a ≥ 0. Near the centre the
/// rational approximation of Hui, Armstrong & Wray (1978, JQSRT 19, 509), beyond u² + a² = 36
/// Humlíček's (1982, JQSRT 27, 437) first region; error below 2e-6 + 0.2 % for a ≥ 1e-3, single
/// precision.
[[nodiscard]] float voigt(float a, float u);

/// Adds amplitude · H(a, |first + i · step|) to sum[i], i < count.
void addVoigt(float* sum, std::size_t count, float first, float step, float a, float amplitude);

/// Adds amplitude / (core + wing · |first + i · step|^{5/2}) to sum[i]: a Stark profile with
/// Holtsmark's wings.
void addStark(float* sum, std::size_t count, float first, float step, float core, float wing,
    float amplitude);

/// Adds amplitude · exp(−(first + i · step)²) to sum[i].
void addGaussian(float* sum, std::size_t count, float first, float step, float amplitude);

} // namespace maury::mk::synthetic
