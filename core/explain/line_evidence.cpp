#include "core/explain/line_evidence.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace maury::explain {
namespace {

constexpr double kPieceAngstrom = 6.0;
constexpr double kSameLineAngstrom = 1.5;
/// What continuum and unknown lines weigh against the profile of a line at its centre.
constexpr double kUnknownWeight = 0.05;

/// How far a line reaches and how its claim on a pixel falls off.
struct Profile {
    double width = 1.3; ///< Å, of a Gaussian
    double blueward = 3.5; ///< Å, the end of its reach
    double redward = 3.5;
    double strength = 1.0;
    bool flat = false; ///< bands claim all of their reach alike
};

/// The Balmer lines by class: wide in late B and A stars, narrow in G and K.
Profile hydrogenProfile(double decimalSubclass)
{
    constexpr double kHotEnd = 20.0;
    constexpr double kWideEnd = 30.0;
    constexpr double kNarrow = 40.0;
    const double reach = decimalSubclass < kHotEnd - 5.0 ? 16.0
        : decimalSubclass < kWideEnd                     ? 26.0
        : decimalSubclass < kNarrow                      ? 12.0
                                                         : 5.0;
    return { 0.45 * reach, reach, reach, 1.0 };
}

Profile bandProfile(const mk::SpectralLine& line)
{
    Profile profile { 1.0, 1.0, 1.0, 0.4, true };
    if (line.species == "CN") {
        profile.blueward = line.wavelengthAngstrom > 4000.0 ? 70.0 : 30.0;
    } else if (line.species == "CH") {
        profile.blueward = 3.0;
        profile.redward = 8.0;
    } else if (line.species == "TiO" || line.species == "ZrO") {
        profile.redward = 30.0;
    } else {
        profile.blueward = 12.0; // MgH and C2 degrade to the blue
    }
    return profile;
}

Profile profileOf(const mk::SpectralLine& line, double decimalSubclass)
{
    if (line.kind == mk::LineKind::Band)
        return bandProfile(line);
    if (line.kind == mk::LineKind::Interstellar)
        return { 5.0, 10.0, 10.0, 0.3, true };
    if (line.species == "H I")
        return hydrogenProfile(decimalSubclass);
    constexpr double kFirstWideCalcium = 25.0; // from A5 on H and K have wings
    const bool resonance = line.species == "Ca II";
    if (resonance && decimalSubclass >= kFirstWideCalcium)
        return { 4.0, 11.0, 11.0, 1.0 };
    const bool criterion = line.temperature || line.luminosity || line.peculiarity;
    return { 1.3, 3.5, 3.5, criterion ? 1.0 : 0.4 };
}

/// A line that collects.
struct Collector {
    LineEvidence evidence;
    Profile profile;
    std::size_t members = 1;

    [[nodiscard]] double claim(double wavelength) const
    {
        const double off = wavelength - evidence.wavelengthAngstrom;
        if (off < -profile.blueward || off > profile.redward)
            return 0.0;
        if (profile.flat)
            return profile.strength;
        const double x = off / profile.width;
        return profile.strength * std::exp(-0.5 * x * x);
    }
};

std::vector<Collector> collectorsFor(
    const mk::LineList& list, std::span<const double> decimalSubclasses)
{
    std::vector<Collector> collectors;
    std::map<std::string, std::size_t> latest; // of each species
    for (const mk::SpectralLine& line : list.lines) {
        const auto used = std::find_if(decimalSubclasses.begin(), decimalSubclasses.end(),
            [&line](double decimal) { return mk::isUsedAt(line, decimal); });
        if (used == decimalSubclasses.end())
            continue;
        const auto before = latest.find(line.species);
        if (before != latest.end() && line.kind == mk::LineKind::Line) {
            Collector& blend = collectors[before->second];
            auto& middle = blend.evidence.wavelengthAngstrom;
            if (line.wavelengthAngstrom - middle < kSameLineAngstrom) {
                const auto members = static_cast<double>(blend.members);
                middle = (middle * members + line.wavelengthAngstrom) / (members + 1.0);
                ++blend.members;
                continue;
            }
        }
        if (line.kind == mk::LineKind::Line)
            latest[line.species] = collectors.size();
        Collector collector;
        collector.evidence.wavelengthAngstrom = line.wavelengthAngstrom;
        collector.evidence.species = line.species;
        collector.evidence.note = line.note;
        collector.profile = profileOf(line, *used);
        collectors.push_back(std::move(collector));
    }
    for (Collector& each : collectors) {
        each.evidence.firstAngstrom = each.evidence.wavelengthAngstrom - each.profile.blueward;
        each.evidence.lastAngstrom = each.evidence.wavelengthAngstrom + each.profile.redward;
    }
    return collectors;
}

template <typename Item> void sortBySize(std::vector<Item>& items)
{
    std::stable_sort(items.begin(), items.end(), [](const Item& left, const Item& right) {
        return std::abs(left.contribution) > std::abs(right.contribution);
    });
}

LineEvidence pieceAt(double wavelength)
{
    const double first = kPieceAngstrom * std::floor(wavelength / kPieceAngstrom);
    LineEvidence piece;
    piece.species = kUnidentified;
    piece.wavelengthAngstrom = first + 0.5 * kPieceAngstrom;
    piece.firstAngstrom = first;
    piece.lastAngstrom = first + kPieceAngstrom;
    return piece;
}

} // namespace

GroupedEvidence groupByLine(const Attribution& attribution, const mk::LineList& lines,
    std::span<const double> decimalSubclasses)
{
    std::vector<Collector> collectors = collectorsFor(lines, decimalSubclasses);
    std::map<double, LineEvidence> pieces; // by their beginnings
    GroupedEvidence grouped;
    std::vector<double> claims(collectors.size());
    for (std::size_t pixel = 0; pixel < attribution.contribution.size(); ++pixel) {
        const double wavelength = attribution.wavelengthAngstrom[pixel];
        const double contribution = attribution.contribution[pixel];
        double total = kUnknownWeight;
        for (std::size_t i = 0; i < collectors.size(); ++i)
            total += claims[i] = collectors[i].claim(wavelength);
        for (std::size_t i = 0; i < collectors.size(); ++i)
            collectors[i].evidence.contribution += contribution * claims[i] / total;
        const double rest = contribution * kUnknownWeight / total;
        const LineEvidence piece = pieceAt(wavelength);
        pieces.try_emplace(piece.firstAngstrom, piece).first->second.contribution += rest;
        grouped.unidentified += rest;
    }
    std::map<std::string, double> bySpecies;
    for (Collector& each : collectors) {
        if (each.evidence.contribution == 0.0)
            continue;
        bySpecies[each.evidence.species] += each.evidence.contribution;
        grouped.lines.push_back(std::move(each.evidence));
    }
    for (auto& [first, piece] : pieces)
        grouped.lines.push_back(std::move(piece));
    bySpecies[kUnidentified] = grouped.unidentified;
    for (const auto& [species, contribution] : bySpecies)
        grouped.species.push_back({ species, contribution });
    sortBySize(grouped.lines);
    sortBySize(grouped.species);
    return grouped;
}

} // namespace maury::explain
