#pragma once

#include "core/base/result.h"
#include "core/io/reader_registry.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <vector>

namespace maury::ui {

class SpectrumListModel;
class StatusReporter;

/// Reads files and folders on background threads into the star list, which fills as they come; the
/// camera files of one star, opened together, are one line. What a cancelled or overtaken job still
/// delivers is dropped by its generation number.
class SpectrumLoader : public QObject {
    Q_OBJECT
public:
    using ReadFunction
        = std::function<base::Result<spectrum::SpectrumPtr>(const io::SpectrumFiles&)>;

    /// Both outlive the loader. `read` is called on background threads; it is
    /// io::readSpectrumFiles but for tests.
    SpectrumLoader(SpectrumListModel& list, StatusReporter& status, QObject* parent = nullptr,
        ReadFunction read = {});
    ~SpectrumLoader() override;

    /// Lists and reads all files below the paths. Runs beside jobs that are still running.
    void open(const QStringList& paths);
    /// Ends all jobs; files not yet read are marked as cancelled.
    void cancel();
    [[nodiscard]] bool isRunning() const { return !m_jobs.empty(); }

signals:
    /// The first spectrum of an open() is ready; with no readable file among them, the first file.
    void opened(maury::ui::SpectrumId id);
    /// All files of an open() were tried.
    void finished(int read, int failed);

private:
    struct Read {
        SpectrumId id = kNoSpectrum;
        spectrum::SpectrumPtr spectrum; ///< null when it failed
        base::Error error;
    };
    struct Item {
        SpectrumId id = kNoSpectrum;
        io::SpectrumFiles files;
    };
    struct Job;

    void listed(int generation, const std::vector<io::SpectrumFiles>& spectra,
        const std::vector<base::Error>& errors);
    void start(const std::vector<io::SpectrumFiles>& spectra);
    void deliver(Job& job);
    void deliver(Job& job, const Read& result);
    void finish(Job& job);

    SpectrumListModel& m_list;
    StatusReporter& m_status;
    ReadFunction m_read;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    std::vector<std::shared_ptr<Job>> m_jobs;
    int m_generation = 0;
};

} // namespace maury::ui
