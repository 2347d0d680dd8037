#include "ui/bridge/spectrum_loader.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/when_done.h"
#include "ui/models/spectrum_list_model.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

using base::ErrorCode;

/// What "files and folders" comes down to.
struct Listing {
    QStringList files;
    std::vector<base::Error> errors;
};

Listing listAll(const QStringList& paths)
{
    Listing listing;
    for (const QString& path : paths) {
        const auto files = io::listFiles(path.toStdString());
        if (!files) {
            listing.errors.push_back(files.error());
            continue;
        }
        for (const auto& file : *files)
            listing.files.append(QString::fromStdString(file.string()));
    }
    return listing;
}

} // namespace

/// The files of one open().
struct SpectrumLoader::Job {
    QFutureWatcher<Read> watcher;
    StatusReporter::JobId status = 0;
    QElapsedTimer clock;
    QSet<SpectrumId> pending; ///< not delivered yet
    int total = 0;
    int read = 0;
    int failed = 0;
    SpectrumId first = kNoSpectrum;
};

SpectrumLoader::SpectrumLoader(
    SpectrumListModel& list, StatusReporter& status, QObject* parent, ReadFunction read)
    : QObject(parent)
    , m_list(list)
    , m_status(status)
    , m_read(std::move(read))
{
    if (!m_read)
        m_read = [](const std::filesystem::path& file) { return io::readSpectrum(file); };
}

SpectrumLoader::~SpectrumLoader()
{
    for (const auto& job : m_jobs) {
        job->watcher.disconnect();
        job->watcher.cancel();
    }
    for (const auto& job : m_jobs)
        job->watcher.waitForFinished();
}

void SpectrumLoader::open(const QStringList& paths)
{
    const int generation = m_generation;
    whenDone(this, QtConcurrent::run(listAll, paths), [this, generation](const Listing& listing) {
        listed(generation, listing.files, listing.errors);
    });
}

void SpectrumLoader::listed(
    int generation, const QStringList& files, const std::vector<base::Error>& errors)
{
    if (generation != m_generation)
        return;
    for (const base::Error& error : errors)
        m_status.showMessage(errorText(error), StatusReporter::Severity::Error);
    if (files.isEmpty()) {
        if (errors.empty())
            m_status.showMessage(
                tr("There are no files in this folder"), StatusReporter::Severity::Warning);
        emit finished(0, static_cast<int>(errors.size()));
        return;
    }
    start(m_list.addFiles(files));
}

void SpectrumLoader::start(const QList<SpectrumId>& ids)
{
    auto made = std::make_shared<Job>();
    Job& job = *made;
    QList<Item> items;
    for (const SpectrumId id : ids) {
        const SpectrumEntry& entry = *m_list.entry(id);
        if (entry.state != SpectrumEntry::State::Waiting)
            continue; // listed and read before
        items.append({ id, entry.file });
        job.pending.insert(id);
    }
    if (items.isEmpty()) {
        emit opened(ids.first());
        emit finished(0, 0);
        return;
    }
    m_jobs.push_back(std::move(made));
    job.total = static_cast<int>(items.size());
    job.status = m_status.beginJob(
        tr("Reading spectra: %1 of %2").arg(0).arg(job.total), [this] { cancel(); });
    job.clock.start();
    connect(&job.watcher, &QFutureWatcherBase::resultsReadyAt, this,
        [this, &job](int begin, int end) { deliver(job, begin, end); });
    connect(&job.watcher, &QFutureWatcherBase::finished, this, [this, &job] { finish(job); });
    job.watcher.setFuture(QtConcurrent::mapped(items, [read = m_read](const Item& item) {
        const auto spectrum = read(item.file.toStdString());
        return spectrum ? Read { item.id, *spectrum, {} }
                        : Read { item.id, nullptr, spectrum.error() };
    }));
}

void SpectrumLoader::deliver(Job& job, int begin, int end)
{
    for (int index = begin; index < end; ++index) {
        const Read result = job.watcher.resultAt(index);
        job.pending.remove(result.id);
        if (result.spectrum) {
            ++job.read;
            m_list.setSpectrum(result.id, result.spectrum);
            if (std::exchange(job.first, job.first == kNoSpectrum ? result.id : job.first)
                == kNoSpectrum)
                emit opened(job.first);
        } else {
            ++job.failed;
            m_list.setFailure(result.id, result.error);
        }
    }
    const int done = job.read + job.failed;
    const double seconds = static_cast<double>(job.clock.elapsed()) / 1000.0;
    m_status.updateJob(job.status, tr("Reading spectra: %1 of %2").arg(done).arg(job.total),
        static_cast<double>(done) / job.total, seconds * (job.total - done) / done);
}

void SpectrumLoader::finish(Job& job)
{
    for (const SpectrumId id : std::as_const(job.pending))
        m_list.setFailure(id, { ErrorCode::Cancelled, {}, {}, {}, {} });
    m_status.endJob(job.status);
    if (job.failed > 0)
        m_status.showMessage(tr("%1 of %2 files could not be read; the list says why")
                                 .arg(job.failed)
                                 .arg(job.total),
            StatusReporter::Severity::Warning);
    else
        m_status.showMessage(tr("Spectra read: %1").arg(job.read));
    const int read = job.read;
    const int failed = job.failed;
    const bool cancelled = !job.pending.isEmpty();
    const SpectrumId firstFailed
        = job.read == 0 && !cancelled && job.failed > 0 ? job.watcher.resultAt(0).id : kNoSpectrum;
    const auto found = std::find_if(
        m_jobs.begin(), m_jobs.end(), [&job](const auto& each) { return each.get() == &job; });
    // Its watcher is the sender of the signal that we are in: it has to live until the next turn.
    QTimer::singleShot(0, this, [ended = *found] {});
    m_jobs.erase(found);
    if (firstFailed != kNoSpectrum)
        emit opened(firstFailed);
    emit finished(read, failed);
}

void SpectrumLoader::cancel()
{
    ++m_generation;
    for (const auto& job : m_jobs)
        job->watcher.cancel();
}

} // namespace maury::ui
