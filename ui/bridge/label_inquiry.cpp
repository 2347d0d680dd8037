#include "ui/bridge/label_inquiry.h"

#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <utility>

namespace maury::ui {

namespace {

using Outcome = base::Result<std::vector<explain::LabelSuspicion>>;

Outcome inquire(const LibraryLoader& loader, const RunLibrary& atlas,
    const explain::SuspicionSettings& settings, const explain::SuspicionObserver& observer,
    const std::stop_token& stop)
{
    const auto library = loader(atlas);
    if (!library)
        return base::Unexpected(library.error());
    const auto backend = train::createBackend("cpu", settings.training.threads);
    if (!backend)
        return base::Unexpected(backend.error());
    return explain::suspectLabels(*library, settings, **backend, observer, stop);
}

} // namespace

LabelInquiry::LabelInquiry(const Workspace& workspace, StatusReporter& status, LibraryLoader loader,
    QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_status(status)
    , m_loader(std::move(loader))
{
    m_pool.setMaxThreadCount(1);
}

LabelInquiry::~LabelInquiry()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void LabelInquiry::start(const explain::SuspicionSettings& settings)
{
    EXPECTS(m_workspace.atlas() != nullptr);
    cancel();
    m_stop = std::stop_source();
    const int generation = ++m_generation;
    m_job = m_status.beginJob(tr("Looking for suspect labels"), [this] { cancel(); });
    RunLibrary atlas;
    atlas.source = atlasSource(*m_workspace.atlas());
    const auto progress = [this, generation, folds = settings.folds](int fold, double done) {
        QMetaObject::invokeMethod(
            this, [=, this] { showProgress(generation, fold, folds, done); },
            Qt::QueuedConnection);
    };
    const auto work = [loader = m_loader, atlas, settings, progress, stop = m_stop.get_token()] {
        return std::make_shared<const Outcome>(inquire(loader, atlas, settings, progress, stop));
    };
    whenDone(this, QtConcurrent::run(&m_pool, work),
        [this, generation](const std::shared_ptr<const Outcome>& outcome) {
            finish(generation, outcome);
        });
}

void LabelInquiry::cancel()
{
    ++m_generation;
    m_stop.request_stop();
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
}

void LabelInquiry::showProgress(int generation, int fold, int folds, double done)
{
    if (generation == m_generation && m_job)
        m_status.updateJob(*m_job,
            tr("Looking for suspect labels: network %1 of %2")
                .arg(countText(fold + 1), countText(folds)),
            done);
}

void LabelInquiry::finish(int generation, const std::shared_ptr<const Outcome>& outcome)
{
    if (generation != m_generation)
        return;
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
    if (*outcome)
        emit found(Suspects(outcome, &**outcome));
    else
        emit failed(outcome->error());
}

} // namespace maury::ui
