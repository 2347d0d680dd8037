#pragma once

#include "ui/bridge/run_request.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/workspace.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace maury::ui {

/// Types stars of known type with the model of the workspace and scores the answers, on a
/// background thread: the numbers of `evaluate --data FOLDER --labels TABLE`.
class StarEvaluator : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    StarEvaluator(const Workspace& workspace, StatusReporter& status, QObject* parent = nullptr);
    ~StarEvaluator() override;

    /// table: columns `file` and `type`; the spectra lie in its folder. What was under way is
    /// cancelled. Precondition: the workspace has a model.
    void start(const QString& table);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_job.has_value(); }
    /// The type that the table gave to a star of the last evaluation; empty for others.
    [[nodiscard]] QString typeOf(const std::string& star) const;

signals:
    void evaluated(const maury::ui::EvaluationPtr& evaluation);
    void failed(const maury::base::Error& error);

private:
    struct Outcome;
    void finish(int generation, const std::shared_ptr<const Outcome>& outcome);
    void showProgress(int generation, qint64 done, qint64 of);

    const Workspace& m_workspace;
    StatusReporter& m_status;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    std::stop_source m_stop;
    std::optional<StatusReporter::JobId> m_job;
    int m_generation = 0;
    std::map<std::string, std::string> m_types; ///< by the names of the stars
};

} // namespace maury::ui
