#include "ui/models/line_markers.h"

#include <cmath>

namespace maury::ui {

namespace {

constexpr double kCalciumKAngstrom = 3933.66;
constexpr double kCalciumHAngstrom = 3968.47;
constexpr double kGBandAngstrom = 4300.0;
constexpr double kSameLineAngstrom = 0.5;

bool isAt(const mk::SpectralLine& line, const char* species, double wavelengthAngstrom)
{
    return line.species == species
        && std::abs(line.wavelengthAngstrom - wavelengthAngstrom) < kSameLineAngstrom;
}

/// Upper level of a Balmer line from Rydberg's formula; the refraction of air (2.8e-4) changes n by
/// less than a tenth up to n = 11.
int upperLevel(double wavelengthAngstrom)
{
    constexpr double kRydbergPerAngstrom = 1.0967758e-3; // of hydrogen
    const double vacuum = wavelengthAngstrom * 1.00028;
    const double term = 0.25 - 1.0 / (kRydbergPerAngstrom * vacuum);
    return term > 0.0 ? static_cast<int>(std::lround(1.0 / std::sqrt(term))) : 0;
}

QString balmerName(int level)
{
    switch (level) {
    case 3:
        return QStringLiteral("Hα");
    case 4:
        return QStringLiteral("Hβ");
    case 5:
        return QStringLiteral("Hγ");
    case 6:
        return QStringLiteral("Hδ");
    case 7:
        return QStringLiteral("Hε");
    default:
        return QStringLiteral("H%1").arg(level);
    }
}

bool isLandmark(const mk::SpectralLine& line)
{
    return line.species == "H I" || isAt(line, "Ca II", kCalciumKAngstrom)
        || isAt(line, "Ca II", kCalciumHAngstrom) || isAt(line, "CH", kGBandAngstrom);
}

/// Hydrogen rules the hotter half of the sequence; from about F0 its blends with metals are the
/// metals'.
constexpr double kHydrogenRulesBelow = 30.0;

double importance(const mk::SpectralLine& line, std::optional<double> decimalSubclass)
{
    double sum = isLandmark(line) ? 10.0 : 0.0;
    if (line.species == "H I" && decimalSubclass.value_or(0.0) > kHydrogenRulesBelow)
        sum -= 3.0;
    sum += line.temperature ? 2.0 : 0.0;
    sum += line.luminosity ? 2.0 : 0.0;
    sum += line.peculiarity ? 0.5 : 0.0;
    return line.kind == mk::LineKind::Interstellar ? sum - 2.0 : sum;
}

} // namespace

QString lineName(const mk::SpectralLine& line)
{
    if (line.species == "H I" && upperLevel(line.wavelengthAngstrom) > 2)
        return balmerName(upperLevel(line.wavelengthAngstrom));
    if (isAt(line, "Ca II", kCalciumKAngstrom))
        return QStringLiteral("Ca II K");
    if (isAt(line, "Ca II", kCalciumHAngstrom))
        return QStringLiteral("Ca II H");
    if (isAt(line, "CH", kGBandAngstrom))
        return QStringLiteral("G");
    return QString::fromStdString(line.species);
}

QVector<LineMarker> lineMarkers(const mk::LineList& list, std::optional<double> decimalSubclass)
{
    QVector<LineMarker> markers;
    for (const mk::SpectralLine& line : list.lines)
        if (!decimalSubclass || isLandmark(line) || mk::isUsedAt(line, *decimalSubclass))
            markers.append(
                { line.wavelengthAngstrom, lineName(line), importance(line, decimalSubclass) });
    return markers;
}

} // namespace maury::ui
