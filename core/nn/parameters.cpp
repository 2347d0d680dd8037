#include "core/nn/parameters.h"

#include "core/base/random.h"

#include <cmath>

namespace maury::nn {
namespace {

template <typename Scalar> DenseParameters<Scalar> zeroLayer(int fanIn, int fanOut)
{
    return { Matrix<Scalar>::Zero(fanIn, fanOut), RowVector<Scalar>::Zero(fanOut) };
}

} // namespace

template <typename Scalar> NetworkParameters<Scalar> zeroParameters(const NetworkSpec& spec)
{
    NetworkParameters<Scalar> result;
    int fanIn = spec.inputs;
    for (const int width : spec.hidden) {
        result.hidden.push_back(zeroLayer<Scalar>(fanIn, width));
        fanIn = width;
    }
    result.sc = zeroLayer<Scalar>(fanIn, spec.scClasses);
    result.lc = zeroLayer<Scalar>(fanIn, spec.lcClasses);
    return result;
}

template NetworkParameters<float> zeroParameters(const NetworkSpec& spec);
template NetworkParameters<double> zeroParameters(const NetworkSpec& spec);

Parameters initialParameters(
    const NetworkSpec& spec, Initialisation initialisation, std::uint64_t seed)
{
    constexpr double kPaperSigma = 0.1;
    Parameters result = zeroParameters<float>(spec);
    const base::RandomStream root(seed);
    std::uint64_t index = 0;
    result.forEach([&](DenseParameters<float>& layer) {
        base::RandomStream stream = root.split(index++);
        const double sigma = initialisation == Initialisation::Paper
            ? kPaperSigma
            : std::sqrt(2.0 / static_cast<double>(layer.weights.rows()));
        for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
            layer.weights.data()[i] = static_cast<float>(sigma * stream.normal());
    });
    return result;
}

bool fits(const Parameters& parameters, const NetworkSpec& spec)
{
    if (parameters.hidden.size() != spec.hidden.size())
        return false;
    const auto sized = [](const DenseParameters<float>& layer, int fanIn, int fanOut) {
        return layer.weights.rows() == fanIn && layer.weights.cols() == fanOut
            && layer.biases.size() == fanOut;
    };
    int fanIn = spec.inputs;
    for (std::size_t i = 0; i < spec.hidden.size(); ++i) {
        if (!sized(parameters.hidden[i], fanIn, spec.hidden[i]))
            return false;
        fanIn = spec.hidden[i];
    }
    return sized(parameters.sc, fanIn, spec.scClasses)
        && sized(parameters.lc, fanIn, spec.lcClasses);
}

bool allFinite(const Parameters& parameters)
{
    bool finite = true;
    parameters.forEach([&](const DenseParameters<float>& layer) {
        finite = finite && layer.weights.allFinite() && layer.biases.allFinite();
    });
    return finite;
}

} // namespace maury::nn
