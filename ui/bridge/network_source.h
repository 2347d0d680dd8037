#pragma once

#include "core/train/probed_network.h"

#include <QObject>
#include <QString>

namespace maury::ui {

class TrainingSession;
class Workspace;

/// The inside of the network that is at hand: of the run that goes on, as it learns, or else of the
/// workspace's model on the standards of the atlas, which is looked at on a background thread.
/// Nothing is computed while nobody looks.
class NetworkSource : public QObject {
    Q_OBJECT
public:
    /// Both outlive the source.
    NetworkSource(const Workspace& workspace, TrainingSession& session, QObject* parent = nullptr);

    /// Whether somebody looks.
    void setWatched(bool watched);

    /// Null until there is something to show.
    [[nodiscard]] train::ProbedNetworkPtr network() const { return m_network; }
    /// Whose network it is, for people: "this run, 12 epochs", "shipped model".
    [[nodiscard]] const QString& title() const { return m_title; }

signals:
    void networkChanged();

private:
    void take(train::ProbedNetworkPtr network, const QString& title);
    void forgetModel();
    void probeModel();

    const Workspace& m_workspace;
    TrainingSession& m_session;
    train::ProbedNetworkPtr m_network;
    QString m_title;
    bool m_watched = false;
    bool m_stale = true; ///< the workspace's model has not been looked at
    int m_generation = 0;
};

} // namespace maury::ui
