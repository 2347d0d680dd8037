#include "ui/models/spectrum_export.h"

#include "core/base/contract.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace maury::ui {

namespace {

/// "Wavelength (Å, air)": the name before the bracket and what stands in it up to a comma.
struct Heading {
    QString name;
    QString unit;
};

Heading parse(const QString& heading)
{
    static const QRegularExpression withUnit(QStringLiteral("^(.*?)\\s*\\(([^,)]*)[^)]*\\)"));
    const auto match = withUnit.match(heading);
    return match.hasMatch() ? Heading { match.captured(1), match.captured(2).trimmed() }
                            : Heading { heading, {} };
}

std::string fitsUnit(const QString& unit)
{
    if (unit == QStringLiteral("Å"))
        return "Angstrom";
    if (unit == QStringLiteral("km/s") || unit == QStringLiteral("s"))
        return unit.toStdString();
    return {};
}

std::string columnName(const QString& name, int number)
{
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    QString result = name.normalized(QString::NormalizationForm_KD).toLower();
    result.remove(QRegularExpression(QStringLiteral("\\p{M}"))); // accents
    result.replace(other, QStringLiteral("_"));
    while (result.startsWith('_'))
        result.remove(0, 1);
    while (result.endsWith('_'))
        result.chop(1);
    return result.isEmpty() ? "column_" + std::to_string(number) : result.toStdString();
}

} // namespace

io::SpectrumToWrite fileExport(const spectrum::Spectrum& spectrum, std::optional<std::size_t> only)
{
    io::SpectrumToWrite result = io::asRead(spectrum);
    if (only) {
        EXPECTS(*only < result.segments.size());
        result.segments = { result.segments[*only] };
    }
    return result;
}

io::SpectrumToWrite preparedExport(const spectrum::Spectrum& star,
    const classify::PreparedSpectrum& prepared, const spectrum::WavelengthGrid& grid)
{
    EXPECTS(prepared.flux.size() == grid.pixels && prepared.good.size() == grid.pixels);
    spectrum::Segment segment;
    segment.wavelengthAngstrom = grid.wavelengths();
    for (std::size_t i = 0; i < grid.pixels; ++i) {
        const bool good = prepared.good[i] != 0;
        segment.flux.push_back(good ? static_cast<double>(prepared.flux[i]) : 0.0);
        segment.mask.push_back(good ? 0U : spectrum::mask::kNoData);
    }
    segment.ivar = prepared.ivar;
    segment.medium = spectrum::Medium::Air;
    segment.frame = prepared.velocityKms ? spectrum::Frame::Rest : prepared.frame;
    if (prepared.rectifiedHere)
        segment.rectified = true;
    io::SpectrumToWrite result = io::asRead(star);
    result.segments = { { std::move(segment) } };
    result.recipe = preprocess::recipeToJson(prepared.recipe);
    return result;
}

io::TableToWrite tableExport(const PlotTable& table, const QString& name)
{
    io::TableToWrite result;
    result.name = columnName(name, 0);
    const auto rows = static_cast<std::size_t>(table.rows());
    for (const PlotTable::Column& column : table.columns) {
        const Heading heading = parse(column.heading);
        io::TableColumn made;
        made.name = columnName(heading.name, static_cast<int>(result.columns.size()) + 1);
        const auto same = [&made](const io::TableColumn& each) { return each.name == made.name; };
        if (std::any_of(result.columns.begin(), result.columns.end(), same))
            made.name += "_" + std::to_string(result.columns.size() + 1);
        made.unit = fitsUnit(heading.unit);
        made.description = column.heading.toStdString();
        if (column.texts.isEmpty()) {
            made.values.assign(column.numbers.begin(), column.numbers.end());
            made.values.resize(rows, std::numeric_limits<double>::quiet_NaN());
        } else {
            for (const QString& text : column.texts)
                made.texts.push_back(text.toStdString());
            made.texts.resize(rows);
        }
        result.columns.push_back(std::move(made));
    }
    return result;
}

} // namespace maury::ui
