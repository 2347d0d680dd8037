#pragma once

// Steps of variations that both protocols share: core/dataset/broadening.h, wavelength_warp.h and
// core/robust/rotation.h for kernels.

#include "gpu/kernels/block.h"

#include <math.h>

namespace maury::gpu {

/// Room for the right half of any kernel that the settings' limits allow: 8 σ and more of 85
/// pixels.
inline constexpr int kMostKernel = 832;

/// dataset::broadeningKernel(): overwrites `kernel` [kMostKernel] and returns its length. `weights`
/// [kMostKernel + 2] is scratch. One thread.
MAURY_DEVICE inline int broadeningKernel(double width, double* weights, float* kernel)
{
    const double t = width * width;
    kernel[0] = 1.0F;
    if (t < 0x1p-25)
        return 1;
    const int wanted = static_cast<int>(::ceil(8.0 * width)) + 8;
    const int far = wanted < kMostKernel ? wanted : kMostKernel;
    weights[far + 1] = 0.0;
    weights[far] = 1e-300;
    for (int k = far; k > 0; --k) {
        weights[k - 1] = weights[k + 1] + 2.0 * k / t * weights[k];
        if (weights[k - 1] > 1e200)
            for (int i = k - 1; i <= far; ++i)
                weights[i] *= 1e-200;
    }
    int length = far;
    while (length > 1 && weights[length - 1] < 1e-8 * weights[0])
        --length;
    double sum = weights[0];
    for (int k = 1; k < length; ++k)
        sum += 2.0 * weights[k];
    for (int k = 0; k < length; ++k)
        kernel[k] = static_cast<float>(weights[k] / sum);
    return length;
}

/// A pixel of `flux` [pixels] smoothed by a kernel; the ends are repeated.
MAURY_DEVICE inline float smoothed(
    const float* flux, int pixels, const float* kernel, int length, int pixel)
{
    float sum = kernel[0] * flux[pixel];
    for (int k = 1; k < length; ++k) {
        const int left = pixel - k > 0 ? pixel - k : 0;
        const int right = pixel + k < pixels ? pixel + k : pixels - 1;
        sum += kernel[k] * (flux[left] + flux[right]);
    }
    return sum;
}

/// The flux at a place between pixels, by the polynomial of degree 5 through six of them; the ends
/// are repeated.
MAURY_DEVICE inline float interpolated(const float* flux, int pixels, double position)
{
    const double last = pixels - 1;
    const double inside = position < 0.0 ? 0.0 : position > last ? last : position;
    const double whole = ::floor(inside);
    const int base = static_cast<int>(whole);
    const float f = static_cast<float>(inside - whole);
    const auto value = [&](int offset) {
        const int at = base + offset;
        return flux[at < 0 ? 0 : at >= pixels ? pixels - 1 : at];
    };
    const float q = f * (f - 1.0F);
    const float r = q - 2.0F;
    const float s = q - 6.0F;
    const float outer = (f + 2.0F) * value(3) - (f - 3.0F) * value(-2);
    const float middle = (f - 2.0F) * value(-1) - (f + 1.0F) * value(2);
    const float inner = f * value(1) - (f - 1.0F) * value(0);
    return (q * r * outer + 5.0F * s * q * middle + 10.0F * s * r * inner) * (1.0F / 120.0F);
}

/// The mean of the `window` (odd) pixels about one, truncated at the ends.
MAURY_DEVICE inline float meanAbout(const float* flux, int pixels, int window, int pixel)
{
    const int half = window / 2;
    const int begin = pixel - half > 0 ? pixel - half : 0;
    const int end = pixel + half + 1 < pixels ? pixel + half + 1 : pixels;
    float sum = 0.0F;
    for (int at = begin; at < end; ++at)
        sum += flux[at];
    return sum / static_cast<float>(end - begin);
}

/// Pixels that robust::rotationKernel() reaches from its centre, which counts.
MAURY_DEVICE inline int rotationLength(double reach)
{
    return reach > 0.0 ? static_cast<int>(::ceil(reach + 0.5)) : 1;
}

/// ∫ of the profile of rotation from −1 to x, without the norm.
MAURY_DEVICE inline double rotationIntegral(double x, double limbDarkening)
{
    constexpr double kPi = 3.14159265358979323846;
    const double z = x < -1.0 ? -1.0 : x > 1.0 ? 1.0 : x;
    const double chord = 1.0 - z * z;
    const double disk = z * ::sqrt(chord > 0.0 ? chord : 0.0) + ::asin(z);
    const double from = -(1.0 - limbDarkening) * kPi / 2.0 - kPi * limbDarkening / 3.0;
    return (1.0 - limbDarkening) * disk + 0.5 * kPi * limbDarkening * (z - z * z * z / 3.0) - from;
}

/// One number of robust::rotationKernel().
MAURY_DEVICE inline float rotationWeight(double reach, double limbDarkening, int pixel)
{
    if (!(reach > 0.0))
        return 1.0F;
    const double right = rotationIntegral((pixel + 0.5) / reach, limbDarkening);
    const double left = rotationIntegral((pixel - 0.5) / reach, limbDarkening);
    return static_cast<float>((right - left) / rotationIntegral(1.0, limbDarkening));
}

} // namespace maury::gpu
