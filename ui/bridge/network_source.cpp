#include "ui/bridge/network_source.h"

#include "core/robust/part_prober.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/training_session.h"
#include "ui/bridge/when_done.h"
#include "ui/models/workspace.h"

#include <QtConcurrent>

#include <utility>

namespace maury::ui {

NetworkSource::NetworkSource(const Workspace& workspace, TrainingSession& session, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_session(session)
{
    connect(&m_session, &TrainingSession::networkProbed, this,
        [this](const train::ProbedNetworkPtr& network) {
            take(network, tr("this run, epochs done: %1").arg(countText(network->epoch)));
        });
    connect(&m_session, &TrainingSession::stateChanged, this,
        [this](TrainingSession::State) { forgetModel(); });
    connect(&m_workspace, &Workspace::modelChanged, this, &NetworkSource::forgetModel);
    connect(&m_workspace, &Workspace::atlasChanged, this, &NetworkSource::forgetModel);
}

void NetworkSource::setWatched(bool watched)
{
    if (m_watched == watched)
        return;
    m_watched = watched;
    m_session.setWatched(watched);
    probeModel();
}

void NetworkSource::take(train::ProbedNetworkPtr network, const QString& title)
{
    m_network = std::move(network);
    m_title = title;
    emit networkChanged();
}

void NetworkSource::forgetModel()
{
    ++m_generation;
    m_stale = true;
    probeModel();
}

void NetworkSource::probeModel()
{
    if (!m_watched || !m_stale || m_session.active() || !m_workspace.hasModel())
        return;
    m_stale = false;
    const int generation = m_generation;
    const auto probed = QtConcurrent::run(
        [model = m_workspace.model(), robust = m_workspace.robustModel(),
            atlas = m_workspace.atlas()] {
            return robust != nullptr ? robust::probeModel(robust->model, robust->library)
                                     : train::probeModel(*model, atlas);
        });
    whenDone(this, probed,
        [this, generation, title = m_workspace.modelName()](train::ProbedNetworkPtr network) {
            if (generation == m_generation)
                take(std::move(network), title);
        });
}

} // namespace maury::ui
