#pragma once

#include "ui/bridge/gon_session.h"
#include "ui/bridge/latent_mapper.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/run_progress.h"
#include "ui/pages/page.h"

#include <QElapsedTimer>
#include <QThreadPool>

#include <functional>
#include <optional>

class QTabWidget;

namespace maury::ui {

class ElidedLabel;
class GonCurves;
class LatentMapPanel;
class LatentSettings;
class NoticeBar;
class ReconstructionPanel;
class ViewSwitch;

/// Gradient Origin Networks: training, the selected star as the network sees it, and the map of all
/// stars.
class LatentPage : public Page {
    Q_OBJECT
public:
    explicit LatentPage(const PageContext& context, QWidget* parent = nullptr);
    ~LatentPage() override;

    void onShown() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] bool usesStarList() const override { return true; }
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_actions; }
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] bool isTourBusy() const override;
    [[nodiscard]] QStringList tourViews() const override;
    void showTourView(const QString& view) override;

    /// The store that can be learned from and mapped; null: none.
    void setStore(const store::StorePtr& store);
    /// Trains on what the settings say.
    void train();
    /// Shows a model of a file; a failure is shown.
    void openModel(const QString& file);
    /// Writes the model that is shown; a failure is shown.
    void saveModel(const QString& file);

    [[nodiscard]] const GonModels& models() const { return m_models; }
    [[nodiscard]] GonSession& session() { return m_session; }
    [[nodiscard]] LatentSettings& settings() { return *m_settings; }
    [[nodiscard]] GonCurves& curves() { return *m_curves; }
    [[nodiscard]] ReconstructionPanel& star() { return *m_star; }
    [[nodiscard]] LatentMapPanel& map() { return *m_map; }
    [[nodiscard]] ViewSwitch& views() { return *m_views; }
    [[nodiscard]] NoticeBar& notice() { return *m_notice; }

signals:
    /// Another model is shown.
    void modelsChanged();

private:
    void makeActions();
    void makeContent();
    [[nodiscard]] QWidget* makeBar();
    void makeInspector();
    void addTables();
    [[nodiscard]] MapStars mapStars() const;
    void connectSession();
    /// What the settings say, and why no run can begin with it; empty when one can.
    [[nodiscard]] GonRequest request() const;
    [[nodiscard]] QString obstacle(const GonRequest& request) const;
    void showChoices();
    void refreshViews();
    void takeState(GonSession::State state);
    void takeEnd(const GonResultPtr& result);
    void takeFailure(const base::Error& error);
    void useModels(const GonModels& models);
    void showProgress();
    void showFacts();
    void askForModel();
    void askWhereToSave();
    void endTour();
    [[nodiscard]] double now() const;

    static constexpr const char* kCurvesView = "curves";

    PageContext m_context;
    GonSession m_session;
    GonModels m_models;
    store::StorePtr m_store;
    QList<QAction*> m_actions;
    QAction* m_train = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_open = nullptr;
    QAction* m_save = nullptr;
    NoticeBar* m_notice = nullptr;
    ElidedLabel* m_facts = nullptr;
    ViewSwitch* m_views = nullptr;
    GonCurves* m_curves = nullptr;
    ReconstructionPanel* m_star = nullptr;
    LatentMapPanel* m_map = nullptr;
    QTabWidget* m_inspector = nullptr;
    LatentSettings* m_settings = nullptr;

    std::optional<StatusReporter::JobId> m_job;
    RunProgress m_progress;
    std::optional<train::EpochDone> m_lastEpoch;
    QElapsedTimer m_clock;
    QThreadPool m_pool; ///< opens models
    int m_opening = 0; ///< generation: the last call wins
    std::function<void()> m_tourReady;
};

} // namespace maury::ui
