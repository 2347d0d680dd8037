#include "ui/models/map_paint.h"

#include "core/mk/spectral_type.h"
#include "ui/bridge/latent_mapper.h"
#include "ui/bridge/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace maury::ui {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::MapPaint)
};

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kPalest = 0.25; ///< of a density: lighter is lost on the ground
constexpr int kLegendSteps = 4;

double rounded(double value, double step)
{
    return std::round(value / step) * step;
}

QVector<double> labelOf(const MappedStars& stars, const char* name)
{
    const gon::Label* label = stars.set.label(name);
    if (label == nullptr)
        return QVector<double>(static_cast<qsizetype>(stars.ids.size()), kUnknown);
    return { label->values.begin(), label->values.end() };
}

QVector<double> scoresOf(const MappedStars& stars)
{
    QVector<double> values;
    for (const gon::AnomalyScore& score : stars.scores)
        values << (score.usable ? score.combined : kUnknown);
    return values;
}

/// Values as shares of their range, by rank where `ranked`: a few odd ones must not leave all the
/// others with one colour.
void makeDensity(MapPaint& paint, int decimals)
{
    paint.scale = MapPaint::Scale::Density;
    QVector<double> sorted;
    for (const double value : std::as_const(paint.values))
        if (std::isfinite(value))
            sorted << value;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.isEmpty())
        return;
    const auto share = [&sorted](double value) {
        const auto below = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
        const double rank
            = static_cast<double>(below) / std::max<double>(1.0, static_cast<double>(sorted.size() - 1));
        return kPalest + (1.0 - kPalest) * std::min(rank, 1.0);
    };
    for (int step = 0; step <= kLegendSteps; ++step) {
        const double value = sorted[step * (sorted.size() - 1) / kLegendSteps];
        const QString name = numberText(value, decimals);
        if (paint.legend.isEmpty() || paint.legend.last().name != name)
            paint.legend.append({ name, share(value) });
    }
    for (double& value : paint.values)
        value = std::isfinite(value) ? share(value) : kUnknown;
}

QString typeOf(const MappedStars& stars, std::size_t row)
{
    return row < stars.set.types.size() ? QString::fromStdString(stars.set.types[row]) : QString();
}

} // namespace

bool isKnown(const MappedStars& stars, MapColour colour)
{
    const auto finite = [](const QVector<double>& values) {
        return std::any_of(
            values.begin(), values.end(), [](double value) { return std::isfinite(value); });
    };
    switch (colour) {
    case MapColour::Type:
        return finite(labelOf(stars, gon::kTemperatureLabel));
    case MapColour::Luminosity:
        return finite(labelOf(stars, gon::kLuminosityLabel));
    case MapColour::SignalToNoise:
        return finite(labelOf(stars, gon::kSignalToNoiseLabel));
    case MapColour::Score:
        return true;
    case MapColour::Survey:
        return std::any_of(stars.surveys.begin(), stars.surveys.end(),
            [](const QString& survey) { return !survey.isEmpty(); });
    }
    return false;
}

MapPaint mapPaint(const MappedStars& stars, MapColour colour)
{
    MapPaint paint;
    switch (colour) {
    case MapColour::Type:
        paint.title = Text::tr("Class");
        paint.values = labelOf(stars, gon::kTemperatureLabel);
        for (double& code : paint.values)
            code = mk::decimalFromTemperatureCode(code);
        for (int i = 0; i < 7; ++i)
            paint.legend.append({ QStringLiteral("OBAFGKM").mid(i, 1), 10.0 * i + 5.0 });
        break;
    case MapColour::Luminosity:
        paint.scale = MapPaint::Scale::Luminosity;
        paint.title = Text::tr("Luminosity");
        paint.values = labelOf(stars, gon::kLuminosityLabel);
        for (double& code : paint.values)
            code = std::isfinite(code) ? static_cast<double>(mk::luminosityGroup(code)) : kUnknown;
        paint.legend = { { QStringLiteral("I"), 0.0 }, { QStringLiteral("III"), 1.0 },
            { QStringLiteral("V"), 2.0 } };
        break;
    case MapColour::SignalToNoise:
        paint.title = Text::tr("S/N");
        paint.values = labelOf(stars, gon::kSignalToNoiseLabel);
        makeDensity(paint, 0);
        break;
    case MapColour::Score:
        paint.title = Text::tr("Oddity");
        paint.values = scoresOf(stars);
        makeDensity(paint, 1);
        break;
    case MapColour::Survey: {
        paint.scale = MapPaint::Scale::Category;
        paint.title = Text::tr("Survey");
        QStringList names;
        for (const QString& survey : stars.surveys) {
            if (!survey.isEmpty() && !names.contains(survey))
                names << survey;
            paint.values << (survey.isEmpty() ? kUnknown
                                              : static_cast<double>(names.indexOf(survey)));
        }
        for (qsizetype i = 0; i < names.size(); ++i)
            paint.legend.append({ names[i], static_cast<double>(i) });
        break;
    }
    }
    return paint;
}

QString starText(const MappedStars& stars, std::size_t row)
{
    QStringList parts { QString::fromStdString(stars.set.stars[row]) };
    if (const QString type = typeOf(stars, row); !type.isEmpty())
        parts << type;
    parts << Text::tr("χ²/dof %1").arg(numberText(stars.encoding.chi2PerDof(row), 2))
          << Text::tr("oddity %1").arg(numberText(stars.scores[row].combined, 1));
    return parts.join(QStringLiteral(" · "));
}

PlotTable mapTable(const MappedStars& stars, const QVector<double>& x, const QVector<double>& y,
    const QString& xTitle, const QString& yTitle)
{
    QStringList names;
    QStringList types;
    QVector<double> chi2;
    for (std::size_t row = 0; row < stars.ids.size(); ++row) {
        names << QString::fromStdString(stars.set.stars[row]);
        types << typeOf(stars, row);
        chi2 << stars.encoding.chi2PerDof(row);
    }
    PlotTable table;
    table.add(Text::tr("Star"), names);
    table.add(Text::tr("Type"), types);
    table.add(xTitle, x);
    table.add(yTitle, y);
    table.add(Text::tr("χ² per degree of freedom"), chi2);
    table.add(Text::tr("Oddity"), scoresOf(stars));
    if (isKnown(stars, MapColour::SignalToNoise))
        table.add(Text::tr("S/N"), labelOf(stars, gon::kSignalToNoiseLabel));
    if (isKnown(stars, MapColour::Survey))
        table.add(Text::tr("Survey"), stars.surveys);
    return table;
}

OddStars oddStars(const MappedStars& stars)
{
    OddStars odd;
    odd.rows.resize(stars.scores.size());
    std::iota(odd.rows.begin(), odd.rows.end(), std::size_t { 0 });
    std::stable_sort(odd.rows.begin(), odd.rows.end(), [&](std::size_t a, std::size_t b) {
        return stars.scores[a].combined > stars.scores[b].combined;
    });
    QStringList names;
    QStringList types;
    QVector<double> combined;
    QVector<double> chi2;
    QVector<double> windows;
    QVector<double> places;
    QVector<double> distances;
    for (const std::size_t row : odd.rows) {
        const gon::AnomalyScore& score = stars.scores[row];
        names << QString::fromStdString(stars.set.stars[row]);
        types << typeOf(stars, row);
        combined << rounded(score.combined, 0.01);
        chi2 << rounded(score.chi2Excess, 0.01);
        windows << rounded(score.windowSign * score.largestWindow, 0.01);
        places << rounded(score.windowAngstrom, 0.1);
        distances << rounded(score.mahalanobis, 0.01);
    }
    odd.table.add(Text::tr("Star"), names);
    odd.table.add(Text::tr("Type"), types);
    odd.table.add(Text::tr("Oddity"), combined);
    odd.table.add(Text::tr("χ² excess"), chi2);
    odd.table.add(Text::tr("Largest window z"), windows);
    odd.table.add(Text::tr("at (Å)"), places);
    odd.table.add(Text::tr("Mahalanobis distance"), distances);
    return odd;
}

Twins twinsOf(const MappedStars& stars, std::size_t row)
{
    Twins twins;
    QStringList names;
    QStringList types;
    QVector<double> distances;
    for (const gon::Neighbour& twin : gon::twins(stars, row, gon::kTwins, stars.set.pixels())) {
        twins.rows.push_back(twin.row);
        names << QString::fromStdString(stars.set.stars[twin.row]);
        types << typeOf(stars, twin.row);
        distances << rounded(twin.distance, 1e-5);
    }
    twins.table.add(Text::tr("Star"), names);
    twins.table.add(Text::tr("Type"), types);
    twins.table.add(Text::tr("Difference, rms flux"), distances);
    return twins;
}

} // namespace maury::ui
