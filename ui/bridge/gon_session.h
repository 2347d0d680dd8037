#pragma once

#include "core/gon/gon_sources.h"
#include "ui/bridge/gon_models.h"
#include "ui/bridge/training_session.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace maury::ui {

/// What a Gradient Origin Network of the window learns from, and how.
struct GonRequest {
    mk::AtlasPtr atlas; ///< its standards and their variations, or what `stars` are brought to
    std::vector<gon::PreparedStar> stars; ///< learned from in place of standards; empty: standards
    store::StorePtr store; ///< learned from in place of both; its spectra stay on its own pixels
    gon::GonConfig config;
    int everyUnseen = 5; ///< every so many-th star is not trained on, but tested with
    dataset::AugmentationSettings variation; ///< of standards
};

/// What a run leaves behind.
struct GonResult {
    GonRequest request;
    gon::GonReport report; ///< without its model
    GonModels models;
    /// Why the run came to a bad end: the models are then those of its last checkpoint.
    std::optional<base::Error> failure;
};
using GonResultPtr = std::shared_ptr<const GonResult>;

/// Training of Gradient Origin Networks as the window sees it: owns the one thread that makes the
/// data and trains. At most one run at a time; destroying the session stops and joins.
class GonSession : public QObject {
    Q_OBJECT
public:
    using State = TrainingSession::State;

    explicit GonSession(QObject* parent = nullptr);
    ~GonSession() override;

    /// Precondition: !active(), an atlas or a store. Bad settings arrive as failed().
    void start(GonRequest request);
    void pause();
    void resume();
    /// The network of the last batch becomes the result.
    void stop();
    /// Acts at the next batch of the run that goes on. Errors: OptionInvalid; nothing changes then.
    base::Result<void> setLive(const gon::GonLive& live);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool active() const { return m_state != State::Idle; }
    /// Of the last run that left a model; null before that.
    [[nodiscard]] const GonResultPtr& result() const { return m_result; }

signals:
    void stateChanged(maury::ui::TrainingSession::State state);
    void runStarted(const maury::train::RunStarted& run);
    void stepsDone(const std::vector<maury::ui::StepPoint>& points);
    void epochDone(const maury::train::EpochDone& epoch);
    void settingChanged(const maury::train::SettingChanged& change);
    void noticed(const maury::base::Error& error);
    /// After all signals of one delivery: the moment to repaint.
    void delivered();
    /// result() may hold what the run had reached.
    void failed(const maury::base::Error& error);
    /// Null when the run was cancelled before its first batch.
    void finished(const maury::ui::GonResultPtr& result);

private:
    void setState(State state);
    void take(const std::vector<FeedItem>& items);
    void takeItem(const FeedItem& item);
    /// Joins the thread and takes what it left.
    GonResultPtr takeOutcome();

    TrainingFeed m_feed;
    QTemporaryDir m_folder; ///< of checkpoints, for runs that diverge
    State m_state = State::Idle;
    std::optional<gon::GonLive> m_early; ///< changed before the trainer had begun
    GonResultPtr m_result;
    std::shared_ptr<gon::GonControl> m_control;
    GonResultPtr m_outcome; ///< written by the thread, read after it was joined
    std::jthread m_thread; ///< last: joined before anything that it uses goes away
};

} // namespace maury::ui
