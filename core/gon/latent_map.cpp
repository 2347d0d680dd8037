#include "core/gon/latent_map.h"

#include "core/base/contract.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::gon {
namespace {

using Eigen::Index;

/// L of LLᵀ = JJᵀ at the prior's mean.
Matrix metricOf(const LatentInference& inference)
{
    const Eigen::VectorXf mean = inference.model().prior.mean.cast<float>();
    const Eigen::MatrixXd jacobian = inference.jacobian(mean).cast<double>();
    Eigen::MatrixXd metric = jacobian * jacobian.transpose();
    metric.diagonal().array() += 1e-9 * std::max(metric.trace(), 1e-12);
    const Eigen::MatrixXd lower = metric.llt().matrixL();
    return lower.cast<float>();
}

} // namespace

Matrix metricCodes(const LatentInference& inference, const Matrix& codes)
{
    return codes * metricOf(inference);
}

PlaneMap principalMap(const Matrix& points)
{
    EXPECTS(points.rows() >= 2 && points.cols() >= 1);
    PlaneMap map;
    map.centre = points.colwise().mean();
    const Eigen::MatrixXd off = (points.rowwise() - map.centre).cast<double>();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
        off.transpose() * off / static_cast<double>(points.rows()));
    map.axes = Matrix::Zero(2, points.cols());
    const double total = std::max(solver.eigenvalues().sum(), 1e-300);
    for (Index k = 0; k < std::min<Index>(2, points.cols()); ++k) {
        const Index at = points.cols() - 1 - k;
        Eigen::VectorXd axis = solver.eigenvectors().col(at);
        // A sign that does not depend on the solver: the largest part is positive.
        Index largest = 0;
        axis.cwiseAbs().maxCoeff(&largest);
        if (axis[largest] < 0.0)
            axis = -axis;
        map.axes.row(k) = axis.transpose().cast<float>();
        map.explained[k] = solver.eigenvalues()[at] / total;
    }
    map.points = (points.rowwise() - map.centre) * map.axes.transpose();
    return map;
}

std::vector<Neighbour> nearestNeighbours(const Matrix& points, const Eigen::RowVectorXf& query,
    std::size_t count, std::ptrdiff_t skip)
{
    EXPECTS(query.size() == points.cols());
    std::vector<Neighbour> all;
    for (Index i = 0; i < points.rows(); ++i)
        if (i != skip)
            all.push_back({ static_cast<std::size_t>(i),
                static_cast<double>((points.row(i) - query).norm()) });
    const auto wanted = std::min(static_cast<std::ptrdiff_t>(count), std::ssize(all));
    std::partial_sort(all.begin(), all.begin() + wanted, all.end(),
        [](const Neighbour& a, const Neighbour& b) {
            return a.distance != b.distance ? a.distance < b.distance : a.row < b.row;
        });
    all.resize(static_cast<std::size_t>(wanted));
    return all;
}

double typicalGap(const Matrix& points)
{
    if (points.rows() < 2)
        return 0.0;
    std::vector<double> gaps;
    for (Index i = 0; i < points.rows(); ++i)
        gaps.push_back(nearestNeighbours(points, points.row(i), 1, i).front().distance);
    const auto middle = gaps.begin() + std::ssize(gaps) / 2;
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

base::Result<StarMap> mapStars(
    const LatentInference& inference, const SpectrumSet& set, std::stop_token stop)
{
    if (set.spectra() < 2)
        return base::failure(base::ErrorCode::ValueMissing, set.source,
            fmt::format("{} usable spectra", set.spectra()), "at least two for a map");
    StarMap map;
    auto encoding = inference.encode(set, { kMapIterations, false, true }, stop);
    if (!encoding)
        return base::Unexpected(encoding.error());
    map.encoding = *std::move(encoding);
    map.metric = metricCodes(inference, map.encoding.codes);
    map.plane = principalMap(map.metric);
    auto scores = anomalyScores(inference, set, nullptr, std::move(stop));
    if (!scores)
        return base::Unexpected(scores.error());
    map.scores = *std::move(scores);
    return map;
}

std::vector<Neighbour> twins(
    const StarMap& map, std::size_t row, std::size_t count, std::size_t pixels)
{
    const auto at = static_cast<Index>(row);
    auto nearest = nearestNeighbours(map.metric, map.metric.row(at), count, at);
    for (Neighbour& twin : nearest)
        twin.distance /= std::sqrt(static_cast<double>(pixels));
    return nearest;
}

double supportDistance(const LatentInference& inference, const Eigen::RowVectorXf& code)
{
    const Matrix& reference = inference.model().reference.codes;
    if (reference.rows() < 2)
        return std::numeric_limits<double>::infinity();
    const Matrix metric = metricOf(inference);
    const Matrix points = reference * metric;
    return nearestNeighbours(points, code * metric, 1).front().distance
        / std::max(typicalGap(points), 1e-12);
}

} // namespace maury::gon
