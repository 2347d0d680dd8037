#pragma once

#include "app/gui/key_bindings.h"

#include <QDialog>

class QComboBox;
class QKeySequenceEdit;
class QLabel;
class QMenuBar;
class QTableWidget;

namespace maury::gui {

/// The keys of the program as a table, made anew from the menus, each of which can be changed.
class ShortcutDialog : public QDialog {
    Q_OBJECT
public:
    /// Both outlive the dialog; without bindings keys are only shown.
    ShortcutDialog(const QMenuBar& menus, KeyBindings* bindings, QWidget* parent = nullptr);

    /// Gives the action of a row a key; false with a reason when another one has it.
    bool change(int row, const QKeySequence& key);
    [[nodiscard]] QTableWidget& table() { return *m_table; }
    [[nodiscard]] QComboBox& presets() { return *m_presets; }
    [[nodiscard]] QString notice() const;

private:
    [[nodiscard]] QLayout* makeEditor();
    void fill();

    const QMenuBar& m_menus;
    KeyBindings* m_bindings;
    QList<Shortcut> m_shortcuts;
    QTableWidget* m_table;
    QKeySequenceEdit* m_key = nullptr;
    QComboBox* m_presets = nullptr;
    QLabel* m_notice = nullptr;
};

} // namespace maury::gui
