#include "app/gui/shortcut_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace maury::gui {

namespace {

constexpr QSize kFirstSize { 560, 520 };

QString plain(QString text)
{
    return text.remove('&').remove(QStringLiteral("…"));
}

void collect(const QString& name, const QMenu& menu, QList<Shortcut>& to)
{
    for (const QAction* action : menu.actions()) {
        if (const QMenu* inner = action->menu())
            collect(name, *inner, to);
        else if (!action->shortcut().isEmpty())
            to.append({ name, plain(action->text()),
                action->shortcut().toString(QKeySequence::NativeText) });
    }
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

ShortcutDialog::ShortcutDialog(const QMenuBar& menus, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    const auto list = shortcutsOf(menus);
    auto* table = new QTableWidget(static_cast<int>(list.size()), 3, this);
    table->setHorizontalHeaderLabels({ tr("Menu"), tr("Action"), tr("Keys") });
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setAccessibleName(windowTitle());
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    for (int row = 0; row < list.size(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(list[row].menu));
        table->setItem(row, 1, new QTableWidgetItem(list[row].text));
        table->setItem(row, 2, new QTableWidgetItem(list[row].keys));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resize(kFirstSize);
}

} // namespace maury::gui
