#pragma once

#include "ui/bridge/training_session.h"
#include "ui/models/cell_stars_model.h"
#include "ui/models/class_score_model.h"
#include "ui/models/confusion_model.h"
#include "ui/pages/page.h"

class QCheckBox;
class QGridLayout;
class QLabel;
class QModelIndex;
class QSplitter;
class QTableView;

namespace maury::ui {

class ConfusionPlot;

/// How well the network of the run types its test set: matrices, figures, and the stars behind
/// every cell.
class EvaluatePage : public Page {
    Q_OBJECT
public:
    /// The session outlives the page, which follows its runs.
    EvaluatePage(const PageContext& context, TrainingSession& session, QWidget* parent = nullptr);
    ~EvaluatePage() override;

    void onShown() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QList<QAction*> pageActions() const override { return { m_export }; }
    /// Chooses the cell with most mistakes.
    void prepareTour(const std::function<void()>& ready) override;

    /// Lists the stars of a cell and selects the first one everywhere.
    void chooseCell(Head head, int truth, int predicted);
    /// Writes the table of the classes; false when that failed, which is shown.
    bool exportTable(const QString& file);

    [[nodiscard]] const ConfusionModel& matrix(Head head) const;
    [[nodiscard]] const ClassScoreModel& scores() const { return m_scores; }
    [[nodiscard]] const CellStarsModel& stars() const { return m_stars; }
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString origin() const;
    [[nodiscard]] bool isStale() const { return m_stale; }

private:
    void makeContent();
    QWidget* makeHeader();
    QWidget* makeFigures();
    void makeInspector();
    void connectSession();
    void take(const EvaluationPtr& evaluation);
    void fill();
    void showFigures(const train::Metrics& metrics);
    void showHeader();
    void showCell();
    void setStale(bool stale);
    void selectStar(const QModelIndex& index);
    void chooseFile();

    PageContext m_context;
    TrainingSession& m_session;
    ConfusionModel m_spectral;
    ConfusionModel m_luminosity;
    ClassScoreModel m_scores;
    CellStarsModel m_stars;
    EvaluationPtr m_evaluation; ///< null until there is one
    bool m_shown = false; ///< whether m_evaluation is in the models
    bool m_stale = false;
    Head m_cellHead = Head::Spectral;
    int m_cellTruth = -1;
    int m_cellPredicted = -1;

    QLabel* m_heading = nullptr;
    QLabel* m_origin = nullptr;
    QCheckBox* m_hideDiagonal = nullptr;
    QList<QLabel*> m_figures; ///< SC and LC of each line, in turn
    ConfusionPlot* m_spectralPlot = nullptr;
    ConfusionPlot* m_luminosityPlot = nullptr;
    QSplitter* m_inspector = nullptr;
    QLabel* m_cellText = nullptr;
    QTableView* m_starTable = nullptr;
    QAction* m_export = nullptr;
};

} // namespace maury::ui
