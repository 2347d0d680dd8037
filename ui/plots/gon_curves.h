#pragma once

#include "ui/bridge/training_feed.h"
#include "ui/plots/change_marks.h"
#include "ui/plots/growing_range.h"
#include "ui/plots/plot_base.h"

#include <array>
#include <memory>
#include <vector>

class QCPGraph;
class QCPLegend;

namespace maury::ui {

/// How a Gradient Origin Network learns: its loss, and below it χ² per pixel of what it trains on
/// beside χ² per degree of freedom of the stars that it has not seen, against the steps. Marks tell
/// where a setting was changed.
class GonCurves : public PlotBase {
    Q_OBJECT
public:
    explicit GonCurves(QWidget* parent = nullptr);

    /// Forgets the run before. steps: of the run to come.
    void begin(int steps);
    void addSteps(const std::vector<StepPoint>& points);
    void addEpoch(const train::EpochDone& epoch);
    void addChange(const train::SettingChanged& change, const QString& label);
    /// Draws what was added; once per delivery.
    void refresh();

    [[nodiscard]] const QList<ChangeMark>& marks() const { return m_marks->marks(); }
    [[nodiscard]] int epochs() const { return static_cast<int>(m_epochs.size()); }
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;

private:
    void makePanel(int row, QCPAxisRect& rect, const QString& label);
    [[nodiscard]] QCPGraph* addCurve(QCPAxisRect& rect, const QString& name, QCPLegend& legend);
    [[nodiscard]] std::array<QCPAxisRect*, 2> panels() const { return { m_lossRect, m_fitRect }; }

    QCPAxisRect* m_lossRect = nullptr;
    QCPAxisRect* m_fitRect = nullptr;
    std::array<QCPLegend*, 2> m_legends {};
    QCPGraph* m_stepLoss = nullptr;
    QCPGraph* m_loss = nullptr;
    QCPGraph* m_trainFit = nullptr;
    QCPGraph* m_unseenMedian = nullptr;
    QCPGraph* m_unseenMean = nullptr;
    QCPGraph* m_target = nullptr; ///< χ²/dof = 1
    std::unique_ptr<ChangeMarks> m_marks;
    std::vector<train::EpochDone> m_epochs;
    int m_steps = 1;
    double m_reached = 0.0;
    GrowingRange m_losses;
    GrowingRange m_fits;
};

} // namespace maury::ui
