#pragma once

// Variations of the robust protocol (core/robust/variation.h) as the network sees them
// (local_continuum.h), with their soft targets (ordinal.h): the streams of the processor, so the
// same variations up to float32's rounding.
// Vary: one block a sample, of one step or of several in a row, 256 threads over its pixels; overwrites `input` and both targets.

#include "gpu/kernels/philox.h"
#include "gpu/kernels/smoothing.h"

namespace maury::gpu {

inline constexpr int kShapeTerms = 6;

/// robust::VariationSettings in plain numbers.
struct VaryNumbers {
    double mixShare;
    double widestFwhm;
    double rotationShare;
    double velocitySigma;
    double depthSigma;
    double depthShapeSigma;
    double continuumSigma;
    double lowestSignalToNoise;
    double highestSignalToNoise;
};

/// robust::OrdinalBins.
struct VaryBins {
    double first;
    double step;
    int count;
    double sigma;
};

/// What variations are made of, in device memory.
struct VaryTable {
    const float* flux; ///< [standards, pixels]
    const double* temperatureCode; ///< [standards]
    const double* luminosityCode;
    const double* fwhm;
    const double* cumulativeWeight;
    const std::uint32_t* neighbourBegin; ///< [standards + 1]
    const std::uint32_t* neighbours;
    const float* cosines; ///< [kShapeTerms, pixels]
    const float* mean; ///< [cropPixels] of the standardisation
    const float* scale; ///< [cropPixels] 1 / (deviation + what keeps quiet pixels quiet)
    int standards;
    int pixels; ///< at least as many as both heads have bins
    int cropBegin;
    int cropPixels;
    int window; ///< of the running mean
    double step; ///< of ln λ
    double middleStepAngstrom;
    VaryBins temperature;
    VaryBins luminosity;
};

struct Vary {
    static constexpr int kThreads = 256;

    VaryTable table;
    VaryNumbers numbers;
    std::uint64_t key; ///< of the maker's stream
    std::uint64_t firstStep;
    int samples; ///< of a step
    int rows; ///< of all steps
    int width; ///< of a row of `input`, a multiple of 4; what is beyond the crop becomes 0
    float* input; ///< [rows, width]
    float* targetTemperature; ///< [rows, temperature.count]
    float* targetLuminosity;

    [[nodiscard]] Grid grid() const
    {
        Grid grid = gridFor(rows, 1);
        grid.sharedBytes = sharedBytesFor(table.pixels);
        return grid;
    }
    [[nodiscard]] static constexpr std::size_t sharedBytesFor(int pixels)
    {
        return sizeof(Drawn) + (kMostKernel + 2) * sizeof(double)
            + 2 * (kMostKernel + static_cast<std::size_t>(pixels)) * sizeof(float);
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        auto* drawn = reinterpret_cast<Drawn*>(block.shared());
        auto* weights = reinterpret_cast<double*>(drawn + 1);
        auto* blur = reinterpret_cast<float*>(weights + kMostKernel + 2);
        float* rotation = blur + kMostKernel;
        float* first = rotation + kMostKernel;
        float* second = first + table.pixels;
        for (std::int64_t row = block.index(); row < rows; row += block.count()) {
            if (block.thread() == 0)
                *drawn = draw(static_cast<std::uint64_t>(row), weights, blur);
            block.sync();
            for (int k = block.thread(); k < drawn->rotationLength; k += block.threads())
                rotation[k] = rotationWeight(drawn->rotationReach, kLimbDarkening, k);
            blend(block, *drawn, first);
            block.sync();
            smooth(block, first, blur, drawn->blurLength, second);
            block.sync();
            smooth(block, second, rotation, drawn->rotationLength, first);
            block.sync();
            for (int pixel = block.thread(); pixel < table.pixels; pixel += block.threads())
                second[pixel] = interpolated(first, table.pixels, pixel - drawn->velocityPixels);
            block.sync();
            for (int quad = block.thread(); quad < quadsOf(table.pixels); quad += block.threads())
                changeLinesAndAddNoise(*drawn, second, quad, first);
            block.sync();
            standardise(block, first, input + row * width);
            float* ofLuminosity = second + table.temperature.count;
            weigh(block, table.temperature, drawn->temperatureCode, second);
            weigh(block, table.luminosity, drawn->luminosityCode, ofLuminosity);
            block.sync();
            normalise(block, table.temperature, second,
                targetTemperature + row * table.temperature.count);
            normalise(block, table.luminosity, ofLuminosity,
                targetLuminosity + row * table.luminosity.count);
            block.sync();
        }
    }

private:
    static constexpr double kLimbDarkening = 0.6;

    struct Drawn {
        std::uint32_t standard;
        std::uint32_t partner;
        float mix;
        int blurLength;
        int rotationLength;
        float depth; ///< 1 + depth
        float depthShape[kShapeTerms];
        float continuumShape[kShapeTerms];
        float noise; ///< 1 / S/N
        double rotationReach;
        double velocityPixels;
        double temperatureCode;
        double luminosityCode;
        std::uint64_t noiseKey;
    };

    /// ln of the Doppler factor of a velocity, in pixels.
    MAURY_DEVICE double pixelsOf(double velocityKms) const
    {
        const double beta = velocityKms / 299792.458;
        return ::log(::sqrt((1.0 + beta) / (1.0 - beta))) / table.step;
    }

    /// The first standard whose cumulative weight is above a number, or the last.
    MAURY_DEVICE std::uint32_t drawStandard(double uniform) const
    {
        int begin = 0;
        int end = table.standards;
        while (begin < end) {
            const int middle = (begin + end) / 2;
            if (table.cumulativeWeight[middle] > uniform)
                end = middle;
            else
                begin = middle + 1;
        }
        return static_cast<std::uint32_t>(begin < table.standards ? begin : table.standards - 1);
    }

    MAURY_DEVICE static double fastestRotationKms(double temperatureCode)
    {
        const double cool = (temperatureCode - 23.0) / 4.0; // from F0 to F8
        const double within = cool < 0.0 ? 0.0 : cool > 1.0 ? 1.0 : cool;
        return 330.0 + within * (30.0 - 330.0);
    }

    /// The numbers in the order in which robust::VariationMaker draws them.
    MAURY_DEVICE Drawn draw(std::uint64_t row, double* weights, float* blur) const
    {
        const auto perStep = static_cast<std::uint64_t>(samples);
        const std::uint64_t ofRow
            = splitKey(splitKey(key, firstStep + row / perStep), row % perStep);
        RandomNumbers random(ofRow);
        Drawn d;
        d.standard = drawStandard(random.uniform());
        const std::uint32_t begin = table.neighbourBegin[d.standard];
        const std::uint32_t count = table.neighbourBegin[d.standard + 1] - begin;
        const bool mixed = random.uniform() < numbers.mixShare && count > 0;
        const double which = random.uniform();
        const double share = 0.5 * random.uniform();
        d.partner = mixed ? table.neighbours[begin + static_cast<std::uint32_t>(which * count)]
                          : d.standard;
        const double mix = mixed ? share : 0.0;
        d.mix = static_cast<float>(mix);
        d.temperatureCode = (1.0 - mix) * table.temperatureCode[d.standard]
            + mix * table.temperatureCode[d.partner];
        d.luminosityCode = (1.0 - mix) * table.luminosityCode[d.standard]
            + mix * table.luminosityCode[d.partner];
        const double own = ::fmax(table.fwhm[d.standard], table.fwhm[d.partner]);
        const double fwhm = own + random.uniform() * ::fmax(0.0, numbers.widestFwhm - own);
        const bool rotates = random.uniform() < numbers.rotationShare && d.temperatureCode < 27.0;
        const double speed = random.uniform();
        const double rotationKms
            = rotates ? 30.0 + speed * (fastestRotationKms(d.temperatureCode) - 30.0) : 0.0;
        d.velocityPixels = pixelsOf(numbers.velocitySigma * random.normal());
        d.depth = static_cast<float>(1.0 + numbers.depthSigma * random.normal());
        for (int k = 0; k < kShapeTerms; ++k)
            d.depthShape[k] = static_cast<float>(numbers.depthShapeSigma * random.normal() / 1.7);
        for (int k = 0; k < kShapeTerms; ++k)
            d.continuumShape[k]
                = static_cast<float>(numbers.continuumSigma * random.normal() / (k + 1));
        d.noise = static_cast<float>(1.0
            / (numbers.lowestSignalToNoise
                * ::pow(
                    numbers.highestSignalToNoise / numbers.lowestSignalToNoise, random.uniform())));
        constexpr double kFwhmPerSigma = 2.3548200450309493;
        const double sigma = ::sqrt(::fmax(0.0, fwhm * fwhm - own * own)) / kFwhmPerSigma;
        d.blurLength = broadeningKernel(sigma / table.middleStepAngstrom, weights, blur);
        d.rotationReach = pixelsOf(rotationKms);
        d.rotationLength = rotationLength(d.rotationReach);
        d.noiseKey = splitKey(ofRow, 1);
        return d;
    }

    template <typename Block>
    MAURY_DEVICE void blend(const Block& block, const Drawn& d, float* to) const
    {
        const float* own = table.flux + std::int64_t { d.standard } * table.pixels;
        const float* other = table.flux + std::int64_t { d.partner } * table.pixels;
        for (int pixel = block.thread(); pixel < table.pixels; pixel += block.threads())
            to[pixel] = (1.0F - d.mix) * own[pixel] + d.mix * other[pixel];
    }

    template <typename Block>
    MAURY_DEVICE void smooth(
        const Block& block, const float* from, const float* kernel, int length, float* to) const
    {
        for (int pixel = block.thread(); pixel < table.pixels; pixel += block.threads())
            to[pixel] = smoothed(from, table.pixels, kernel, length, pixel);
    }

    MAURY_DEVICE float cosines(const float* shape, float sum, int pixel) const
    {
        for (int k = 0; k < kShapeTerms; ++k)
            sum += shape[k] * table.cosines[k * table.pixels + pixel];
        return sum;
    }

    MAURY_DEVICE void changeLinesAndAddNoise(
        const Drawn& d, const float* from, int quad, float* to) const
    {
        const FourNormals normals = normalsOf(d.noiseKey, quad);
        for (int j = 0; j < 4; ++j) {
            const int pixel = placeOf(quad, j);
            if (pixel >= table.pixels)
                return;
            const float mean = meanAbout(from, table.pixels, table.window, pixel);
            const float depth = cosines(d.depthShape, d.depth, pixel);
            const float flux = (mean + (from[pixel] - mean) * depth)
                * ::expf(cosines(d.continuumShape, 0.0F, pixel));
            to[pixel] = flux + d.noise * ::sqrtf(flux > 0.0F ? flux : 0.0F) * normals.normal[j];
        }
    }

    template <typename Block>
    MAURY_DEVICE void standardise(const Block& block, const float* flux, float* to) const
    {
        for (int i = block.thread(); i < width; i += block.threads()) {
            float value = 0.0F;
            if (i < table.cropPixels) {
                const int pixel = table.cropBegin + i;
                const float mean = meanAbout(flux, table.pixels, table.window, pixel);
                const float divided = mean > 0.0F ? flux[pixel] / mean - 1.0F : 0.0F;
                value = (divided - table.mean[i]) * table.scale[i];
            }
            to[i] = value;
        }
    }

    MAURY_DEVICE static double targetWeight(const VaryBins& bins, double code, int bin)
    {
        const double last = bins.first + bins.step * (bins.count - 1);
        const double nearest = (code < bins.first ? bins.first : code > last ? last : code) - code;
        const double off = bins.first + bins.step * bin - code;
        return ::exp(-0.5 * (off * off - nearest * nearest) / (bins.sigma * bins.sigma));
    }

    template <typename Block>
    MAURY_DEVICE static void weigh(
        const Block& block, const VaryBins& bins, double code, float* weights)
    {
        for (int bin = block.thread(); bin < bins.count; bin += block.threads())
            weights[bin] = static_cast<float>(targetWeight(bins, code, bin));
    }

    template <typename Block>
    MAURY_DEVICE static void normalise(
        const Block& block, const VaryBins& bins, const float* weights, float* target)
    {
        for (int bin = block.thread(); bin < bins.count; bin += block.threads()) {
            float sum = 0.0F; // each thread for itself: two dozen cycles
            for (int at = 0; at < bins.count; ++at)
                sum += weights[at];
            target[bin] = weights[bin] / sum;
        }
    }
};

} // namespace maury::gpu
