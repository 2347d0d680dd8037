#pragma once

#include "core/project/label.h"
#include "ui/bridge/spectrum_analyser.h"
#include "ui/models/criteria_model.h"
#include "ui/models/type_grid_model.h"
#include "ui/pages/page.h"

#include <optional>

class QLabel;
class QTableView;

namespace maury::ui {

class ClassifyPlot;
class ElidedLabel;
class LabelDesk;
class LabelPanel;
class NoticeBar;
class PlatePanel;
struct SpectrumEntry;

/// Visual classification: the star between its neighbouring standards, a grid of types that is
/// walked by keyboard, and the label that goes to the project with every key.
class ClassifyPage : public Page {
    Q_OBJECT
public:
    /// The desk outlives the page.
    ClassifyPage(const PageContext& context, LabelDesk& desk, QWidget* parent = nullptr);

    void onShown() override;
    void onHidden() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] bool usesStarList() const override { return true; }
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_actions; }
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] QStringList tourViews() const override { return { kPlatesView, kCriteriaView }; }
    void showTourView(const QString& view) override;
    [[nodiscard]] bool isTourBusy() const override { return m_analyser.isBusy(); }

    /// The standard at hand (row of the atlas; −1 for none).
    [[nodiscard]] int standard() const { return m_row; }
    /// "K4 III": the type at hand.
    [[nodiscard]] QString typeAtHand() const { return m_grid.typeName(m_row, m_between); }
    [[nodiscard]] LabelPanel& panel() { return *m_panel; }
    [[nodiscard]] ClassifyPlot& plot() { return *m_plot; }
    [[nodiscard]] QTableView& grid() { return *m_gridView; }
    [[nodiscard]] PlatePanel& plates() { return *m_plates; }
    [[nodiscard]] bool isBusy() const { return m_analyser.isBusy(); }
    /// One cell down (1, later) or up (−1, earlier), and across: as the arrow keys do.
    void stepClass(int direction);
    void stepLuminosity(int direction);

signals:
    /// The button of the empty page.
    void openRequested();
    /// Labels need a project that can be written: a copy of this one.
    void copyRequested();
    /// The star at hand and what is known of it are drawn.
    void drawn();

private:
    static constexpr const char* kPlatesView = "plates"; ///< in colour, zoomed
    static constexpr const char* kCriteriaView = "criteria";

    void makeContent();
    [[nodiscard]] QTableView* makeGrid();
    [[nodiscard]] QWidget* makeSpectra();
    void makeActions();
    void showGrid();
    QAction* addAction(const QString& text, const QKeySequence& key, const QString& tip,
        std::function<void()> act);
    void connectDesk();
    void offerCopy();
    void connectPanel();
    void takeClassifier(const QString& name);

    void showStar();
    void analyse();
    void takeAnalysis(const Analysis& analysis);
    void takeLabel();
    /// Where a star begins that nobody has typed yet.
    void beginAtFirstType();
    void draw();
    void drawCriteria();
    void showHeader();
    void showProgress();

    /// The type at hand becomes that of the label.
    void chooseType(int row, bool between);
    void setAtHand(int row, bool between);
    void setAtHandTo(const std::string& type);
    void toggleBetween();
    void accept();
    void setQuality(int quality);
    void toggleFlag(bool project::Flags::*flag, const QString& text);
    void toggleMarkers();
    void go(int direction);
    [[nodiscard]] bool isInQueue(SpectrumId star) const;
    [[nodiscard]] QList<SpectrumId> stars() const;
    [[nodiscard]] const SpectrumEntry* entry() const;
    [[nodiscard]] bool isBlind() const;

    PageContext m_context;
    LabelDesk& m_desk;
    SpectrumAnalyser m_analyser;
    TypeGridModel m_grid;
    CriteriaModel m_criteria;
    NoticeBar* m_notice = nullptr;
    ElidedLabel* m_name = nullptr;
    QLabel* m_type = nullptr;
    ElidedLabel* m_answers = nullptr;
    ClassifyPlot* m_plot = nullptr;
    PlatePanel* m_plates = nullptr;
    QTableView* m_gridView = nullptr;
    LabelPanel* m_panel = nullptr;
    QList<QAction*> m_actions;
    std::optional<Analysis> m_analysis; ///< of the star at hand
    std::vector<classify::NearestStandard> m_fits; ///< by row of the atlas
    int m_row = -1;
    bool m_between = false;
    bool m_begun = false; ///< the type at hand was chosen or belongs to the label
    bool m_markers = true;
    bool m_isShown = false;
    std::function<void()> m_ready;
};

} // namespace maury::ui
