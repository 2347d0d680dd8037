#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace maury::ui {

/// What the program is doing, for the status line: a message, the running jobs, and what lies under
/// the cursor. Pages and bridges report here; the window shows it.
class StatusReporter : public QObject {
    Q_OBJECT
public:
    enum class Severity { Info, Warning, Error };
    using JobId = int;

    struct Job {
        JobId id = 0;
        QString what; ///< "Training: epoch 12 of 250"
        std::optional<double> fraction; ///< 0 … 1; nothing while it is not known
        std::optional<double> secondsLeft;
        std::function<void()> cancel; ///< empty when it cannot be cancelled
    };

    using QObject::QObject;

    /// Starts a job; the status line offers Cancel when `cancel` is not empty.
    JobId beginJob(const QString& what, std::function<void()> cancel = {});
    /// A new state of a running job; ignored once it has ended.
    void updateJob(JobId id, const QString& what, std::optional<double> fraction,
        std::optional<double> secondsLeft = {});
    void endJob(JobId id);
    /// The job begun last that is still running.
    [[nodiscard]] const Job* currentJob() const;

    void showMessage(const QString& text, Severity severity = Severity::Info);
    /// What lies under the cursor; empty when nothing does.
    void showReadout(const QString& text);

signals:
    void jobsChanged();
    void messageShown(const QString& text, maury::ui::StatusReporter::Severity severity);
    void readoutShown(const QString& text);

private:
    std::vector<Job> m_jobs;
    JobId m_lastId = 0;
};

} // namespace maury::ui
