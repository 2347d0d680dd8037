#include "ui/bridge/store_browser.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/when_done.h"

#include <QFileInfo>
#include <QPointer>
#include <QtConcurrent>

#include "core/store/store_writer.h"

namespace maury::ui {

namespace {

using Rows = std::vector<std::uint64_t>;
using Spectra = std::vector<spectrum::SpectrumPtr>;

base::Result<Rows> findRows(
    const store::Store& store, const QString& condition, const QString& column, bool descending)
{
    const auto where = store::Where::parse(condition.toStdString());
    if (!where)
        return base::Unexpected(where.error());
    auto rows = where->rows(store);
    if (!rows || column.isEmpty())
        return rows;
    return store::sorted(store, *std::move(rows), column.toStdString(), descending);
}

base::Result<Spectra> readSpectra(const store::Store& store, const Rows& rows)
{
    Spectra spectra;
    for (const std::uint64_t row : rows) {
        auto spectrum = store.spectrum(row);
        if (!spectrum)
            return base::Unexpected(spectrum.error());
        spectra.push_back(*std::move(spectrum));
    }
    return spectra;
}

} // namespace

StoreBrowser::StoreBrowser(StatusReporter& status, QObject* parent)
    : QObject(parent)
    , m_status(status)
{
    m_pool.setMaxThreadCount(1);
}

StoreBrowser::~StoreBrowser()
{
    if (m_cancelled)
        *m_cancelled = true;
    m_pool.waitForDone();
}

void StoreBrowser::open(const QString& file)
{
    const int generation = ++m_openGeneration;
    whenDone(this,
        QtConcurrent::run(&m_pool, [path = file.toStdString()] { return store::Store::open(path); }),
        [this, generation](const base::Result<store::StorePtr>& store) {
            if (generation != m_openGeneration)
                return;
            if (!store) {
                emit openFailed(errorText(store.error()));
                return;
            }
            ++m_findGeneration; // questions to the store before are over
            m_store = *store;
            emit opened();
        });
}

void StoreBrowser::find(const QString& condition, const QString& column, bool descending)
{
    EXPECTS(m_store != nullptr);
    const int generation = ++m_findGeneration;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [store = m_store, condition, column, descending] {
                return findRows(*store, condition, column, descending);
            }),
        [this, generation](const base::Result<Rows>& rows) {
            if (generation != m_findGeneration)
                return;
            if (rows)
                emit found(*rows);
            else
                emit findFailed(errorText(rows.error()));
        });
}

void StoreBrowser::read(const Rows& rows)
{
    EXPECTS(m_store != nullptr);
    whenDone(this,
        QtConcurrent::run(
            &m_pool, [store = m_store, rows] { return readSpectra(*store, rows); }),
        [this, rows](const base::Result<Spectra>& spectra) {
            if (spectra)
                emit spectraRead(rows, *spectra);
            else
                emit readFailed(errorText(spectra.error()));
        });
}

void StoreBrowser::save(const Rows& rows, const QString& file)
{
    EXPECTS(m_store != nullptr);
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    m_cancelled = cancelled;
    const auto job = m_status.beginJob(
        tr("Saving spectra: %1").arg(QFileInfo(file).fileName()), [cancelled] { *cancelled = true; });
    // The job's progress is told from its thread; the reporter may be asked only in ours.
    const auto progress = [this, job, total = rows.size(), cancelled,
                              name = QFileInfo(file).fileName()](std::size_t done) {
        constexpr std::size_t kEvery = 256;
        if (done % kEvery == 0)
            QMetaObject::invokeMethod(this, [this, job, done, total, name] {
                m_status.updateJob(job, tr("Saving spectra: %1").arg(name),
                    static_cast<double>(done) / static_cast<double>(total));
            });
        return !*cancelled;
    };
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [store = m_store, rows, path = file.toStdString(), progress] {
                return store::writeSubset(*store, rows, path, progress);
            }),
        [this, job, file, count = static_cast<int>(rows.size())](
            const base::Result<void>& written) {
            m_status.endJob(job);
            if (written)
                emit saved(file, count);
            else
                emit saveFailed(errorText(written.error()));
        });
}

} // namespace maury::ui
