#include "ui/bridge/edit_history.h"

#include <QScopedValueRollback>

#include <utility>

namespace maury::ui {

class EditHistory::Edit : public QUndoCommand {
public:
    Edit(EditHistory& history, const QString& text, QString key, bool mayMerge,
        std::function<void()> undo, std::function<void()> redo)
        : QUndoCommand(text)
        , m_history(history)
        , m_key(std::move(key))
        , m_mayMerge(mayMerge)
        , m_undo(std::move(undo))
        , m_redo(std::move(redo))
    {
    }

    void undo() override { replay(m_undo); }
    void redo() override
    {
        if (!std::exchange(m_made, true))
            return; // recorded after it was done
        replay(m_redo);
    }
    [[nodiscard]] int id() const override { return 1; } // asks mergeWith(); which edit, says the key
    bool mergeWith(const QUndoCommand* next) override
    {
        const auto* edit = dynamic_cast<const Edit*>(next);
        if (edit == nullptr || !edit->m_mayMerge || edit->m_key != m_key)
            return false;
        m_redo = edit->m_redo;
        return true;
    }

private:
    void replay(const std::function<void()>& act)
    {
        const QScopedValueRollback replaying(m_history.m_replaying, true);
        act();
    }

    EditHistory& m_history;
    QString m_key;
    bool m_mayMerge;
    bool m_made = false;
    std::function<void()> m_undo;
    std::function<void()> m_redo;
};

EditHistory::EditHistory(QObject* parent)
    : QUndoStack(parent)
{
}

void EditHistory::record(const QString& text, const QString& key,
    const std::function<void()>& undo, const std::function<void()>& redo)
{
    if (m_replaying)
        return;
    const bool soon = m_sinceLast.isValid() && m_sinceLast.elapsed() < kMergeMs;
    m_sinceLast.start();
    push(new Edit(*this, text, key, soon, undo, redo));
}

} // namespace maury::ui
