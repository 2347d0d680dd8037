#pragma once

// Variations of the paper's protocol (core/dataset/augmentation.h): the streams of the processor,
// so the same variations up to float32's rounding (a count of photons may differ by one where
// rounding decides).
// Augment: one block a sample, 256 threads over its pixels; overwrites `out`.

#include "gpu/kernels/poisson.h"
#include "gpu/kernels/smoothing.h"

namespace maury::gpu {

/// dataset::AugmentationSettings and WavelengthGrid in plain numbers.
struct AugmentNumbers {
    double registrationSigma;
    double registrationLinearSigma;
    double dopplerSigma;
    double continuumSigma[3];
    double broadeningSigma;
    double gain;
    bool poisson;
    double firstAngstrom;
    double stepAngstrom;
};

struct Augment {
    static constexpr int kThreads = 256;

    const float* standards; ///< [anything, pixels]
    const std::uint32_t* standardOf; ///< [rows]
    float* out; ///< [rows, width]; what is beyond the pixels is left alone
    int rows;
    int pixels;
    int width;
    std::uint64_t epochKey; ///< of the augmenter's stream for the epoch
    AugmentNumbers numbers;

    [[nodiscard]] Grid grid() const
    {
        Grid grid = gridFor(rows, 1);
        grid.sharedBytes = sharedBytesFor(pixels);
        return grid;
    }
    [[nodiscard]] static constexpr std::size_t sharedBytesFor(int pixels)
    {
        return sizeof(Drawn) + (kMostKernel + 2) * sizeof(double)
            + (kMostKernel + static_cast<std::size_t>(pixels)) * sizeof(float);
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        auto* drawn = reinterpret_cast<Drawn*>(block.shared());
        auto* weights = reinterpret_cast<double*>(drawn + 1);
        auto* kernel = reinterpret_cast<float*>(weights + kMostKernel + 2);
        float* flux = kernel + kMostKernel;
        for (std::int64_t row = block.index(); row < rows; row += block.count()) {
            if (block.thread() == 0)
                *drawn = draw(static_cast<std::uint64_t>(row), weights, kernel);
            block.sync();
            const float* from = standards + std::int64_t { standardOf[row] } * pixels;
            for (int pixel = block.thread(); pixel < pixels; pixel += block.threads())
                flux[pixel] = shiftedAndTilted(from, *drawn, pixel);
            block.sync();
            for (int quad = block.thread(); quad < quadsOf(pixels); quad += block.threads())
                finish(flux, kernel, *drawn, quad, out + row * width);
            block.sync();
        }
    }

private:
    struct Drawn {
        double offset;
        double slope;
        float continuum[3];
        int kernelLength;
        std::uint64_t noiseKey;
    };

    MAURY_DEVICE Drawn draw(std::uint64_t row, double* weights, float* kernel) const
    {
        constexpr double kSpeedOfLightKms = 299792.458;
        const std::uint64_t key = splitKey(epochKey, row);
        RandomNumbers random(splitKey(key, 0));
        Drawn drawn;
        const double registration = numbers.registrationSigma * random.normal();
        const double scale = 1.0 + numbers.registrationLinearSigma * random.normal();
        const double doppler = 1.0 + numbers.dopplerSigma * random.normal() / kSpeedOfLightKms;
        const double last = numbers.firstAngstrom + numbers.stepAngstrom * (pixels - 1);
        const double middle = 0.5 * (numbers.firstAngstrom + last);
        const double first
            = (middle + (numbers.firstAngstrom - middle - registration) / scale) / doppler;
        drawn.offset = (first - numbers.firstAngstrom) / numbers.stepAngstrom;
        drawn.slope = 1.0 / (scale * doppler) - 1.0;
        for (int term = 0; term < 3; ++term)
            drawn.continuum[term] = static_cast<float>(
                numbers.continuumSigma[term] * random.normal() + (term == 0 ? 1.0 : 0.0));
        drawn.kernelLength
            = broadeningKernel(::fabs(numbers.broadeningSigma * random.normal()), weights, kernel);
        drawn.noiseKey = splitKey(key, 1);
        return drawn;
    }

    MAURY_DEVICE float shiftedAndTilted(const float* from, const Drawn& drawn, int pixel) const
    {
        const bool warps = numbers.registrationSigma > 0.0 || numbers.registrationLinearSigma > 0.0
            || numbers.dopplerSigma > 0.0;
        const float value = warps
            ? interpolated(from, pixels, pixel + (drawn.offset + drawn.slope * pixel))
            : from[pixel];
        const bool tilts = numbers.continuumSigma[0] > 0.0 || numbers.continuumSigma[1] > 0.0
            || numbers.continuumSigma[2] > 0.0;
        if (!tilts)
            return value;
        const float x = pixels > 1
            ? -1.0F + static_cast<float>(2.0 / (pixels - 1)) * static_cast<float>(pixel)
            : 0.0F;
        return value * (drawn.continuum[0] + x * (drawn.continuum[1] + x * drawn.continuum[2]));
    }

    MAURY_DEVICE void finish(
        const float* flux, const float* kernel, const Drawn& drawn, int quad, float* to) const
    {
        FourNormals normals {};
        RandomWords bits {};
        if (numbers.gain > 0.0) {
            normals = normalsOf(drawn.noiseKey, quad);
            if (numbers.poisson)
                bits = philoxWords(drawn.noiseKey, 1, static_cast<std::uint32_t>(quad));
        }
        for (int j = 0; j < 4; ++j) {
            const int pixel = placeOf(quad, j);
            if (pixel >= pixels)
                return;
            const float clean = smoothed(flux, pixels, kernel, drawn.kernelLength, pixel);
            to[pixel] = !(numbers.gain > 0.0) ? clean
                : numbers.poisson             ? withPoissonNoise(
                                  clean, numbers.gain, normals.normal[j], bits.word[j], drawn.noiseKey, pixel)
                                  : withGaussianNoise(clean, numbers.gain, normals.normal[j]);
        }
    }
};

} // namespace maury::gpu
