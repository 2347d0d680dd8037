#pragma once

#include "ui/models/criteria_model.h"
#include "ui/plots/spectrum_plot.h"

namespace maury::ui {

class BandStrip;

/// A spectrum between standards with the ranges that criteria measure behind it: temperature in one
/// colour, luminosity in another.
class ClassifyPlot : public SpectrumPlot {
    Q_OBJECT
public:
    explicit ClassifyPlot(QWidget* parent = nullptr);

    void setBands(const QVector<CriterionBand>& bands);
    [[nodiscard]] const QVector<CriterionBand>& bands() const;

signals:
    /// The shown range in Å, by whatever changed it.
    void rangeShown(double first, double last);
    /// The pixels that are free at the sides of the spectrum.
    void placed(int left, int right);

protected:
    void applyTheme(const PlotTheme& theme) override;

private:
    BandStrip* m_bands = nullptr; ///< the plot owns it
};

} // namespace maury::ui
