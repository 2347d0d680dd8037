#include "tests/support/random_samples.h"

#include "core/base/random.h"

#include <algorithm>

namespace maury::test {
namespace {

void fillSoft(nn::Matrix<float>& rows, base::RandomStream& stream)
{
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        for (auto& value : rows.row(row))
            value = static_cast<float>(stream.uniform());
        rows.row(row) /= rows.row(row).sum();
    }
}

} // namespace

RandomSamples::RandomSamples(int count, const nn::NetworkSpec& spec, std::uint64_t seed)
    : flux(count, spec.inputs)
    , softSc(count, spec.scClasses)
    , softLc(count, spec.lcClasses)
{
    base::RandomStream stream(seed);
    for (auto& value : flux.reshaped())
        value = static_cast<float>(1.0 + 0.3 * stream.normal());
    for (int i = 0; i < count; ++i) {
        sc.push_back(
            static_cast<std::uint16_t>(stream.below(static_cast<unsigned>(spec.scClasses))));
        lc.push_back(
            static_cast<std::uint16_t>(stream.below(static_cast<unsigned>(spec.lcClasses))));
    }
    fillSoft(softSc, stream);
    fillSoft(softLc, stream);
}

double largestDifference(const nn::Parameters& a, const nn::Parameters& b)
{
    double largest = 0.0;
    std::vector<const nn::DenseParameters<float>*> layers;
    a.forEach([&](const nn::DenseParameters<float>& layer) { layers.push_back(&layer); });
    std::size_t at = 0;
    b.forEach([&](const nn::DenseParameters<float>& layer) {
        const auto& other = *layers[at++];
        largest = std::max<double>({ largest, (layer.weights - other.weights).cwiseAbs().maxCoeff(),
            (layer.biases - other.biases).cwiseAbs().maxCoeff() });
    });
    return largest;
}

} // namespace maury::test
