#pragma once

#include "core/base/result.h"
#include "ui/models/plot_table.h"
#include "ui/plots/figure_export.h"
#include "ui/plots/plot_theme.h"

#include <QPen>
#include <QPointF>
#include <QWidget>

class QCPAxisRect;
class QCPItemStraightLine;
class QCPPainter;
class QCustomPlot;

namespace maury::ui {

class PlotActions;
class StatusReporter;

/// What all plots share: colours of the palette, zoom by wheel and pan by drag that survive new
/// data, "reset zoom" (double click), a crosshair with read-out, at most one queued replot per
/// event-loop turn.
///
/// Wheel zooms horizontally, with Ctrl or over a vertical axis vertically; Shift and drag zooms to
/// a rectangle. The context menu (mouse, Menu key, Shift+F10) exports the figure and its numbers.
class PlotBase : public QWidget {
    Q_OBJECT
public:
    explicit PlotBase(QWidget* parent = nullptr);
    ~PlotBase() override;

    /// Whether the user has chosen the ranges (new data then leave them alone).
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    /// Shows everything again.
    void resetZoom();
    /// Zooms the horizontal range about its middle; factor < 1 zooms in.
    void zoomBy(double factor);
    /// Draws at once and returns the milliseconds that it took: for measurements.
    [[nodiscard]] double timeReplot();

    /// The numbers that are drawn, for the table twin and CSV; empty while there are none.
    [[nodiscard]] virtual PlotTable table() const { return {}; }
    /// Writes the plot on white paper, whatever the colours of the window; the screen stays as it
    /// is. The suffix tells the format. Errors: OptionInvalid (another suffix, too many pixels),
    /// WriteFailed.
    [[nodiscard]] base::Result<void> writeFigure(
        const QString& file, const FigureSettings& settings);
    /// Read-outs and what became of exports go there.
    void reportTo(StatusReporter& status);
    [[nodiscard]] bool hasReporter() const { return m_reported; }

signals:
    /// What lies under the cursor, in words with units; empty when the cursor has left.
    void readoutChanged(const QString& text);
    void zoomedChanged(bool zoomed);

protected:
    [[nodiscard]] QCustomPlot& plot() { return *m_plot; }
    [[nodiscard]] const PlotTheme& theme() const { return m_theme; }

    /// Sets the axes to ranges that show everything.
    virtual void fitRanges() = 0;
    /// Colours of what the subclass added, from `theme` alone (an export has its own); the axes are
    /// done here. To be called once by the
    /// constructor of the subclass; afterwards whenever the palette changes.
    virtual void applyTheme(const PlotTheme& theme);
    /// What stands beside the plot on the screen, but belongs on an exported figure: names of
    /// curves with their pens.
    struct LegendEntry {
        QString name;
        QPen pen;
    };
    [[nodiscard]] virtual QList<LegendEntry> outsideLegend() const { return {}; }
    /// What is left free around the plot in a widget or on a page of this size.
    [[nodiscard]] virtual QMargins paddingFor(const QSize&) const { return {}; }
    /// The read-out for a point in pixels of the plot; empty outside the axes.
    [[nodiscard]] virtual QString readoutAt(const QPointF& pixel);

    /// After new data: fits the ranges unless the user has chosen them, and queues a replot.
    void showNewData();
    /// After new data of a buffered layer alone: as showNewData(), but draws only that layer unless a
    /// range has changed.
    void showNewDataOf(const QString& layer);
    /// A hidden plot is drawn when it is shown: pages in the background cost the visible one
    /// nothing.
    void queueReplot();
    /// Lets the user zoom and pan an axis rect in these directions.
    void allowZoom(QCPAxisRect& rect, Qt::Orientations orientations);
    /// A line over the whole height of this axis rect, placed by its bottom axis; the plot owns it.
    [[nodiscard]] QCPItemStraightLine* addVerticalLine(QCPAxisRect& rect);
    /// A vertical line at the cursor in this axis rect.
    void addCrosshair(QCPAxisRect& rect);

    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    [[nodiscard]] QList<std::pair<double, double>> shownRanges() const;
    void setZoomed(bool zoomed);
    void moveCrosshair(const QPointF& pixel);
    void hideCrosshair();
    void drawPage(QCPPainter& painter, const QSize& size);
    void chooseWheelDirection(const QPointF& pixel, Qt::KeyboardModifiers modifiers);

    QCustomPlot* m_plot;
    PlotActions* m_actions;
    PlotTheme m_theme;
    QList<QCPItemStraightLine*> m_crosshair;
    bool m_zoomed = false;
    bool m_stale = false; ///< new data came while the plot was hidden
    bool m_fitting = false;
    bool m_reported = false;
};

} // namespace maury::ui
