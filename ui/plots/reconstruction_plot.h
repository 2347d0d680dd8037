#pragma once

#include "ui/models/reconstruction_trace.h"
#include "ui/plots/plot_base.h"

#include <optional>

class QCPGraph;
class QCPItemRect;

namespace maury::ui {

class VariationStrip;

/// A star, what a model makes of it with its 68 and 95 % bands, the principal components beside it,
/// and the residual in sigmas below. Hidden ranges are shaded. While the brush is in hand, dragging
/// over the spectrum hides a range instead of moving the axes.
class ReconstructionPlot : public PlotBase {
    Q_OBJECT
public:
    explicit ReconstructionPlot(QWidget* parent = nullptr);
    ~ReconstructionPlot() override;

    void setTrace(const ReconstructionTrace& trace);
    [[nodiscard]] const ReconstructionTrace& trace() const { return m_trace; }
    /// The ranges to shade, also before the model has answered.
    void setHidden(const std::vector<gon::WavelengthRange>& hidden);
    void setBaselineVisible(bool visible);
    void setBrushing(bool brushing);
    [[nodiscard]] bool isBrushing() const { return m_brushing; }
    /// "Wavelength in air (Å), rest frame".
    void setWavelengthText(const QString& text);
    /// Where a wavelength stands, in pixels of this widget, at half the height of the spectrum.
    [[nodiscard]] QPointF placeOf(double angstrom) const;
    [[nodiscard]] PlotTable table() const override;

signals:
    /// The brush has been drawn from one end to the other; `done`: and was lifted.
    void brushed(const maury::gon::WavelengthRange& range, bool done);

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;
    [[nodiscard]] QList<LegendEntry> outsideLegend() const override;

private:
    void makePanels();
    void connectBrush();
    [[nodiscard]] gon::WavelengthRange brushTo(const QPointF& pixel) const;
    void styleShades();

    ReconstructionTrace m_trace;
    QCPAxisRect* m_spectrumPanel = nullptr;
    QCPAxisRect* m_residualPanel = nullptr;
    QCPGraph* m_star = nullptr;
    QCPGraph* m_baseline = nullptr;
    QCPGraph* m_residual = nullptr;
    QCPGraph* m_zero = nullptr;
    VariationStrip* m_bands = nullptr;
    QList<QCPItemRect*> m_shades; ///< two for every hidden range, one a panel
    bool m_brushing = true;
    std::optional<double> m_brushFrom; ///< Å, while the brush is down
};

} // namespace maury::ui
