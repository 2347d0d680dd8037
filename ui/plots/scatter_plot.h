#pragma once

#include "ui/models/test_stars.h"
#include "ui/plots/plot_base.h"

#include <QStringList>

#include <array>
#include <memory>

class QCPGraph;
class QCPItemStraightLine;
class QCPTextElement;

namespace maury::ui {

class BubbleLayer;
class ClassTicks;

/// Predicted against true spectral class, coloured by the true luminosity class, with the diagonal
/// and the lines one class beside it: a bubble for every group of samples, its area by their
/// number. The arrow keys go from bubble to bubble.
class ScatterPlot : public PlotBase {
    Q_OBJECT
public:
    explicit ScatterPlot(QWidget* parent = nullptr);
    ~ScatterPlot() override;

    void setPoints(const QStringList& classes, const std::vector<ScatterPoint>& points);
    [[nodiscard]] const std::vector<ScatterPoint>& points() const { return m_points; }
    /// Grey: what is shown belongs to something older.
    void setStale(bool stale);
    /// Rings the bubble of this cell and luminosity class; none without a luminosity class.
    void setChosenCell(const MatrixCell& cell);
    [[nodiscard]] int chosenPoint() const { return m_chosen; } ///< in points(); −1 for none
    /// Rings the bubbles with samples of the selected star.
    void setStarPoints(const std::vector<ScatterPoint>& points);
    [[nodiscard]] const std::vector<ScatterPoint>& starPoints() const;
    /// Where a bubble is drawn, in pixels of this widget.
    [[nodiscard]] QPointF placeOf(const ScatterPoint& point) const;
    [[nodiscard]] PlotTable table() const override;

signals:
    void pointClicked(int truth, int predicted, int luminosity);

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeLines();
    void makeLegend();
    void choose(int point);
    [[nodiscard]] QString describe(const ScatterPoint& point) const;

    QStringList m_classes;
    std::vector<ScatterPoint> m_points; ///< by true, predicted and luminosity class
    BubbleLayer* m_bubbles;
    std::unique_ptr<ClassTicks> m_ticks;
    std::array<QCPItemStraightLine*, 3> m_lines {};
    std::array<QCPGraph*, mk::kLuminosityGroups> m_samples {}; ///< symbols of the legend
    QCPTextElement* m_legendHead = nullptr;
    int m_chosen = -1;
    bool m_stale = false;
    QPointF m_pressed;
};

} // namespace maury::ui
