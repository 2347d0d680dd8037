#pragma once

#include "ui/bridge/gon_models.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/judges_model.h"
#include "ui/models/workspace.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace maury::ui {

/// A star to be judged: with its spectrum, or with the file that holds it.
struct StarOrder {
    SpectrumId id = kNoSpectrum;
    QString name;
    QString file;
    spectrum::SpectrumPtr spectrum; ///< null: to be read from `file`
    QString label; ///< what somebody said; empty: the published type counts
    QString published; ///< empty: as the file says
    QString standard; ///< the standard that it is; empty for others
};

using JudgedRows = std::shared_ptr<const std::vector<JudgedRow>>;

/// Puts stars before all judges on a background thread: the numbers of `maury-cli judges`.
class StarJudging : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    StarJudging(const Workspace& workspace, StatusReporter& status, QObject* parent = nullptr);
    ~StarJudging() override;

    /// What was under way is cancelled. gon: null without. Precondition: the workspace has a model.
    void start(std::vector<StarOrder> stars, const gon::GonModelPtr& gon);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_job.has_value(); }

signals:
    void judged(const maury::ui::JudgedRows& stars);
    void failed(const maury::base::Error& error);
    /// The Gradient Origin Network cannot judge, and why; the other judges do.
    void gonRefused(const maury::base::Error& error);

private:
    struct Outcome;
    void showProgress(int generation, std::size_t done, std::size_t of);
    void finish(int generation, const std::shared_ptr<const Outcome>& outcome);

    const Workspace& m_workspace;
    StatusReporter& m_status;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    std::stop_source m_stop;
    std::optional<StatusReporter::JobId> m_job;
    int m_generation = 0;
};

} // namespace maury::ui
