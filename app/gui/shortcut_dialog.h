#pragma once

#include <QDialog>

class QAction;
class QMenuBar;

namespace maury::gui {

/// One entry of the menus that a key calls.
struct Shortcut {
    QString menu; ///< "Spectra"
    QString text; ///< "Reset zoom"
    QString keys; ///< "Ctrl+0"
};

/// All of them, in the order of the menus, without mnemonics.
[[nodiscard]] QList<Shortcut> shortcutsOf(const QMenuBar& menus);

/// The keys of the program as a table, made anew from the menus.
class ShortcutDialog : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutDialog(const QMenuBar& menus, QWidget* parent = nullptr);
};

} // namespace maury::gui
