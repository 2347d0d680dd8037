#include "core/gon/trained_layer.h"

#include <algorithm>
#include <numeric>
#include <type_traits>

namespace maury::gon {
namespace {

/// The blocks of contiguous rows that make up a layer's weights: panels for float, everything for
/// double.
template <typename Scalar> struct Blocks;

template <> struct Blocks<float> {
    static std::size_t count(const Weights<float>& weights) { return weights.values.panels(); }
    static std::size_t width(const Weights<float>&) { return nn::kernels::panelWidth(); }
    static float* data(Weights<float>& weights, std::size_t block)
    {
        return weights.values.panel(block);
    }
    static const float* data(const Weights<float>& weights, std::size_t block)
    {
        return weights.values.panel(block);
    }
    static float* biases(Weights<float>& weights, std::size_t block)
    {
        return weights.biases.data() + block * nn::kernels::panelWidth();
    }
    static const float* biases(const Weights<float>& weights, std::size_t block)
    {
        return weights.biases.data() + block * nn::kernels::panelWidth();
    }
};

template <> struct Blocks<double> {
    static std::size_t count(const Weights<double>&) { return 1; }
    static std::size_t width(const Weights<double>& weights) { return weights.fanOut(); }
    static double* data(Weights<double>& weights, std::size_t) { return weights.values.data(); }
    static const double* data(const Weights<double>& weights, std::size_t)
    {
        return weights.values.data();
    }
    static double* biases(Weights<double>& weights, std::size_t) { return weights.biases.data(); }
    static const double* biases(const Weights<double>& weights, std::size_t)
    {
        return weights.biases.data();
    }
};

template <typename Scalar>
double squares(const Scalar* values, std::size_t rows, std::size_t width, const Scalar* scale)
{
    using Array = Eigen::Map<const Eigen::Array<Scalar, Eigen::Dynamic, 1>>;
    double sum = 0.0;
    for (std::size_t row = 0; row < rows; ++row) {
        const Array line(values + row * width, static_cast<Eigen::Index>(width));
        sum += static_cast<double>(scale == nullptr
                ? line.square().sum()
                : (line * Array(scale, static_cast<Eigen::Index>(width))).square().sum());
    }
    return sum;
}

} // namespace

template <typename Scalar>
TrainedLayer<Scalar>::TrainedLayer(const nn::DenseParameters<float>& start,
    std::span<const float> columnScale, std::size_t rowsScaled)
    : value(static_cast<std::size_t>(start.weights.rows()),
        static_cast<std::size_t>(start.weights.cols()))
    , gradient(value.fanIn(), value.fanOut(), false)
    , first(value.fanIn(), value.fanOut(), false)
    , second(value.fanIn(), value.fanOut(), false)
    , scaledRows(rowsScaled)
{
    if (!columnScale.empty()) {
        scale.resize(Blocks<Scalar>::count(value) * Blocks<Scalar>::width(value));
        std::copy(columnScale.begin(), columnScale.end(), scale.begin());
    }
    assign(start);
}

template <typename Scalar> nn::DenseParameters<float> TrainedLayer<Scalar>::parameters() const
{
    return nn::castParameters<float>(value.toDense());
}

template <typename Scalar>
void TrainedLayer<Scalar>::assign(const nn::DenseParameters<float>& parameters)
{
    value.assign(nn::castParameters<Scalar>(parameters));
}

template <typename Scalar>
double TrainedLayer<Scalar>::gradientSquare(Products<Scalar>& products) const
{
    const std::size_t width = Blocks<Scalar>::width(value);
    std::vector<double> sums(Blocks<Scalar>::count(value));
    products.team().run([&](int member) {
        const auto mine = products.team().share(static_cast<std::int64_t>(sums.size()), member);
        for (auto block = static_cast<std::size_t>(mine.begin);
             block < static_cast<std::size_t>(mine.end); ++block) {
            const Scalar* of = scale.empty() ? nullptr : scale.data() + block * width;
            const Scalar* values = Blocks<Scalar>::data(gradient, block);
            const std::size_t scaled = scale.empty() ? 0 : scaledRows;
            sums[block] = squares(values, scaled, width, of)
                + squares<Scalar>(values + scaled * width, fanIn() - scaled, width, nullptr)
                + squares(Blocks<Scalar>::biases(gradient, block), 1, width, of);
        }
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

template <typename Scalar>
void TrainedLayer<Scalar>::update(const kernels::AdamStep& step, Products<Scalar>& products)
{
    const std::size_t width = Blocks<Scalar>::width(value);
    products.team().run([&](int member) {
        const auto mine = products.team().share(
            static_cast<std::int64_t>(Blocks<Scalar>::count(value)), member);
        for (auto block = static_cast<std::size_t>(mine.begin);
             block < static_cast<std::size_t>(mine.end); ++block) {
            const Scalar* of = scale.empty() ? nullptr : scale.data() + block * width;
            const std::size_t scaled = scale.empty() ? 0 : scaledRows;
            const auto rows = [&](std::size_t from, std::size_t count, const Scalar* factor) {
                const std::size_t at = from * width;
                kernels::adam(Blocks<Scalar>::data(value, block) + at,
                    Blocks<Scalar>::data(gradient, block) + at,
                    Blocks<Scalar>::data(first, block) + at,
                    Blocks<Scalar>::data(second, block) + at, count, width, factor, step);
            };
            rows(0, scaled, of);
            rows(scaled, fanIn() - scaled, nullptr);
            kernels::adam(Blocks<Scalar>::biases(value, block),
                Blocks<Scalar>::biases(gradient, block), Blocks<Scalar>::biases(first, block),
                Blocks<Scalar>::biases(second, block), 1, width, of, step);
        }
    });
    products.refresh(value);
}

template struct TrainedLayer<float>;
template struct TrainedLayer<double>;

} // namespace maury::gon
