#pragma once

#include "ui/models/map_paint.h"
#include "ui/plots/plot_base.h"

#include <QPolygonF>

#include <functional>
#include <optional>

class QCPLegend;

namespace maury::ui {

class PointCloud;

/// Stars as points of a plane. A click selects a star; dragging moves the map, draws a lasso or
/// walks, whatever was chosen.
class LatentMapPlot : public PlotBase {
    Q_OBJECT
public:
    enum class Drag { Move, Lasso, Walk };

    explicit LatentMapPlot(QWidget* parent = nullptr);
    ~LatentMapPlot() override;

    /// describe: the read-out of a point.
    void setPoints(const QVector<QPointF>& points, const std::function<QString(int)>& describe);
    [[nodiscard]] const QVector<QPointF>& points() const;
    void setAxisTexts(const QString& x, const QString& y);
    void setPaint(const MapPaint& paint);
    /// Rings the selected star (−1: it is not on the map).
    void setStar(int row);
    [[nodiscard]] int star() const;
    /// Fades all but these; empty: none.
    void setChosen(const QVector<int>& rows);
    [[nodiscard]] const QVector<int>& chosen() const;
    void setWalker(const std::optional<QPointF>& place);
    void setDrag(Drag drag);
    void setTable(const PlotTable& table) { m_table = table; }
    [[nodiscard]] PlotTable table() const override { return m_table; }
    /// Where a point is drawn, in pixels of this widget.
    [[nodiscard]] QPointF placeOf(const QPointF& point) const;

signals:
    void starClicked(int row);
    void lassoed(const QVector<int>& rows);
    /// The walker stands here, in coordinates of the map.
    void walked(const QPointF& place);

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectMouse();
    void press(const QPointF& pixel);
    void move(const QPointF& pixel);
    void release(const QPointF& pixel);
    void walkTo(const QPointF& pixel);
    [[nodiscard]] QColor colourOf(double value) const;
    void makeLegend();

    PointCloud* m_cloud = nullptr;
    QCPLegend* m_legend = nullptr;
    MapPaint m_paint;
    PlotTable m_table;
    std::function<QString(int)> m_describe;
    Drag m_drag = Drag::Move;
    std::optional<QPointF> m_pressed; ///< pixels, while the button is down
    QPolygonF m_lasso;
};

} // namespace maury::ui
