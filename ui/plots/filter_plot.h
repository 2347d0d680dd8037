#pragma once

#include "ui/models/line_markers.h"
#include "ui/models/trace.h"
#include "ui/plots/plot_base.h"

class QCPAxisRect;
class QCPGraph;

namespace maury::ui {

class MarkerStrip;

/// The weights of one unit of the first layer against wavelength, over a faint spectrum that has
/// its own axis on the right, with the names of the lines.
class FilterPlot : public PlotBase {
    Q_OBJECT
public:
    explicit FilterPlot(QWidget* parent = nullptr);

    /// The flux of the trace are the weights.
    void setFilter(const Trace& filter);
    /// For comparison, faint; empty for none.
    void setSpectrum(const Trace& spectrum);
    void setMarkers(const QVector<LineMarker>& markers);
    [[nodiscard]] const Trace& filter() const { return m_filter; }
    [[nodiscard]] const Trace& spectrum() const { return m_spectrum; }
    [[nodiscard]] QStringList shownMarkerNames() const;
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QList<LegendEntry> outsideLegend() const override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;

private:
    Trace m_filter;
    Trace m_spectrum;
    QCPAxisRect* m_rect = nullptr;
    QCPGraph* m_filterGraph = nullptr;
    QCPGraph* m_spectrumGraph = nullptr;
    QCPGraph* m_zero = nullptr;
    MarkerStrip* m_markers = nullptr;
};

} // namespace maury::ui
