#include "core/classify/far_shift.h"

#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

using Eigen::ArrayXf;
using Eigen::Index;
using spectrum::Medium;

constexpr double kStep = 6e-4; ///< of ln λ: 180 km/s
constexpr Index kBack = 40; ///< shifts to the blue: −7200 km/s
constexpr Index kForth = 450; ///< to the red: z = 0.31
constexpr Index kStellar = 3; ///< |shift| of stars: the search of their velocity goes to 600 km/s
constexpr Index kNear = 12; ///< a far peak nearer than this overlaps with the stellar ones
constexpr Index kHalfMean = 16; ///< of the running mean: about 80 Å in all
constexpr std::size_t kTemplates = 24;
constexpr Index kFewestPixels = 100; ///< a library of a few Å tells no shifts
constexpr float kLeastOverlap = 0.5F; ///< of a template
constexpr float kLeastCorrelation = 0.55F;
constexpr float kFarMargin = 0.1F; ///< above the best stellar shift
constexpr float kNearMargin = 0.015F;
constexpr float kUpsideDownMargin = 0.1F;

/// x − running mean over it, 0 where nothing is used.
ArrayXf overLocalMean(const ArrayXf& flux, const ArrayXf& used)
{
    const Index pixels = flux.size();
    Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(pixels + 1);
    Eigen::ArrayXd counts = Eigen::ArrayXd::Zero(pixels + 1);
    for (Index i = 0; i < pixels; ++i) {
        sums[i + 1] = sums[i] + static_cast<double>(flux[i] * used[i]);
        counts[i + 1] = counts[i] + static_cast<double>(used[i]);
    }
    ArrayXf lines = ArrayXf::Zero(pixels);
    for (Index i = 0; i < pixels; ++i) {
        const Index from = std::max<Index>(0, i - kHalfMean);
        const Index to = std::min(pixels, i + kHalfMean + 1);
        const double mean = (sums[to] - sums[from]) / std::max(1.0, counts[to] - counts[from]);
        if (used[i] > 0.0F && mean > 0.0)
            // A spike or an emission line must not rule the correlation.
            lines[i] = std::clamp(
                static_cast<float>(static_cast<double>(flux[i]) / mean - 1.0), -1.0F, 1.0F);
    }
    return lines;
}

Index templatePixels(const mk::Atlas& atlas)
{
    return static_cast<Index>(
               std::log(atlas.grid().lastAngstrom() / atlas.grid().firstAngstrom) / kStep)
        + 1;
}

/// Means over the pixels of a logarithmic grid that begins at ln λ = `first`.
class LogMeans {
public:
    LogMeans(double first, Index pixels)
        : m_first(first)
        , m_sums(Eigen::ArrayXd::Zero(pixels))
        , m_counts(Eigen::ArrayXd::Zero(pixels))
    {
    }

    void add(double wavelength, double flux)
    {
        const auto at = static_cast<Index>(std::lround((std::log(wavelength) - m_first) / kStep));
        if (at < 0 || at >= m_sums.size())
            return;
        m_sums[at] += flux;
        m_counts[at] += 1.0;
    }

    [[nodiscard]] ArrayXf used() const { return (m_counts > 0.0).cast<float>(); }
    [[nodiscard]] ArrayXf means() const { return (m_sums / m_counts.max(1.0)).cast<float>(); }

private:
    double m_first;
    Eigen::ArrayXd m_sums;
    Eigen::ArrayXd m_counts;
};

double firstOf(const mk::Atlas& atlas)
{
    return std::log(atlas.grid().firstAngstrom);
}

/// Standards evenly over the rows, which are ordered by temperature.
std::vector<Index> chosenRows(const mk::Atlas& atlas)
{
    const std::size_t count = atlas.standards().size();
    const std::size_t wanted = std::min(kTemplates, count);
    std::vector<Index> rows;
    for (std::size_t i = 0; i < wanted; ++i)
        rows.push_back(static_cast<Index>((2 * i + 1) * count / (2 * wanted)));
    return rows;
}

double velocityOf(double shift)
{
    return preprocess::kSpeedOfLightKms * std::tanh(kStep * shift);
}

/// Where the parabola through three values has its top, from the middle one.
double topOf(float left, float middle, float right)
{
    const double curvature = static_cast<double>(left) - 2.0 * static_cast<double>(middle)
        + static_cast<double>(right);
    return curvature < 0.0
        ? 0.5 * (static_cast<double>(left) - static_cast<double>(right)) / curvature
        : 0.0;
}

} // namespace

FarShift::FarShift(const mk::Atlas& atlas)
    : m_first(firstOf(atlas))
{
    const Index pixels = templatePixels(atlas);
    if (pixels < kFewestPixels)
        return;
    const std::vector<Index> rows = chosenRows(atlas);
    m_templates.resize(std::ssize(rows), pixels);
    for (Index i = 0; i < std::ssize(rows); ++i) {
        LogMeans means(m_first, pixels);
        const Index row = rows[static_cast<std::size_t>(i)];
        for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel)
            if (atlas.good()(row, static_cast<Index>(pixel)) != 0)
                means.add(atlas.grid().wavelength(pixel),
                    static_cast<double>(atlas.flux()(row, static_cast<Index>(pixel))));
        m_templates.row(i) = overLocalMean(means.means(), means.used()).matrix().transpose();
    }
    m_squares = m_templates.array().square().matrix();
}

FarShift::Signal FarShift::signalOf(
    const spectrum::Spectrum& spectrum, std::optional<Medium> medium) const
{
    const Index pixels = kBack + m_templates.cols() + kForth;
    LogMeans means(m_first - kStep * static_cast<double>(kBack), pixels);
    for (const spectrum::Segment& segment : spectrum.segments) {
        const bool vacuum = medium.value_or(segment.medium) == Medium::Vacuum;
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            if (segment.isGood(i) && segment.wavelengthAngstrom[i] > 0.0)
                means.add(vacuum ? spectrum::airFromVacuum(segment.wavelengthAngstrom[i])
                                 : segment.wavelengthAngstrom[i],
                    segment.flux[i]);
    }
    Signal signal;
    signal.used = means.used();
    signal.lines = overLocalMean(means.means(), signal.used);
    return signal;
}

FarShift::Correlations FarShift::correlate(const Signal& signal) const
{
    const Index pixels = m_templates.cols();
    const Index shifts = kBack + kForth + 1;
    // Column k holds what lies over the templates when they are shifted by k − kBack pixels.
    const Eigen::Map<const Eigen::MatrixXf, 0, Eigen::OuterStride<>> lines(
        signal.lines.data(), pixels, shifts, Eigen::OuterStride<>(1));
    const Eigen::Map<const Eigen::MatrixXf, 0, Eigen::OuterStride<>> used(
        signal.used.data(), pixels, shifts, Eigen::OuterStride<>(1));
    const Eigen::ArrayXXf products = (m_templates * lines).array();
    const Eigen::ArrayXXf powers = (m_squares * used).array();
    const ArrayXf own = lines.array().square().colwise().sum().transpose();
    const ArrayXf overlap = used.array().colwise().sum().transpose() / static_cast<float>(pixels);
    Correlations result { ArrayXf::Zero(shifts), ArrayXf::Zero(shifts) };
    for (Index shift = 0; shift < shifts; ++shift) {
        if (overlap[shift] < kLeastOverlap || own[shift] <= 0.0F)
            continue;
        const ArrayXf correlation
            = products.col(shift) / (powers.col(shift) * own[shift]).max(1e-12F).sqrt();
        result.best[shift] = correlation.maxCoeff();
        result.worst[shift] = correlation.minCoeff();
    }
    return result;
}

std::optional<Finding> FarShift::find(
    const spectrum::Spectrum& spectrum, std::optional<Medium> medium) const
{
    if (m_templates.size() == 0)
        return std::nullopt;
    const Correlations correlations = correlate(signalOf(spectrum, medium));
    const ArrayXf& best = correlations.best;
    const float stellar = best.segment(kBack - kStellar, 2 * kStellar + 1).maxCoeff();
    const float inverted
        = -correlations.worst.segment(kBack - kStellar, 2 * kStellar + 1).minCoeff();
    if (inverted > kLeastCorrelation && inverted > stellar + kUpsideDownMargin)
        return Finding { { DoubtCode::UpsideDown,
                             { { "correlation", static_cast<double>(-inverted) } }, {} },
            "upside down: the lines rise where those of standards fall" };
    Index peak = 0;
    const float highest = best.maxCoeff(&peak);
    const Index shift = peak - kBack;
    const bool inside = peak > 0 && peak + 1 < best.size();
    const float margin = std::abs(shift) < kNear ? kNearMargin : kFarMargin;
    if (!inside || std::abs(shift) <= kStellar || highest < kLeastCorrelation
        || highest < stellar + margin)
        return std::nullopt;
    const double exact
        = static_cast<double>(shift) + topOf(best[peak - 1], highest, best[peak + 1]);
    const double redshift = std::expm1(kStep * exact);
    const double velocity = velocityOf(exact);
    return Finding { { DoubtCode::FarShifted,
                         { { "redshift", redshift }, { "velocity_kms", velocity },
                             { "correlation", static_cast<double>(highest) } },
                         {} },
        fmt::format("shifted by z = {:+.4f} ({:+.0f} km/s): no star of the Galaxy is so fast",
            redshift, velocity) };
}

} // namespace maury::classify
