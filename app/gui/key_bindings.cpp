#include "app/gui/key_bindings.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>

#include <algorithm>

namespace maury::gui {

namespace {

const QString kGroup = QStringLiteral("keys");

QString plain(QString text)
{
    return text.remove('&').remove(QStringLiteral("…"));
}

void collect(const QString& name, const QMenu& menu, QList<Shortcut>& to)
{
    for (QAction* action : menu.actions()) {
        if (const QMenu* inner = action->menu())
            collect(name, *inner, to);
        else if (!action->shortcut().isEmpty())
            to.append({ name, plain(action->text()),
                action->shortcut().toString(QKeySequence::NativeText), action });
    }
}

QString portable(const QKeySequence& key)
{
    return key.toString(QKeySequence::PortableText);
}

/// As the name of a setting, in which "/" begins a group.
QString settingOf(const QString& key)
{
    return QString(key).replace('/', QStringLiteral("Slash"));
}

} // namespace

QList<Shortcut> shortcutsOf(const QMenuBar& menus)
{
    QList<Shortcut> list;
    for (const QAction* action : menus.actions())
        if (const QMenu* menu = action->menu())
            collect(plain(action->text()), *menu, list);
    return list;
}

QList<KeyPreset> keyPresets()
{
    return { { KeyBindings::tr("Arrow keys"), {} },
        { KeyBindings::tr("h j k l (vi)"),
            { { "Up", "K" }, { "Down", "J" }, { "Left", "H" }, { "Right", "L" }, { "K", "Shift+K" },
                { "H", "Shift+H" }, { "L", "Shift+L" } } },
        { KeyBindings::tr("w a s d (left hand)"),
            { { "Up", "W" }, { "Down", "S" }, { "Left", "A" }, { "Right", "D" }, { "W", "T" } } } };
}

KeyBindings::KeyBindings(const QMenuBar& menus, QObject* parent)
    : QObject(parent)
{
    QSettings settings;
    settings.beginGroup(kGroup);
    QStringList taken;
    for (const Shortcut& each : shortcutsOf(menus)) {
        m_bindings.append({ each.action, each.action->shortcuts() });
        const QString first = portable(each.action->shortcut());
        const QString wanted = settings.value(settingOf(first)).toString();
        const auto key = QKeySequence::fromString(wanted, QKeySequence::PortableText);
        const bool isKey = !key.isEmpty() && key[0].key() != Qt::Key_unknown;
        if (isKey && !taken.contains(portable(key)))
            each.action->setShortcut(key);
        taken << portable(each.action->shortcut());
    }
    // A remembered key may be the first key of a later action: then all go back to the first ones.
    taken.sort();
    if (std::adjacent_find(taken.begin(), taken.end()) != taken.end())
        apply({});
}

QAction* KeyBindings::holderOf(const QKeySequence& key, const QAction* but) const
{
    for (const Binding& binding : m_bindings)
        if (binding.action != but && binding.action->shortcuts().contains(key))
            return binding.action;
    return nullptr;
}

void KeyBindings::set(QAction& action, const QKeySequence& key)
{
    action.setShortcut(key);
    remember();
}

void KeyBindings::apply(const KeyPreset& preset)
{
    for (const Binding& binding : m_bindings) {
        const QString other = preset.keys.value(portable(binding.first.first()));
        if (other.isEmpty())
            binding.action->setShortcuts(binding.first);
        else
            binding.action->setShortcut(
                QKeySequence::fromString(other, QKeySequence::PortableText));
    }
    remember();
}

void KeyBindings::remember() const
{
    QSettings settings;
    settings.remove(kGroup);
    settings.beginGroup(kGroup);
    for (const Binding& binding : m_bindings)
        if (binding.action->shortcuts() != binding.first)
            settings.setValue(
                settingOf(portable(binding.first.first())), portable(binding.action->shortcut()));
}

} // namespace maury::gui
