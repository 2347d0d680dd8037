#include "core/gon/line_check.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using Eigen::Index;

constexpr double kClearDepth = 5.0; ///< noise of a pixel
constexpr double kFewestCovered = 0.9; ///< of the window's pixels

struct Profile {
    double depth = 0.0;
    double width = 0.0; ///< Å
    double centre = 0.0; ///< Å, of the absorption
};

/// The absorption below the straight line between the window's ends.
Profile profileOf(const std::vector<double>& wavelengths, const Eigen::RowVectorXf& flux,
    Index first, Index last)
{
    constexpr Index kEnd = 2; // pixels that stand for an end
    const auto meanOf = [&](Index from) {
        return static_cast<double>(flux.segment(from, kEnd).mean());
    };
    const double left = meanOf(first);
    const double right = meanOf(last - kEnd + 1);
    Profile profile;
    double sum = 0.0;
    double moment = 0.0;
    for (Index p = first; p <= last; ++p) {
        const double share = static_cast<double>(p - first) / static_cast<double>(last - first);
        const double level = (1.0 - share) * left + share * right;
        const double below = level - static_cast<double>(flux[p]);
        const auto at = static_cast<std::size_t>(p);
        const double step = 0.5
            * (wavelengths[std::min(at + 1, wavelengths.size() - 1)] - wavelengths[at > 0 ? at - 1 : 0]);
        profile.depth = std::max(profile.depth, below);
        profile.width += step * below / std::max(level, 1e-6);
        const double weight = std::max(0.0, below);
        sum += weight;
        moment += weight * wavelengths[at];
    }
    profile.centre = sum > 0.0 ? moment / sum : 0.0;
    return profile;
}

} // namespace

std::vector<LineCheck> checkLines(const std::vector<double>& wavelengths,
    const Eigen::RowVectorXf& flux, const Eigen::RowVectorXf& ivar, const Eigen::RowVectorXf& model,
    const std::vector<LineWindow>& windows)
{
    EXPECTS(flux.size() == std::ssize(wavelengths) && ivar.size() == flux.size()
        && model.size() == flux.size());
    constexpr Index kFewestPixels = 6;
    std::vector<LineCheck> result;
    for (const LineWindow& window : windows) {
        const auto begin = std::lower_bound(
            wavelengths.begin(), wavelengths.end(), window.range.firstAngstrom);
        const auto end
            = std::upper_bound(begin, wavelengths.end(), window.range.lastAngstrom);
        const Index first = begin - wavelengths.begin();
        const Index last = end - wavelengths.begin() - 1;
        if (last - first + 1 < kFewestPixels)
            continue;
        LineCheck check { window.name, window.lineAngstrom, 0, 0, 0, 0, 0, 0, 0, {}, {} };
        double squares = 0.0;
        double variance = 0.0;
        for (Index p = first; p <= last; ++p) {
            if (!(ivar[p] > 0.0F))
                continue;
            const auto off = static_cast<double>(model[p] - flux[p]);
            squares += off * off;
            variance += 1.0 / static_cast<double>(ivar[p]);
            check.largestZ = std::max(
                check.largestZ, std::abs(off) * std::sqrt(static_cast<double>(ivar[p])));
            ++check.pixels;
        }
        const auto pixels = static_cast<double>(check.pixels);
        if (pixels < kFewestCovered * static_cast<double>(last - first + 1))
            continue;
        check.rmse = std::sqrt(squares / pixels);
        const Profile data = profileOf(wavelengths, flux, first, last);
        const Profile made = profileOf(wavelengths, model, first, last);
        check.depthData = data.depth;
        check.depthModel = made.depth;
        check.widthData = data.width;
        check.widthModel = made.width;
        const double noise = std::sqrt(variance / pixels);
        const double step = (wavelengths[static_cast<std::size_t>(last)]
                                - wavelengths[static_cast<std::size_t>(first)])
            / static_cast<double>(last - first);
        if (data.depth > kClearDepth * noise)
            check.offsetData = (data.centre - window.lineAngstrom) / step;
        if (made.depth > kClearDepth * noise)
            check.offsetModel = (made.centre - window.lineAngstrom) / step;
        result.push_back(std::move(check));
    }
    return result;
}

} // namespace maury::gon
