#pragma once

#include "core/nn/distribution.h"
#include "ui/plots/plot_base.h"

#include <QList>
#include <QString>

class QCPAxisRect;
class QCPGraph;

namespace maury::ui {

/// What one panel of a HistogramPlot shows.
struct HistogramPanel {
    QString title; ///< below the axis: what the numbers are
    nn::Distribution now; ///< filled; nothing is drawn when empty
    nn::Distribution before; ///< a line to compare with; may be empty
};

/// Histograms side by side, each over its own range: the share of the numbers in each bin for every
/// unit of the axis, so that histograms of different bins can be compared.
class HistogramPlot : public PlotBase {
    Q_OBJECT
public:
    explicit HistogramPlot(QWidget* parent = nullptr);

    void setPanels(const QList<HistogramPanel>& panels);
    /// Logarithmic heights show the rare numbers of the tails.
    void setLogarithmic(bool logarithmic);
    [[nodiscard]] bool isLogarithmic() const { return m_logarithmic; }
    [[nodiscard]] const QList<HistogramPanel>& panels() const { return m_panels; }
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QList<LegendEntry> outsideLegend() const override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;

private:
    struct Place {
        QCPAxisRect* rect = nullptr;
        QCPGraph* now = nullptr;
        QCPGraph* before = nullptr;
    };
    void addPlace();
    void scaleHeights();

    QList<HistogramPanel> m_panels;
    QList<Place> m_places;
    bool m_logarithmic = false;
};

} // namespace maury::ui
