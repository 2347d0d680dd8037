#pragma once

#include "ui/models/activation_curve.h"
#include "ui/plots/plot_base.h"

#include <vector>

class QCPGraph;
class QCPItemText;

namespace maury::ui {

/// An activation function with its derivative (the paper's Fig. 2).
class ActivationPlot : public PlotBase {
    Q_OBJECT
public:
    explicit ActivationPlot(QWidget* parent = nullptr);

    void setActivation(nn::Activation activation);
    [[nodiscard]] const std::vector<ActivationPoint>& points() const { return m_points; }
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;

private:
    QCPGraph* m_value;
    QCPGraph* m_slope;
    QCPItemText* m_valueName;
    QCPItemText* m_slopeName;
    nn::Activation m_activation = nn::Activation::GeluTanh;
    std::vector<ActivationPoint> m_points;
};

} // namespace maury::ui
