#pragma once

#include "core/gon/gon_model.h"
#include "ui/bridge/label_inquiry.h"
#include "ui/bridge/star_judging.h"
#include "ui/bridge/training_session.h"
#include "ui/models/class_score_model.h"
#include "ui/models/confusion_model.h"
#include "ui/pages/evaluation_plots.h"
#include "ui/pages/judges_panel.h"
#include "ui/pages/mistakes_panel.h"
#include "ui/pages/page.h"
#include "ui/pages/suspects_panel.h"

#include <functional>

class QLabel;
class QSplitter;

namespace maury::ui {

class ElidedLabel;
class JudgesView;
class RowTable;
class StarEvaluator;
struct SpectrumEntry;

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
    /// Asks the judges and looks for suspect labels.
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] QStringList tourViews() const override
    {
        return { kReliabilityView, kJudgesView, kSuspectsView };
    }
    void showTourView(const QString& view) override;
    [[nodiscard]] bool isTourBusy() const override;

    /// Types the stars of a table (columns file and type, beside their spectra) with the model of
    /// the window and shows how well it does.
    void evaluateStars(const QString& table);

    /// The network that joins the judges; null: none.
    void setGon(const gon::GonModelPtr& gon) { m_gon = gon; }
    /// Where the labels of listed stars come from; empty for those without one.
    void setLabels(std::function<QString(SpectrumId)> labelOf) { m_labelOf = std::move(labelOf); }
    /// What is said about a star has changed.
    void followLabel(SpectrumId star);
    /// Asks all judges about these stars.
    void judge(JudgesPanel::Stars stars);

    /// Lists the stars of a cell and selects the first one everywhere.
    void chooseCell(const MatrixCell& cell);
    /// Writes the table of the classes; false when that failed, which is shown.
    bool exportTable(const QString& file);

    [[nodiscard]] const ConfusionModel& matrix(Head head) const;
    [[nodiscard]] const ClassScoreModel& scores() const { return m_scores; }
    [[nodiscard]] const CellStarsModel& stars() const { return m_mistakes->cellStars(); }
    [[nodiscard]] EvaluationPlots& plots() { return *m_plots; }
    [[nodiscard]] MistakesPanel& mistakes() { return *m_mistakes; }
    [[nodiscard]] JudgesPanel& judges() { return *m_judges; }
    [[nodiscard]] JudgesView& judgesView() { return *m_judgesView; }
    /// Looks for wrong labels among the standards of the open atlas.
    void inquire(const explain::SuspicionSettings& settings);

    [[nodiscard]] SuspectsPanel& suspects() { return *m_suspects; }
    [[nodiscard]] LabelInquiry& inquiry() { return m_inquiry; }
    [[nodiscard]] const StarJudging& judging() const { return m_judging; }
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
    static constexpr const char* kJudgesView = "judges";
    static constexpr const char* kSuspectsView = "suspects";

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
    void makeJudges();
    void showJudgesPossible();
    [[nodiscard]] std::vector<StarOrder> starsToJudge(JudgesPanel::Stars stars) const;
    [[nodiscard]] StarOrder orderOf(const SpectrumEntry& entry) const;
    [[nodiscard]] StarOrder orderOfStandard(int row) const;
    void takeJudged(const JudgedRows& stars);
    /// Makes a judged star the selection of the program, listing it if need be.
    void selectJudged(int row);
    void showJudged();
    /// The name by which the evaluation knows a listed star; empty for others.
    [[nodiscard]] QString evaluatedName(SpectrumId star) const;
    /// What narrows the lists of stars.
    struct ListFilter {
        WrongFilter wrong;
        QString text;
        MatrixCell cell;
        QList<SpectrumId> group; ///< chosen by a lasso, say
        bool operator==(const ListFilter&) const = default;
    };
    void makeSuspects();
    void chooseWorstCell();
    /// Makes a standard of the atlas the selection of the program.
    void selectStandard(const QString& name);
    void makeFilters();
    [[nodiscard]] ListFilter filter() const;
    void restoreFilter(const ListFilter& filter);
    /// Narrows the lists as a step of its own in the history.
    void changeFilter(const ListFilter& filter);
    void removeChip(const QString& key);
    /// Records what the user has changed; equal keys in quick succession are one step.
    void noteFilter(const QString& key);
    void applyFilter();
    void showChips();
    [[nodiscard]] QSet<QString> namesOfGroup() const;
    /// The line of the star list for a file, which is added if need be.
    [[nodiscard]] SpectrumId listed(const QString& file);
    void chooseFile();
    void saveList(const PlotTable& table, const QString& name);
    bool write(const QString& file, const QString& csv);

    PageContext m_context;
    TrainingSession& m_session;
    ConfusionModel m_spectral;
    ConfusionModel m_luminosity;
    ClassScoreModel m_scores;
    StarEvaluator* m_evaluator;
    StarJudging m_judging;
    ModelPtr m_judgingModel; ///< that was asked last, of either protocol
    RobustPtr m_judgingRobust;
    LabelInquiry m_inquiry;
    QString m_inquiredAtlas; ///< for people
    gon::GonModelPtr m_gon;
    std::function<QString(SpectrumId)> m_labelOf;
    EvaluationPtr m_evaluation; ///< null until there is one
    bool m_shown = false; ///< whether m_evaluation is in the models
    bool m_stale = false;
    MatrixCell m_cell;
    ListFilter m_noted; ///< as it was recorded last
    int m_steps = 0; ///< of filters that are steps of their own
    bool m_restoring = false;

    QLabel* m_heading = nullptr;
    ElidedLabel* m_origin = nullptr;
    QLabel* m_relation = nullptr;
    EvaluationPlots* m_plots = nullptr;
    MistakesPanel* m_mistakes = nullptr;
    JudgesPanel* m_judges = nullptr;
    JudgesView* m_judgesView = nullptr;
    SuspectsPanel* m_suspects = nullptr;
    RowTable* m_report = nullptr;
    QSplitter* m_inspector = nullptr;
    QAction* m_export = nullptr;
    QAction* m_typeStars = nullptr;
};

} // namespace maury::ui
