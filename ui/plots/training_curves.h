#pragma once

#include "ui/bridge/training_feed.h"
#include "ui/models/history_model.h"
#include "ui/plots/plot_base.h"

#include <QList>
#include <QString>

#include <array>
#include <string>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPLegend;

namespace maury::ui {

/// Loss (logarithmic) over accuracy, both against the epoch, as a run goes on: a point for each
/// epoch and a thin line of batches; marks where a setting was changed; the best epoch pinned.
class TrainingCurves : public PlotBase {
    Q_OBJECT
public:
    explicit TrainingCurves(QWidget* parent = nullptr);

    /// Forgets the run before; epochs: of the run to come.
    void begin(int epochs);
    void addSteps(const std::vector<StepPoint>& points);
    void addEpoch(const EpochRow& row, bool best);
    /// A live setting took effect after `position` epochs. Changes of one setting in quick
    /// succession, as while a slider is dragged, become one mark from the first value to the last.
    void addChange(const std::string& setting, const QString& label, double position, double before,
        double after);
    /// Draws what was added; once per delivery.
    void refresh() { showNewData(); }

    struct Mark {
        std::string setting;
        QString label;
        double position = 0.0;
        double last = 0.0; ///< position of the last change that it stands for
        double before = 0.0;
        double after = 0.0;
    };
    [[nodiscard]] const QList<Mark>& marks() const { return m_marks; }
    [[nodiscard]] const std::vector<EpochRow>& epochs() const { return m_rows; }
    [[nodiscard]] const std::vector<StepPoint>& steps() const { return m_steps; }
    /// Epochs, batches and changes of settings side by side.
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;

private:
    enum Curve {
        LossTrain,
        LossTest,
        LossScTrain,
        LossScTest,
        LossLcTrain,
        LossLcTest,
        AccuracyScTrain,
        AccuracyScTest,
        AccuracyLcTrain,
        AccuracyLcTest,
        CurveCount
    };
    struct MarkItems {
        std::array<QCPItemStraightLine*, 2> lines {};
        QCPItemText* text = nullptr;
    };

    void makeRects();
    void makeCurves();
    void addCurve(Curve curve, QCPAxisRect& rect, const QString& name, QCPLegend* legend);
    void condenseSteps();
    void makeMarkItems();
    void updateMark(qsizetype mark);
    void pinBest(const EpochRow& row);

    QCPAxisRect* m_lossRect = nullptr;
    QCPAxisRect* m_accuracyRect = nullptr;
    std::array<QCPLegend*, 2> m_legends {};
    std::array<QCPGraph*, CurveCount> m_curves {};
    QCPGraph* m_stepLoss = nullptr;
    QCPGraph* m_stepAccuracy = nullptr;
    QCPGraph* m_best = nullptr;
    QCPItemStraightLine* m_bestLine = nullptr;
    QCPItemText* m_bestText = nullptr;

    int m_epochs = 1;
    std::vector<EpochRow> m_rows;
    std::vector<StepPoint> m_steps;
    QList<Mark> m_marks;
    QList<MarkItems> m_markItems;
    double m_position = 0.0;
    double m_lossLow = 0.0; ///< of everything drawn; 0 = nothing yet
    double m_lossHigh = 0.0;
};

} // namespace maury::ui
