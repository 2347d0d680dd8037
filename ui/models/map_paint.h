#pragma once

#include "ui/models/plot_table.h"

#include <QStringList>
#include <QVector>

namespace maury::ui {

struct MappedStars;

/// What the stars of a map are coloured by.
enum class MapColour { Type, Luminosity, SignalToNoise, Score, Survey };

/// The colours of a map, apart from the theme: what a plot needs to colour its points and to explain
/// the colours.
struct MapPaint {
    /// How values become colours: decimal subclasses, luminosity groups (0 … 2), shares from pale
    /// (0) to strong (1), or numbers of categories.
    enum class Scale { SpectralClass, Luminosity, Density, Category };
    Scale scale = Scale::SpectralClass;
    QString title;
    QVector<double> values; ///< [stars]; NaN where unknown
    struct Entry {
        QString name;
        double value = 0.0;
    };
    QVector<Entry> legend;
};

[[nodiscard]] MapPaint mapPaint(const MappedStars& stars, MapColour colour);
/// Whether the stars have what this colours by.
[[nodiscard]] bool isKnown(const MappedStars& stars, MapColour colour);

/// A star in words: "HD 9138 · K4 III · χ²/dof 1.03".
[[nodiscard]] QString starText(const MappedStars& stars, std::size_t row);

/// All that is known of the stars of a map, with their places. Precondition: points [n, 2].
[[nodiscard]] PlotTable mapTable(const MappedStars& stars, const QVector<double>& x,
    const QVector<double>& y, const QString& xTitle, const QString& yTitle);

/// The stars from the oddest on, and which row of the map each line is.
struct OddStars {
    PlotTable table;
    std::vector<std::size_t> rows;
};
[[nodiscard]] OddStars oddStars(const MappedStars& stars);

/// The stars nearest to one in the metric of spectra, and which row of the map each is.
struct Twins {
    PlotTable table;
    std::vector<std::size_t> rows;
};
[[nodiscard]] Twins twinsOf(const MappedStars& stars, std::size_t row);

} // namespace maury::ui
