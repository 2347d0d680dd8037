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
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace maury::ui {

namespace {

using base::ErrorCode;

constexpr int kDeliveryMs = 33;
constexpr int kBudgetMs = 12; ///< of each delivery: the window stays fluid while the list fills

/// What "files and folders" comes down to.
struct Listing {
    std::vector<io::SpectrumFiles> spectra;
    std::vector<base::Error> errors;
};

Listing listAll(const QStringList& paths)
{
    Listing listing;
    std::vector<std::filesystem::path> all;
    for (const QString& path : paths) {
        const auto files = io::listFiles(path.toStdString());
        if (!files) {
            listing.errors.push_back(files.error());
            continue;
        }
        all.insert(all.end(), files->begin(), files->end());
    }
    listing.spectra = io::groupFiles(all);
    return listing;
}

} // namespace

/// The files of one open(). What is read waits in `arrived` until the GUI thread has time for it.
struct SpectrumLoader::Job {
    QList<Item> items;
    QFutureWatcher<void> watcher;
    std::mutex mutex;
    std::deque<Read> arrived; ///< under the mutex
    QTimer timer;
    StatusReporter::JobId status = 0;
    QElapsedTimer clock;
    QSet<SpectrumId> pending; ///< not delivered yet
    int total = 0;
    int read = 0;
    int failed = 0;
    SpectrumId first = kNoSpectrum; ///< of those read
    SpectrumId firstFailed = kNoSpectrum;

    void post(Read result)
    {
        const std::lock_guard lock(mutex);
        arrived.push_back(std::move(result));
    }
    [[nodiscard]] std::optional<Read> take()
    {
        const std::lock_guard lock(mutex);
        if (arrived.empty())
            return std::nullopt;
        Read result = std::move(arrived.front());
        arrived.pop_front();
        return result;
    }
};

SpectrumLoader::SpectrumLoader(
    SpectrumListModel& list, StatusReporter& status, QObject* parent, ReadFunction read)
    : QObject(parent)
    , m_list(list)
    , m_status(status)
    , m_read(std::move(read))
{
    if (!m_read)
        m_read = [](const io::SpectrumFiles& files) { return io::readSpectrumFiles(files); };
}

SpectrumLoader::~SpectrumLoader()
{
    for (const auto& job : m_jobs) {
        job->timer.stop();
        job->watcher.cancel();
    }
    for (const auto& job : m_jobs)
        job->watcher.waitForFinished();
}

void SpectrumLoader::open(const QStringList& paths)
{
    const int generation = m_generation;
    whenDone(this, QtConcurrent::run(&m_pool, listAll, paths),
        [this, generation](
            const Listing& listing) { listed(generation, listing.spectra, listing.errors); });
}

void SpectrumLoader::listed(int generation, const std::vector<io::SpectrumFiles>& spectra,
    const std::vector<base::Error>& errors)
{
    if (generation != m_generation)
        return;
    for (const base::Error& error : errors)
        m_status.showMessage(errorText(error), StatusReporter::Severity::Error);
    if (spectra.empty()) {
        if (errors.empty())
            m_status.showMessage(
                tr("There are no files in this folder"), StatusReporter::Severity::Warning);
        emit finished(0, static_cast<int>(errors.size()));
        return;
    }
    start(spectra);
}

void SpectrumLoader::start(const std::vector<io::SpectrumFiles>& spectra)
{
    QStringList names;
    for (const io::SpectrumFiles& files : spectra)
        names.append(QString::fromStdString(files.front().string()));
    const QList<SpectrumId> ids = m_list.addFiles(names);
    const auto made = std::make_shared<Job>();
    Job& job = *made;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const SpectrumId id = ids[i];
        const io::SpectrumFiles& files = spectra[static_cast<std::size_t>(i)];
        const SpectrumEntry& entry = *m_list.entry(id);
        // One camera of a star may have been read before without the others.
        if (entry.spectrum != nullptr && entry.spectrum->moreFiles.size() + 1 != files.size())
            m_list.setWaiting(id);
        if (entry.state != SpectrumEntry::State::Waiting)
            continue; // listed and read before
        job.items.append({ id, files });
        job.pending.insert(id);
    }
    if (job.items.isEmpty()) {
        emit opened(ids.first());
        emit finished(0, 0);
        return;
    }
    m_jobs.push_back(made);
    job.total = static_cast<int>(job.items.size());
    job.status = m_status.beginJob(
        tr("Reading spectra: %1 of %2").arg(0).arg(job.total), [this] { cancel(); });
    job.clock.start();
    connect(&job.timer, &QTimer::timeout, this, [this, &job] { deliver(job); });
    job.timer.start(kDeliveryMs);
    job.watcher.setFuture(
        QtConcurrent::map(&m_pool, job.items, [read = m_read, &job](const Item& item) {
            const auto spectrum = read(item.files);
            job.post(spectrum ? Read { item.id, *spectrum, {} }
                              : Read { item.id, nullptr, spectrum.error() });
        }));
}

void SpectrumLoader::deliver(Job& job)
{
    // Asked before looking: what arrives after the last file was read is none.
    const bool over = job.watcher.isFinished();
    QElapsedTimer clock;
    clock.start();
    std::optional<Read> result;
    while (clock.elapsed() < kBudgetMs && (result = job.take()))
        deliver(job, *result);
    const int done = job.read + job.failed;
    if (over && !result) {
        finish(job);
        return;
    }
    if (done == 0)
        return;
    const double seconds = static_cast<double>(job.clock.elapsed()) / 1000.0;
    m_status.updateJob(job.status, tr("Reading spectra: %1 of %2").arg(done).arg(job.total),
        static_cast<double>(done) / job.total, seconds * (job.total - done) / done);
}

void SpectrumLoader::deliver(Job& job, const Read& result)
{
    job.pending.remove(result.id);
    if (result.spectrum) {
        ++job.read;
        m_list.setSpectrum(result.id, result.spectrum);
        if (job.first == kNoSpectrum) {
            job.first = result.id;
            emit opened(job.first);
        }
        return;
    }
    ++job.failed;
    if (job.firstFailed == kNoSpectrum)
        job.firstFailed = result.id;
    m_list.setFailure(result.id, result.error);
}

void SpectrumLoader::finish(Job& job)
{
    for (const SpectrumId id : std::as_const(job.pending))
        m_list.setFailure(id, { ErrorCode::Cancelled, {}, {}, {}, {} });
    m_status.endJob(job.status);
    job.timer.stop();
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
    const SpectrumId firstFailed = job.read == 0 && !cancelled ? job.firstFailed : kNoSpectrum;
    const auto found = std::find_if(
        m_jobs.begin(), m_jobs.end(), [&job](const auto& each) { return each.get() == &job; });
    // Its timer is the sender of the signal that we are in: it has to live until the next turn.
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
