#pragma once

#include "core/explain/label_suspicion.h"
#include "ui/bridge/run_request.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/workspace.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace maury::ui {

/// Looks for wrong labels among the standards of the open atlas on a background thread: the numbers
/// of `maury-cli suspects`.
class LabelInquiry : public QObject {
    Q_OBJECT
public:
    using Suspects = std::shared_ptr<const std::vector<explain::LabelSuspicion>>;

    /// Both outlive it. loader: opens the atlas as a library; callable from any thread.
    LabelInquiry(const Workspace& workspace, StatusReporter& status, LibraryLoader loader,
        QObject* parent = nullptr);
    ~LabelInquiry() override;

    /// What was under way is cancelled. Precondition: an atlas is open.
    void start(const explain::SuspicionSettings& settings);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_job.has_value(); }
    /// For tests: another way to open an atlas.
    void setLoader(LibraryLoader loader) { m_loader = std::move(loader); }

signals:
    void found(const maury::ui::LabelInquiry::Suspects& suspects);
    void failed(const maury::base::Error& error);

private:
    using Outcome = base::Result<std::vector<explain::LabelSuspicion>>;
    void showProgress(int generation, int fold, int folds, double done);
    void finish(int generation, const std::shared_ptr<const Outcome>& outcome);

    const Workspace& m_workspace;
    StatusReporter& m_status;
    LibraryLoader m_loader;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    std::stop_source m_stop;
    std::optional<StatusReporter::JobId> m_job;
    int m_generation = 0;
};

} // namespace maury::ui
