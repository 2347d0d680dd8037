#pragma once

#include "core/gon/gon_sources.h"
#include "ui/bridge/feed_session.h"
#include "ui/bridge/gon_models.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
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
class GonSession : public FeedSession {
    Q_OBJECT
public:
    explicit GonSession(QObject* parent = nullptr);
    ~GonSession() override;

    /// Precondition: !active(), an atlas or a store. Bad settings arrive as failed().
    void start(GonRequest request);
    void pause();
    void resume();
    /// Acts at the next batch of the run that goes on. Errors: OptionInvalid; nothing changes then.
    base::Result<void> setLive(const gon::GonLive& live);

    /// Of the last run that left a model; null before that.
    [[nodiscard]] const GonResultPtr& result() const { return m_result; }

signals:
    /// Null when the run was cancelled before its first batch.
    void finished(const maury::ui::GonResultPtr& result);

private:
    void takeStart() override;
    void takeFailure(const RunFailed& failure) override;
    void takeEnd(const RunEnded& end) override;
    void takeOther(const FeedItem&) override { } // what only classifiers say
    /// What the thread left.
    GonResultPtr takeOutcome();

    QTemporaryDir m_folder; ///< of checkpoints, for runs that diverge
    std::optional<gon::GonLive> m_early; ///< changed before the trainer had begun
    GonResultPtr m_result;
    std::shared_ptr<gon::GonControl> m_control;
    GonResultPtr m_outcome; ///< written by the thread, read after it was joined
};

} // namespace maury::ui
