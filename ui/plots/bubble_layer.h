#pragma once

#include "ui/models/test_stars.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

#include <array>
#include <vector>

namespace maury::ui {

/// The bubbles of a scatter: one for each true, predicted and luminosity class, its area by its
/// samples. The three luminosity classes stand side by side and differ in colour and shape. Only
/// for ui/plots.
class BubbleLayer : public QCPLayerable {
public:
    BubbleLayer(QCPAxisRect& rect, const QString& layer);

    void setPoints(std::vector<ScatterPoint> points);
    [[nodiscard]] const std::vector<ScatterPoint>& points() const { return m_points; }
    /// With a ring: the chosen bubble (−1: none), and those with samples of the selected star.
    void setChosen(int point) { m_chosen = point; }
    void setStar(std::vector<ScatterPoint> points) { m_star = std::move(points); }
    [[nodiscard]] const std::vector<ScatterPoint>& star() const { return m_star; }
    void setColours(const PlotTheme& theme, bool grey);

    [[nodiscard]] QPointF centre(const ScatterPoint& point) const; ///< in pixels
    /// The bubble at or near a pixel, the smallest first; −1 for none.
    [[nodiscard]] int at(const QPointF& pixel) const;
    /// How a luminosity class is drawn, for the legend.
    [[nodiscard]] QCPScatterStyle style(int luminosity, double size) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    [[nodiscard]] double radius(const ScatterPoint& point) const;

    QCPAxisRect& m_rect;
    std::vector<ScatterPoint> m_points; ///< the largest first, so that small ones lie on top
    std::vector<ScatterPoint> m_star;
    int m_chosen = -1;
    int m_most = 1;
    std::array<QColor, mk::kLuminosityGroups> m_colours;
    QColor m_outline;
    QColor m_ring;
    QColor m_starRing;
};

} // namespace maury::ui
