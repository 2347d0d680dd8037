#pragma once

#include "ui/bridge/training_feed.h"
#include "ui/models/history_model.h"
#include "ui/plots/change_marks.h"
#include "ui/plots/growing_range.h"
#include "ui/plots/plot_base.h"

#include <QList>
#include <QString>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPLegend;

namespace maury::ui {

/// Loss, accuracy and learning rate below each other, against the epoch, as a run goes on: a point
/// for each epoch and a thin line of batches (means of several when there are many, and then the
/// legend says so); marks where a setting was changed; the best epoch pinned. The panels zoom
/// together.
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
    /// Another run to compare with, faint beside this one: its test curves. It stays until another
    /// one is set; an empty name takes it away.
    void setReference(const QString& name, const std::vector<EpochRow>& epochs);
    [[nodiscard]] const QString& referenceName() const { return m_referenceName; }
    /// Draws what was added; once per delivery.
    void refresh();

    /// The axis of the loss; the learning rate's is always logarithmic.
    void setLossLogarithmic(bool logarithmic);
    [[nodiscard]] bool isLossLogarithmic() const { return m_logarithmic; }

    [[nodiscard]] const QList<ChangeMark>& marks() const { return m_marks->marks(); }
    /// What the panel of the learning rate shows, in the order of the epochs.
    [[nodiscard]] QList<QPointF> learningRates() const;
    /// The shown epochs, alike in all panels.
    [[nodiscard]] QList<std::pair<double, double>> shownEpochs() const;
    /// How the legend names the thin line of the loss.
    [[nodiscard]] QString batchName() const;
    /// Shows a part of the run, as zooming does.
    void showEpochs(double first, double last);
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
    static constexpr std::size_t kPanels = 3;
    static constexpr std::size_t kReferences = 3; ///< loss, SC and LC accuracy

    void makeRects();
    void makePanel(int row, QCPAxisRect& rect);
    void linkPanels();
    void makeCurves();
    void makeReferences();
    [[nodiscard]] QCPGraph* addThinLine(QCPAxisRect& rect);
    void addCurve(Curve curve, QCPAxisRect& rect, const QString& name, QCPLegend* legend);
    void condenseSteps();
    void nameBatches(int steps);
    void addRate(double position, double rate);
    void pinBest(const EpochRow& row);
    void fitLoss();
    [[nodiscard]] std::array<QCPAxisRect*, kPanels> panels() const;

    QCPAxisRect* m_lossRect = nullptr;
    QCPAxisRect* m_accuracyRect = nullptr;
    QCPAxisRect* m_rateRect = nullptr;
    std::array<QCPLegend*, kPanels> m_legends {};
    std::array<QCPGraph*, CurveCount> m_curves {};
    QCPGraph* m_stepLoss = nullptr;
    QCPGraph* m_stepAccuracy = nullptr;
    QCPGraph* m_rate = nullptr;
    std::array<QCPGraph*, kReferences> m_references {};
    QCPGraph* m_best = nullptr;
    QCPItemStraightLine* m_bestLine = nullptr;
    QCPItemText* m_bestText = nullptr;

    int m_epochs = 1;
    QString m_referenceName;
    double m_referenceEnd = 0.0; ///< epochs of the other run
    bool m_changed = true; ///< more than batches came since the last refresh()
    std::vector<EpochRow> m_rows;
    std::vector<StepPoint> m_steps;
    std::unique_ptr<ChangeMarks> m_marks;
    bool m_logarithmic = true;
    double m_position = 0.0;
    GrowingRange m_losses; ///< of everything drawn
    GrowingRange m_rates;
};

} // namespace maury::ui
