#pragma once

#include <QElapsedTimer>
#include <QString>
#include <QUndoStack>

#include <functional>

namespace maury::ui {

/// Undo and redo of what the user sets. Views record a change after it was made; changes of the
/// same setting in quick succession, as while a slider is dragged, become one.
class EditHistory : public QUndoStack {
    Q_OBJECT
public:
    explicit EditHistory(QObject* parent = nullptr);

    /// text: what was done, for the menu ("Learning rate"). key: what was changed; equal keys merge
    /// while they follow each other within kMergeMs. undo and redo bring the states back; they must
    /// stay callable as long as the history. What they change in turn is not recorded.
    void record(const QString& text, const QString& key, const std::function<void()>& undo,
        const std::function<void()>& redo);

    static constexpr int kMergeMs = 1000;

private:
    bool m_replaying = false;
    QElapsedTimer m_sinceLast;

    class Edit;
};

} // namespace maury::ui
