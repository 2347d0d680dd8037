#include "core/nn/first_layer.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::nn {
namespace {

/// [units of the first hidden layer, classes of the head]
Matrix<float> pathWeights(const Parameters& parameters, const DenseParameters<float>& head)
{
    Matrix<float> path = head.weights;
    for (std::size_t layer = parameters.hidden.size(); layer-- > 1;)
        path = parameters.hidden[layer].weights * path;
    path.colwise() -= path.rowwise().mean();
    return path;
}

} // namespace

FirstLayer firstLayerOf(const Parameters& parameters)
{
    EXPECTS(!parameters.hidden.empty());
    FirstLayer layer;
    layer.weights = parameters.hidden.front().weights;
    layer.pathSc = pathWeights(parameters, parameters.sc);
    layer.pathLc = pathWeights(parameters, parameters.lc);
    // Row by row, as the weights lie in memory.
    RowVector<float> squares = RowVector<float>::Zero(layer.weights.cols());
    for (Eigen::Index row = 0; row < layer.weights.rows(); ++row)
        squares += layer.weights.row(row).cwiseAbs2();
    for (Eigen::Index unit = 0; unit < squares.size(); ++unit) {
        const float reach
            = layer.pathSc.row(unit).squaredNorm() + layer.pathLc.row(unit).squaredNorm();
        layer.influence.push_back(
            std::sqrt(static_cast<double>(squares[unit]) * static_cast<double>(reach)));
    }
    layer.order.resize(layer.influence.size());
    std::iota(layer.order.begin(), layer.order.end(), 0);
    // What is not finite (a run that diverged) stands last: comparisons with NaN order nothing.
    const auto strength = [&layer](int unit) {
        const double value = layer.influence[static_cast<std::size_t>(unit)];
        return std::isfinite(value) ? value : -1.0;
    };
    std::stable_sort(layer.order.begin(), layer.order.end(),
        [&strength](int a, int b) { return strength(a) > strength(b); });
    return layer;
}

std::vector<int> strongestClasses(const Matrix<float>& path, int unit, bool raises, int count)
{
    EXPECTS(unit >= 0 && unit < path.rows());
    const float sign = raises ? 1.0F : -1.0F;
    std::vector<int> classes;
    for (int index = 0; index < path.cols(); ++index)
        if (sign * path(unit, index) > 0.0F)
            classes.push_back(index);
    std::stable_sort(classes.begin(), classes.end(),
        [&](int a, int b) { return sign * path(unit, a) > sign * path(unit, b); });
    if (std::ssize(classes) > count)
        classes.resize(static_cast<std::size_t>(count));
    return classes;
}

} // namespace maury::nn
