#include "tests/support/gon_case.h"

#include "core/gon/decoder_start.h"

#include <algorithm>
#include <cmath>

namespace maury::test {

using namespace gon;

GonCase makeGonCase(DecoderKind decoder, InferenceKind inference, bool variational,
    std::size_t pixels, std::size_t batchSize)
{
    GonCase made;
    made.config = defaultsFor(inference, decoder);
    made.config.variational = variational;
    made.config.decoder.latent = 5;
    if (decoder != DecoderKind::Linear)
        made.config.decoder.hidden = { 7, 6 };
    made.config.decoder.coordinates.features = 4;
    made.config.decoder.coordinates.siren = 3.0;
    made.config.decoder.coordinates.segmentAngstrom = 12.0;
    made.config.stepSize = 0.02;
    base::RandomStream stream(7);
    DataMoments moments;
    std::vector<double> wavelengths;
    for (std::size_t p = 0; p < pixels; ++p) {
        wavelengths.push_back(4000.0 + 0.5 * static_cast<double>(p));
        moments.mean.push_back(static_cast<float>(0.8 + 0.1 * stream.normal()));
        moments.deviation.push_back(static_cast<float>(0.05 + 0.05 * stream.uniform()));
    }
    const auto normal = [&](std::size_t rows, std::size_t cols, double sigma) {
        Matrix matrix(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(cols));
        for (Eigen::Index i = 0; i < matrix.size(); ++i)
            matrix.data()[i] = static_cast<float>(sigma * stream.normal());
        return matrix;
    };
    moments.components = normal(5, pixels, 0.05);
    TrainingBatch& batch = made.batch;
    batch.data = normal(batchSize, pixels, 0.1).array() + 0.8F;
    batch.lossWeight = normal(batchSize, pixels, 10.0).cwiseAbs().array() + 20.0F;
    batch.lossWeight.block(1, 3, 2, 4).setZero();
    batch.inferenceWeight = batch.lossWeight;
    batch.inferenceWeight.block(0, 10, 3, 6).setZero();
    if (variational)
        batch.noise = normal(batchSize, 5, 1.0);
    made.setup = { made.config.decoder, inference, made.config.stepSize, variational, wavelengths,
        batchSize, 1 };
    made.start = initialState(made.config, wavelengths, moments);
    return made;
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b)
{
    double largest = 0.0;
    double scale = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
        scale = std::max(scale, std::abs(a[i]));
    }
    return largest / scale;
}

} // namespace maury::test
