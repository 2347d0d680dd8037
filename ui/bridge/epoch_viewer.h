#pragma once

#include "core/train/epoch_view.h"

#include <QObject>

#include <list>
#include <optional>

namespace maury::ui {

/// Looks at the kept epochs of a run on a background thread. While one is looked at, only the last
/// one that was asked for waits, so that scrubbing never falls behind; when nothing is asked for,
/// the one that will likely be asked for next is looked at ahead.
class EpochViewer : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Another run begins, or another set is asked: forgets what was seen. `set`: whose standards are
    /// asked; may be null.
    void begin(dataset::SampleSetPtr set);
    /// `ahead`: the epoch after it in the direction of the movement, if there is one.
    void request(const train::KeptEpoch& kept, const std::optional<train::KeptEpoch>& ahead = {});

signals:
    void viewed(const maury::train::EpochViewPtr& view);
    void failed(const maury::base::Error& error);

private:
    static constexpr std::size_t kRemembered = 16; ///< a few megabytes each

    [[nodiscard]] train::EpochViewPtr seen(int epoch) const;
    void look(const train::KeptEpoch& kept, bool asked);
    void take(const base::Result<train::EpochViewPtr>& view, bool asked);
    void remember(const train::EpochViewPtr& view);

    dataset::SampleSetPtr m_set;
    std::list<train::EpochViewPtr> m_seen; ///< the latest first
    std::optional<train::KeptEpoch> m_waiting;
    std::optional<train::KeptEpoch> m_ahead;
    bool m_busy = false;
    int m_generation = 0;
};

} // namespace maury::ui
