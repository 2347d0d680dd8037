#pragma once

#include "ui/bridge/training_session.h"
#include "ui/models/class_score_model.h"
#include "ui/models/confusion_model.h"
#include "ui/pages/evaluation_plots.h"
#include "ui/pages/mistakes_panel.h"
#include "ui/pages/page.h"

class QLabel;
class QSplitter;

namespace maury::ui {

class ElidedLabel;
class RowTable;
class StarEvaluator;

/// How well the network of the run types its test set: matrices, scatter and figures, and the stars
/// behind every cell and every mistake. The selected star is marked in all of them.
class EvaluatePage : public Page {
    Q_OBJECT
public:
    /// The session outlives the page, which follows its runs.
    EvaluatePage(const PageContext& context, TrainingSession& session, QWidget* parent = nullptr);
    ~EvaluatePage() override;

    void onShown() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QList<QAction*> pageActions() const override { return { m_export, m_typeStars }; }
    /// Chooses the cell with most mistakes.
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] QStringList tourViews() const override { return { kReliabilityView }; }
    void showTourView(const QString& view) override;

    /// Types the stars of a table (columns file and type, beside their spectra) with the model of
    /// the window and shows how well it does.
    void evaluateStars(const QString& table);

    /// Lists the stars of a cell and selects the first one everywhere.
    void chooseCell(const MatrixCell& cell);
    /// Writes the table of the classes; false when that failed, which is shown.
    bool exportTable(const QString& file);

    [[nodiscard]] const ConfusionModel& matrix(Head head) const;
    [[nodiscard]] const ClassScoreModel& scores() const { return m_scores; }
    [[nodiscard]] const CellStarsModel& stars() const { return m_mistakes->cellStars(); }
    [[nodiscard]] EvaluationPlots& plots() { return *m_plots; }
    [[nodiscard]] MistakesPanel& mistakes() { return *m_mistakes; }
    [[nodiscard]] QAction& typeStarsAction() { return *m_typeStars; }
    [[nodiscard]] const StarEvaluator& evaluator() const { return *m_evaluator; }
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString origin() const;
    [[nodiscard]] bool isStale() const { return m_stale; }

signals:
    /// Show this spectrum: a star that was evaluated.
    void openRequested(const QStringList& paths);

private:
    static constexpr const char* kReliabilityView = "reliability";

    void makeContent();
    QWidget* makeHeader();
    void makeInspector();
    QWidget* makeReport();
    void connectSession();
    void take(const EvaluationPtr& evaluation);
    void fill();
    void showHeader();
    void showStarsHeader();
    void askForStars();
    void showCell();
    void setStale(bool stale);
    /// Makes the choice of a list the selection of the program.
    void selectStar(const StarChoice& star);
    /// Marks the program's selection, whoever made it.
    void followSelection();
    void chooseFile();
    void saveMistakes(const PlotTable& table);
    bool write(const QString& file, const QString& csv);

    PageContext m_context;
    TrainingSession& m_session;
    ConfusionModel m_spectral;
    ConfusionModel m_luminosity;
    ClassScoreModel m_scores;
    StarEvaluator* m_evaluator;
    EvaluationPtr m_evaluation; ///< null until there is one
    bool m_shown = false; ///< whether m_evaluation is in the models
    bool m_stale = false;
    MatrixCell m_cell;

    QLabel* m_heading = nullptr;
    ElidedLabel* m_origin = nullptr;
    QLabel* m_relation = nullptr;
    EvaluationPlots* m_plots = nullptr;
    MistakesPanel* m_mistakes = nullptr;
    RowTable* m_report = nullptr;
    QSplitter* m_inspector = nullptr;
    QAction* m_export = nullptr;
    QAction* m_typeStars = nullptr;
};

} // namespace maury::ui
