#pragma once

// Passes over rows of a coordinate network, for the vector width of the processor. Arrays may begin
// anywhere and overlap only where they are the same.

#include <cstddef>

namespace maury::gon::kernels {

/// Σ a[i]·b[i].
[[nodiscard]] float dot(const float* a, const float* b, std::size_t count);
[[nodiscard]] double dot(const double* a, const double* b, std::size_t count);

/// sum[i] += factor · row[i].
void addScaled(float factor, const float* row, float* sum, std::size_t count);
void addScaled(double factor, const double* row, double* sum, std::size_t count);

/// to[i] ← factor · a[i] · b[i]; `to` may be a or b.
void scaledProduct(float factor, const float* a, const float* b, float* to, std::size_t count);
void scaledProduct(double factor, const double* a, const double* b, double* to, std::size_t count);

/// first[i] += row[i] and second[i] += row[i].
void addToBoth(const float* row, float* first, float* second, std::size_t count);
void addToBoth(const double* row, double* first, double* second, std::size_t count);

/// The way back through h = f(a) with its tangent Rh = f′ Ra: d[i] ← f′ d + f″ Ra dRh, then
/// dTangent[i] ← f′ dRh.
void backThroughTangent(const float* slope, const float* curve, const float* tangent, float* d,
    float* dTangent, std::size_t count);
void backThroughTangent(const double* slope, const double* curve, const double* tangent, double* d,
    double* dTangent, std::size_t count);

} // namespace maury::gon::kernels
