#include "core/gon/latent_probe.h"

#include "core/base/contract.h"
#include "core/base/random.h"

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::uint64_t kFoldStream = 61;
constexpr std::array<double, 7> kStrengths { 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0 };

struct Labelled {
    Eigen::MatrixXd x; ///< [n, latent]
    Eigen::VectorXd y;
    std::vector<std::size_t> row;
    std::vector<int> fold;
};

/// Ridge of standardised codes with an intercept.
class Ridge {
public:
    Ridge(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, double strength)
        : m_mean(x.colwise().mean())
        , m_level(y.mean())
    {
        const Eigen::MatrixXd off = x.rowwise() - m_mean;
        m_scale = (off.array().square().colwise().mean()).sqrt().max(1e-12).matrix();
        const Eigen::MatrixXd z = off.array().rowwise() / m_scale.array();
        Eigen::MatrixXd normal = z.transpose() * z;
        normal.diagonal().array() += strength * static_cast<double>(x.rows());
        m_weights = normal.ldlt().solve(z.transpose() * (y.array() - m_level).matrix());
    }
    [[nodiscard]] double predict(const Eigen::RowVectorXd& x) const
    {
        return m_level
            + ((x - m_mean).array() / m_scale.array()).matrix().dot(m_weights.transpose());
    }

private:
    Eigen::RowVectorXd m_mean;
    Eigen::RowVectorXd m_scale;
    double m_level;
    Eigen::VectorXd m_weights;
};

struct Part {
    Eigen::MatrixXd x;
    Eigen::VectorXd y;
};

Part partOf(const Labelled& data, const std::vector<Index>& rows)
{
    Part part { Eigen::MatrixXd(std::ssize(rows), data.x.cols()),
        Eigen::VectorXd(std::ssize(rows)) };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        part.x.row(static_cast<Index>(i)) = data.x.row(rows[i]);
        part.y[static_cast<Index>(i)] = data.y[rows[i]];
    }
    return part;
}

/// The strength that predicts the inner folds best.
double bestStrength(const Labelled& data, const std::vector<Index>& rows, int folds)
{
    double best = kStrengths.front();
    double least = std::numeric_limits<double>::infinity();
    for (const double strength : kStrengths) {
        double squares = 0.0;
        for (int inner = 0; inner < folds; ++inner) {
            std::vector<Index> fit;
            std::vector<Index> held;
            for (const Index row : rows)
                (data.fold[static_cast<std::size_t>(row)] == inner ? held : fit).push_back(row);
            if (held.empty() || fit.size() < 2)
                continue;
            const Part part = partOf(data, fit);
            const Ridge ridge(part.x, part.y, strength);
            for (const Index row : held) {
                const double off = ridge.predict(data.x.row(row)) - data.y[row];
                squares += off * off;
            }
        }
        if (squares < least) {
            least = squares;
            best = strength;
        }
    }
    return best;
}

double nearest(const Part& part, const Eigen::RowVectorXd& x, int neighbours)
{
    std::vector<std::pair<double, double>> byDistance;
    for (Index i = 0; i < part.x.rows(); ++i)
        byDistance.emplace_back((part.x.row(i) - x).squaredNorm(), part.y[i]);
    const auto count = std::min<std::ptrdiff_t>(neighbours, std::ssize(byDistance));
    std::partial_sort(byDistance.begin(), byDistance.begin() + count, byDistance.end());
    double sum = 0.0;
    double weights = 0.0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const auto& [distance, value] = byDistance[static_cast<std::size_t>(i)];
        const double weight = 1.0 / (std::sqrt(distance) + 1e-9);
        sum += weight * value;
        weights += weight;
    }
    return sum / weights;
}

void score(ProbeResult& result)
{
    const auto n = static_cast<double>(result.truth.size());
    const double level = std::accumulate(result.truth.begin(), result.truth.end(), 0.0) / n;
    double squares = 0.0, off = 0.0, variance = 0.0;
    for (std::size_t i = 0; i < result.truth.size(); ++i) {
        const double difference = result.predicted[i] - result.truth[i];
        squares += difference * difference;
        off += difference;
        variance += (result.truth[i] - level) * (result.truth[i] - level);
    }
    result.rms = std::sqrt(squares / n);
    result.bias = off / n;
    result.r2 = variance > 0.0 ? 1.0 - squares / variance
                               : std::numeric_limits<double>::quiet_NaN();
    result.spearman = spearman(result.truth, result.predicted);
}

std::vector<double> ranksOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && values[order[j]] == values[order[i]])
            ++j;
        for (std::size_t k = i; k < j; ++k)
            ranks[order[k]] = 0.5 * static_cast<double>(i + j - 1);
        i = j;
    }
    return ranks;
}

} // namespace

double spearman(const std::vector<double>& a, const std::vector<double>& b)
{
    EXPECTS(a.size() == b.size());
    if (a.size() < 3)
        return std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> x = ranksOf(a);
    const std::vector<double> y = ranksOf(b);
    const double middle = 0.5 * (static_cast<double>(a.size()) - 1.0);
    double xy = 0.0, xx = 0.0, yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - middle) * (y[i] - middle);
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
    }
    return xx > 0.0 && yy > 0.0 ? xy / std::sqrt(xx * yy)
                                : std::numeric_limits<double>::quiet_NaN();
}

Result<std::vector<ProbeResult>> probe(const Matrix& codes, const std::vector<std::string>& stars,
    const Label& label, const ProbeOptions& options)
{
    EXPECTS(static_cast<Index>(stars.size()) == codes.rows()
        && static_cast<Index>(label.values.size()) == codes.rows());
    Labelled data;
    std::unordered_map<std::string, int> foldOf;
    base::RandomStream stream = base::RandomStream(options.seed).split(kFoldStream);
    for (std::size_t i = 0; i < stars.size(); ++i)
        if (std::isfinite(label.values[i])) {
            data.row.push_back(i);
            foldOf.try_emplace(stars[i], 0);
        }
    if (options.folds < 2 || static_cast<int>(foldOf.size()) < 2 * options.folds)
        return base::failure(base::ErrorCode::OptionInvalid, "label " + label.name,
            fmt::format("{} labelled stars", foldOf.size()),
            fmt::format("at least {} for {} folds", 2 * options.folds, options.folds));
    // Shuffled stars dealt to the folds, in the order of their first appearance.
    std::vector<std::string> order;
    for (const std::size_t row : data.row)
        if (foldOf[stars[row]] == 0) {
            foldOf[stars[row]] = 1;
            order.push_back(stars[row]);
        }
    for (std::size_t i = order.size(); i-- > 1;)
        std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i + 1))]);
    for (std::size_t i = 0; i < order.size(); ++i)
        foldOf[order[i]] = static_cast<int>(i) % options.folds;
    data.x.resize(std::ssize(data.row), codes.cols());
    data.y.resize(std::ssize(data.row));
    for (std::size_t i = 0; i < data.row.size(); ++i) {
        const auto at = static_cast<Index>(i);
        data.x.row(at) = codes.row(static_cast<Index>(data.row[i])).cast<double>();
        data.y[at] = label.values[data.row[i]];
        data.fold.push_back(foldOf[stars[data.row[i]]]);
    }
    ProbeResult ridgeResult { label.name, "ridge", data.row, {}, {}, 0, 0, 0, 0 };
    ProbeResult knnResult { label.name, "knn", data.row, {}, {}, 0, 0, 0, 0 };
    for (ProbeResult* result : { &ridgeResult, &knnResult }) {
        result->truth.assign(data.y.data(), data.y.data() + data.y.size());
        result->predicted.resize(data.row.size());
    }
    for (int fold = 0; fold < options.folds; ++fold) {
        std::vector<Index> rows;
        for (std::size_t i = 0; i < data.fold.size(); ++i)
            if (data.fold[i] != fold)
                rows.push_back(static_cast<Index>(i));
        const Part part = partOf(data, rows);
        const Ridge ridge(part.x, part.y, bestStrength(data, rows, options.folds));
        for (std::size_t i = 0; i < data.fold.size(); ++i) {
            if (data.fold[i] != fold)
                continue;
            const Eigen::RowVectorXd x = data.x.row(static_cast<Index>(i));
            ridgeResult.predicted[i] = ridge.predict(x);
            knnResult.predicted[i] = nearest(part, x, options.neighbours);
        }
    }
    score(ridgeResult);
    score(knnResult);
    return std::vector<ProbeResult> { std::move(ridgeResult), std::move(knnResult) };
}

} // namespace maury::gon
