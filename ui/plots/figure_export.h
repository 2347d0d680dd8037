#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>

#include <functional>
#include <optional>

class QCPPainter;
class QCustomPlot;

namespace maury::ui {

enum class FigureFormat { Pdf, Svg, Png };

/// The size of an exported figure.
struct FigureSettings {
    double widthMm = 160.0;
    double heightMm = 100.0;
    int dotsPerInch = 300; ///< of PNG; the others have no pixels
};

/// Width and height of the PNG in pixels.
[[nodiscard]] QSize figurePixels(const FigureSettings& settings);
/// By the suffix of a file name, whatever its case; nothing for another suffix.
[[nodiscard]] std::optional<FigureFormat> figureFormat(const QString& file);
/// "pdf", "svg", "png".
[[nodiscard]] QString figureSuffix(FigureFormat format);

/// Runs `draw` on a white page and returns the file's bytes. `draw` gets the size of the page in
/// the units of the screen's fonts and is called twice: first to nowhere, so that what depends on
/// the layout has settled when it counts.
[[nodiscard]] QByteArray drawFigure(FigureFormat format, const FigureSettings& settings,
    const QString& title, const std::function<void(QCPPainter& painter, const QSize& size)>& draw);

/// While it lives, a plot covers what its curves draw outside their axes: SVG files of Qt 6.4 know
/// no clipping.
class FigureMask {
public:
    explicit FigureMask(QCustomPlot& plot);
    ~FigureMask();
    FigureMask(const FigureMask&) = delete;
    FigureMask& operator=(const FigureMask&) = delete;

private:
    QCustomPlot& m_plot;
};

} // namespace maury::ui
