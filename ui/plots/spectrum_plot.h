#pragma once

#include "ui/models/evidence_trace.h"
#include "ui/models/line_markers.h"
#include "ui/models/trace.h"
#include "ui/models/variation_trace.h"
#include "ui/plots/plot_base.h"

#include <QVector>

#include <array>
#include <memory>

class QCPAxis;
class QCPGraph;

namespace maury::ui {

class EvidencePanel;
class MarkerStrip;
class VariationStrip;

/// A spectrum with up to two standards over it and the residual (star minus first standard) below;
/// both panels share their wavelengths.
class SpectrumPlot : public PlotBase {
    Q_OBJECT
public:
    static constexpr int kStandards = 2;

    explicit SpectrumPlot(QWidget* parent = nullptr);
    ~SpectrumPlot() override;

    /// Replaces all curves. Empty standards are left out; an empty residual hides its panel.
    void setCurves(
        const Trace& star, const std::array<Trace, kStandards>& standards, const Trace& residual);
    /// Variations behind the curves; an empty trace removes them.
    void setVariations(const VariationTrace& variations);
    /// What speaks for an answer and against it, below the spectrum; an empty trace removes it.
    void setEvidence(const EvidenceTrace& evidence);
    void setMarkers(const QVector<LineMarker>& markers);
    void setMarkersVisible(bool visible);
    /// Where the lines stand: moved with a star of this velocity, in the medium of the axis. At rest
    /// in air unless told. Draws the markers alone.
    void placeMarkers(spectrum::Medium medium, double velocityKms);
    /// "Wavelength (Å, air, rest frame)", "Rectified flux".
    void setAxisTexts(const QString& wavelength, const QString& flux);
    /// Forgets the user's zoom when it shows nothing of this range, in Å.
    void ensureOverlap(double firstAngstrom, double lastAngstrom);

    /// The shown range of wavelengths, in Å.
    [[nodiscard]] std::pair<double, double> wavelengthRange() const;
    void setWavelengthRange(double firstAngstrom, double lastAngstrom);
    /// What is drawn, for tests and tables.
    [[nodiscard]] const Trace& star() const { return m_star; }
    [[nodiscard]] const Trace& standard(int slot) const;
    [[nodiscard]] const Trace& residual() const { return m_residual; }
    [[nodiscard]] const VariationTrace& variations() const;
    [[nodiscard]] const EvidenceTrace& evidence() const;
    [[nodiscard]] QStringList shownMarkerNames() const;
    /// Where all lines stand, in Å, in ascending order.
    [[nodiscard]] QVector<double> markerPlaces() const;
    [[nodiscard]] PlotTable table() const override;

signals:
    /// Another range of wavelengths is shown.
    void wavelengthsShown();

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;
    [[nodiscard]] QList<LegendEntry> outsideLegend() const override;

private:
    void makePanels();
    void showResidualPanel(bool shown);

    Trace m_star;
    std::array<Trace, kStandards> m_standards;
    Trace m_residual;
    QCPAxisRect* m_spectrumPanel = nullptr;
    QCPAxisRect* m_residualPanel = nullptr;
    QCPGraph* m_starGraph = nullptr;
    std::array<QCPGraph*, kStandards> m_standardGraphs {};
    QCPGraph* m_residualGraph = nullptr;
    QCPGraph* m_zeroGraph = nullptr;
    std::unique_ptr<EvidencePanel> m_evidence;
    MarkerStrip* m_markers = nullptr;
    VariationStrip* m_variations = nullptr;
    spectrum::Medium m_markerMedium = spectrum::Medium::Air;
    double m_markerVelocityKms = 0.0;
};

} // namespace maury::ui
