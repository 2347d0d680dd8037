#include "core/gon/tsne.h"

#include "core/base/random.h"
#include "core/base/thread_team.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Eigen::Index;

constexpr double kExaggeration = 12.0;
constexpr double kEarlyMomentum = 0.5;
constexpr double kLateMomentum = 0.8;
constexpr double kSmallestGain = 0.01;
constexpr std::uint64_t kStartStream = 81;
constexpr int kDeepest = 48; ///< of the tree: points nearer than this share a leaf

struct Point {
    double x = 0.0;
    double y = 0.0;
};

/// Attraction between neighbours, in rows of different length.
struct Attraction {
    std::vector<std::size_t> begin; ///< [n + 1]
    std::vector<std::uint32_t> column;
    std::vector<double> value; ///< sum 1
};

/// The widths with which each point has the wanted perplexity, over its nearest neighbours.
Attraction attractionOf(const Matrix& data, double perplexity, base::ThreadTeam& team)
{
    const Index n = data.rows();
    const auto neighbours = static_cast<std::size_t>(
        std::min<double>(static_cast<double>(n - 1), std::ceil(3.0 * perplexity)));
    std::vector<std::vector<std::pair<std::uint32_t, double>>> rows(static_cast<std::size_t>(n));
    team.run([&](int member) {
        const auto mine = team.share(n, member);
        std::vector<std::pair<double, std::uint32_t>> byDistance;
        for (std::int64_t i = mine.begin; i < mine.end; ++i) {
            byDistance.clear();
            for (Index j = 0; j < n; ++j)
                if (j != i)
                    byDistance.emplace_back(
                        static_cast<double>((data.row(i) - data.row(j)).squaredNorm()),
                        static_cast<std::uint32_t>(j));
            std::partial_sort(byDistance.begin(),
                byDistance.begin() + static_cast<std::ptrdiff_t>(neighbours), byDistance.end());
            const double nearest = byDistance.front().first;
            double low = 0.0;
            double high = std::numeric_limits<double>::infinity();
            double beta = 1.0 / std::max(byDistance[neighbours - 1].first - nearest, 1e-12);
            std::vector<double> p(neighbours);
            for (int round = 0; round < 100; ++round) {
                double sum = 0.0;
                double weighted = 0.0;
                for (std::size_t k = 0; k < neighbours; ++k) {
                    const double d = byDistance[k].first - nearest;
                    p[k] = std::exp(-beta * d);
                    sum += p[k];
                    weighted += d * p[k];
                }
                const double entropy = std::log(sum) + beta * weighted / sum;
                const double off = entropy - std::log(perplexity);
                for (double& value : p)
                    value /= sum;
                if (std::abs(off) < 1e-6)
                    break;
                (off > 0.0 ? low : high) = beta;
                beta = std::isinf(high) ? 2.0 * beta : 0.5 * (low + high);
            }
            auto& row = rows[static_cast<std::size_t>(i)];
            for (std::size_t k = 0; k < neighbours; ++k)
                row.emplace_back(byDistance[k].second, p[k]);
        }
    });
    // Symmetric: (p_j|i + p_i|j) / 2n.
    std::vector<std::vector<std::pair<std::uint32_t, double>>> both(rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const auto& [j, value] : rows[i])
            both[j].emplace_back(static_cast<std::uint32_t>(i), value);
    Attraction result;
    result.begin.push_back(0);
    for (auto& row : both) {
        std::sort(row.begin(), row.end());
        for (std::size_t k = 0; k < row.size(); ++k) {
            if (k > 0 && row[k].first == row[k - 1].first) {
                result.value.back() += row[k].second / (2.0 * static_cast<double>(n));
                continue;
            }
            result.column.push_back(row[k].first);
            result.value.push_back(row[k].second / (2.0 * static_cast<double>(n)));
        }
        result.begin.push_back(result.column.size());
    }
    return result;
}

/// A quadtree over points: every cell knows how many it holds and where their centre is.
class Tree {
public:
    explicit Tree(const std::vector<Point>& points)
        : m_points(points)
    {
        Point low = points.front();
        Point high = points.front();
        for (const Point& point : points) {
            low = { std::min(low.x, point.x), std::min(low.y, point.y) };
            high = { std::max(high.x, point.x), std::max(high.y, point.y) };
        }
        const double half = 0.5 * std::max({ high.x - low.x, high.y - low.y, 1e-9 }) * 1.0001;
        m_cells.push_back(Cell { { 0.5 * (low.x + high.x), 0.5 * (low.y + high.y) }, half });
        for (std::uint32_t i = 0; i < points.size(); ++i)
            insert(i);
    }

    /// Adds Σ q² (y_i − y_j) of the repulsion to `force` and returns Σ q, q = 1 / (1 + d²).
    double repulsion(std::uint32_t index, double theta, Point& force) const
    {
        return repulsion(0, m_points[index], index, theta, force);
    }

private:
    struct Cell {
        Point centre;
        double half = 0.0;
        Point sum {};
        double count = 0.0;
        std::int32_t child = -1; ///< first of four
        std::uint32_t point = 0; ///< of a leaf with one
    };

    void insert(std::uint32_t index)
    {
        const Point& point = m_points[index];
        std::size_t at = 0;
        for (int depth = 0;; ++depth) {
            m_cells[at].sum.x += point.x;
            m_cells[at].sum.y += point.y;
            m_cells[at].count += 1.0;
            if (m_cells[at].child < 0) {
                if (m_cells[at].count < 1.5) {
                    m_cells[at].point = index;
                    return;
                }
                if (depth >= kDeepest)
                    return;
                split(at);
            }
            at = childOf(at, point);
        }
    }

    [[nodiscard]] std::size_t childOf(std::size_t at, const Point& point) const
    {
        const Cell& cell = m_cells[at];
        return static_cast<std::size_t>(cell.child) + (point.x > cell.centre.x ? 1U : 0U)
            + (point.y > cell.centre.y ? 2U : 0U);
    }

    void split(std::size_t at)
    {
        const Cell parent = m_cells[at];
        m_cells[at].child = static_cast<std::int32_t>(m_cells.size());
        const double half = 0.5 * parent.half;
        for (int k = 0; k < 4; ++k)
            m_cells.push_back(Cell { { parent.centre.x + (k % 2 == 1 ? half : -half),
                                         parent.centre.y + (k >= 2 ? half : -half) },
                half });
        // The point that was alone here goes down; its share of this cell is counted already.
        const Point& old = m_points[parent.point];
        Cell& child = m_cells[childOf(at, old)];
        child.sum = old;
        child.count = 1.0;
        child.point = parent.point;
    }

    double repulsion(std::size_t at, const Point& point, std::uint32_t index, double theta,
        Point& force) const
    {
        const Cell& cell = m_cells[at];
        if (cell.count < 0.5)
            return 0.0;
        const bool alone = cell.child < 0 && cell.count < 1.5;
        if (alone && cell.point == index)
            return 0.0;
        const double dx = point.x - cell.sum.x / cell.count;
        const double dy = point.y - cell.sum.y / cell.count;
        const double square = dx * dx + dy * dy;
        if (cell.child < 0 || 4.0 * cell.half * cell.half < theta * theta * square) {
            const double q = 1.0 / (1.0 + square);
            const double weighted = cell.count * q * q;
            force.x += weighted * dx;
            force.y += weighted * dy;
            return cell.count * q;
        }
        double sum = 0.0;
        for (std::size_t k = 0; k < 4; ++k)
            sum += repulsion(static_cast<std::size_t>(cell.child) + k, point, index, theta, force);
        return sum;
    }

    const std::vector<Point>& m_points;
    std::vector<Cell> m_cells;
};

/// Gradient descent with momentum and gains (van der Maaten & Hinton 2008).
class Descent {
public:
    Descent(const Attraction& attraction, std::vector<Point> start, const TsneOptions& options,
        base::ThreadTeam& team)
        : m_attraction(attraction)
        , m_points(std::move(start))
        , m_velocity(m_points.size())
        , m_gain(m_points.size(), Point { 1.0, 1.0 })
        , m_gradient(m_points.size())
        , m_sums(m_points.size())
        , m_options(options)
        , m_team(team)
        , m_rate(options.learningRate > 0.0
                  ? options.learningRate
                  : std::max(50.0, static_cast<double>(m_points.size()) / kExaggeration))
    {
    }

    void step(int iteration)
    {
        const bool early = iteration < m_options.exaggeratedIterations;
        gradient(early ? kExaggeration : 1.0);
        const double momentum = early ? kEarlyMomentum : kLateMomentum;
        Point mean;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            move(m_gradient[i].x, m_gain[i].x, m_velocity[i].x, m_points[i].x, momentum);
            move(m_gradient[i].y, m_gain[i].y, m_velocity[i].y, m_points[i].y, momentum);
            mean.x += m_points[i].x;
            mean.y += m_points[i].y;
        }
        for (Point& point : m_points) {
            point.x -= mean.x / static_cast<double>(m_points.size());
            point.y -= mean.y / static_cast<double>(m_points.size());
        }
    }

    [[nodiscard]] Matrix points() const
    {
        Matrix result(std::ssize(m_points), 2);
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            result(static_cast<Index>(i), 0) = static_cast<float>(m_points[i].x);
            result(static_cast<Index>(i), 1) = static_cast<float>(m_points[i].y);
        }
        return result;
    }

private:
    void gradient(double exaggeration)
    {
        const Tree tree(m_points);
        std::vector<Point> repulsion(m_points.size());
        m_team.run([&](int member) {
            const auto mine = m_team.share(std::ssize(m_points), member);
            for (auto i = static_cast<std::size_t>(mine.begin);
                 i < static_cast<std::size_t>(mine.end); ++i) {
                m_sums[i] = tree.repulsion(
                    static_cast<std::uint32_t>(i), m_options.theta, repulsion[i]);
                Point pull;
                for (std::size_t k = m_attraction.begin[i]; k < m_attraction.begin[i + 1]; ++k) {
                    const Point& other = m_points[m_attraction.column[k]];
                    const double dx = m_points[i].x - other.x;
                    const double dy = m_points[i].y - other.y;
                    const double q = m_attraction.value[k] / (1.0 + dx * dx + dy * dy);
                    pull.x += q * dx;
                    pull.y += q * dy;
                }
                m_gradient[i] = { exaggeration * pull.x, exaggeration * pull.y };
            }
        });
        double total = 0.0; // in the order of the points: the same for any number of threads
        for (const double sum : m_sums)
            total += sum;
        total = std::max(total, 1e-300);
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            m_gradient[i].x = 4.0 * (m_gradient[i].x - repulsion[i].x / total);
            m_gradient[i].y = 4.0 * (m_gradient[i].y - repulsion[i].y / total);
        }
    }

    void move(double slope, double& gain, double& velocity, double& value, double momentum) const
    {
        gain = (slope > 0.0) != (velocity > 0.0) ? gain + 0.2 : gain * 0.8;
        gain = std::max(gain, kSmallestGain);
        velocity = momentum * velocity - m_rate * gain * slope;
        value += velocity;
    }

    const Attraction& m_attraction;
    std::vector<Point> m_points;
    std::vector<Point> m_velocity;
    std::vector<Point> m_gain;
    std::vector<Point> m_gradient;
    std::vector<double> m_sums;
    const TsneOptions& m_options;
    base::ThreadTeam& m_team;
    double m_rate;
};

Result<void> checkOptions(const Matrix& data, const TsneOptions& options)
{
    const bool inRange = options.perplexity >= 1.0 && options.theta >= 0.0 && options.theta <= 2.0
        && options.iterations >= 1 && options.exaggeratedIterations >= 0;
    if (data.rows() < 4 || !data.allFinite() || !inRange)
        return base::failure(ErrorCode::OptionInvalid, "t-SNE",
            fmt::format("{} points{}, perplexity {:g}, theta {:g}, {} iterations", data.rows(),
                data.allFinite() ? "" : " (not all finite)", options.perplexity, options.theta,
                options.iterations),
            "at least 4 finite points, perplexity of at least 1, theta from 0 to 2");
    return {};
}

} // namespace

Result<Matrix> tsne(const Matrix& data, const TsneOptions& options, std::stop_token stop,
    const TsneObserver& observer)
{
    if (const auto valid = checkOptions(data, options); !valid)
        return base::Unexpected(valid.error());
    base::ThreadTeam team(options.threads > 0 ? options.threads : base::defaultThreadCount());
    const double perplexity
        = std::max(1.0, std::min(options.perplexity, static_cast<double>(data.rows() - 1) / 3.0));
    const Attraction attraction = attractionOf(data, perplexity, team);
    base::RandomStream stream = base::RandomStream(options.seed).split(kStartStream);
    std::vector<Point> start(static_cast<std::size_t>(data.rows()));
    for (Point& point : start)
        point = { 1e-4 * stream.normal(), 1e-4 * stream.normal() };
    Descent descent(attraction, std::move(start), options, team);
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "t-SNE");
        descent.step(iteration);
        if (observer)
            observer(iteration, descent.points());
    }
    return descent.points();
}

} // namespace maury::gon
