#include "core/gon/star_pairs.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace maury::gon {
namespace {

constexpr double kRadian = std::numbers::pi / 180.0;
constexpr double kArcsecond = kRadian / 3600.0;

/// The first usable row of every star of a set, in order.
std::vector<std::size_t> starsOf(const SpectrumSet& set)
{
    std::unordered_set<std::string> seen;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < set.spectra(); ++row)
        if (isUsable(set, row) && (set.stars[row].empty() || seen.insert(set.stars[row]).second))
            rows.push_back(row);
    return rows;
}

struct Place {
    Eigen::Vector3d direction;
    std::size_t row = 0;
};

/// Of the rows with a known position, by declination.
std::vector<Place> placesOf(const SpectrumSet& set, const std::vector<std::size_t>& rows)
{
    std::vector<Place> places;
    for (const std::size_t row : rows) {
        if (row >= set.positions.size() || !set.positions[row].isKnown())
            continue;
        const double ra = set.positions[row].raDeg * kRadian;
        const double dec = set.positions[row].decDeg * kRadian;
        places.push_back({ { std::cos(dec) * std::cos(ra), std::cos(dec) * std::sin(ra),
                               std::sin(dec) },
            row });
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return a.direction.z() < b.direction.z();
    });
    return places;
}

/// The nearest of places within a chord of the unit sphere.
std::optional<std::size_t> nearest(
    const std::vector<Place>& places, const Eigen::Vector3d& to, double chord)
{
    const auto first = std::lower_bound(places.begin(), places.end(), to.z() - chord,
        [](const Place& place, double z) { return place.direction.z() < z; });
    std::optional<std::size_t> best;
    double distance = chord;
    for (auto place = first; place != places.end() && place->direction.z() <= to.z() + chord;
         ++place)
        if (const double own = (place->direction - to).norm(); own <= distance) {
            distance = own;
            best = static_cast<std::size_t>(place - places.begin());
        }
    return best;
}

} // namespace

StarPairs commonStars(const SpectrumSet& first, const SpectrumSet& second, double radiusArcsec)
{
    std::unordered_map<std::string, std::size_t> byId;
    const std::vector<std::size_t> candidates = starsOf(second);
    for (const std::size_t row : candidates)
        if (!second.stars[row].empty())
            byId.emplace(second.stars[row], row);
    StarPairs pairs;
    std::vector<std::size_t> left;
    for (const std::size_t row : starsOf(first)) {
        const auto found = byId.find(first.stars[row]);
        if (found == byId.end()) {
            left.push_back(row);
            continue;
        }
        pairs.first.push_back(row);
        pairs.second.push_back(found->second);
    }
    const std::unordered_set<std::size_t> taken(pairs.second.begin(), pairs.second.end());
    std::vector<std::size_t> others;
    for (const std::size_t row : candidates)
        if (taken.count(row) == 0)
            others.push_back(row);
    const std::vector<Place> here = placesOf(first, left);
    const std::vector<Place> there = placesOf(second, others);
    const double chord = 2.0 * std::sin(0.5 * radiusArcsec * kArcsecond);
    std::vector<std::pair<std::size_t, std::size_t>> matched;
    for (std::size_t i = 0; i < here.size(); ++i) {
        const auto other = nearest(there, here[i].direction, chord);
        if (other && nearest(here, there[*other].direction, chord) == i)
            matched.emplace_back(here[i].row, there[*other].row);
    }
    std::sort(matched.begin(), matched.end());
    for (const auto& [row, other] : matched) {
        pairs.first.push_back(row);
        pairs.second.push_back(other);
    }
    pairs.byPosition = matched.size();
    return pairs;
}

SpectrumSet withoutStars(const SpectrumSet& set, const std::vector<std::size_t>& rows)
{
    std::unordered_set<std::string> stars;
    for (const std::size_t row : rows)
        if (!set.stars[row].empty())
            stars.insert(set.stars[row]);
    const std::unordered_set<std::size_t> themselves(rows.begin(), rows.end());
    std::vector<std::size_t> left;
    for (std::size_t row = 0; row < set.spectra(); ++row)
        if (stars.count(set.stars[row]) == 0 && themselves.count(row) == 0)
            left.push_back(row);
    return subset(set, left);
}

} // namespace maury::gon
