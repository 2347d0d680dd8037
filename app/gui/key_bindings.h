#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

class QAction;
class QMenuBar;

namespace maury::gui {

/// One entry of the menus that a key calls.
struct Shortcut {
    QString menu; ///< "Spectra"
    QString text; ///< "Reset zoom"
    QString keys; ///< "Ctrl+0"
    QAction* action = nullptr;
};

/// All of them, in the order of the menus, without mnemonics.
[[nodiscard]] QList<Shortcut> shortcutsOf(const QMenuBar& menus);

/// Keys that take the place of others, for hands that are used to another program.
struct KeyPreset {
    QString name;
    QMap<QString, QString> keys; ///< first key (portable text) → new one
};
[[nodiscard]] QList<KeyPreset> keyPresets();

/// The keys as the user wants them: every action is known by the key that it has at first. What is
/// changed is remembered for the next start; what cannot be understood is taken as never set.
class KeyBindings : public QObject {
    Q_OBJECT
public:
    /// Takes the keys that the menus have now as the first ones and sets the remembered ones. To be
    /// made once all menus are filled.
    KeyBindings(const QMenuBar& menus, QObject* parent);

    /// The action that has a key already, apart from `but`; null for none.
    [[nodiscard]] QAction* holderOf(const QKeySequence& key, const QAction* but) const;
    /// Gives an action another key. Precondition: no other action has it.
    void set(QAction& action, const QKeySequence& key);
    /// Takes a preset over the first keys.
    void apply(const KeyPreset& preset);

private:
    void remember() const;

    struct Binding {
        QAction* action = nullptr;
        QList<QKeySequence> first;
    };
    QList<Binding> m_bindings;
};

} // namespace maury::gui
