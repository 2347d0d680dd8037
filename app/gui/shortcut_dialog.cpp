#include "app/gui/shortcut_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QMenuBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace maury::gui {

namespace {

constexpr QSize kFirstSize { 560, 560 };

} // namespace

ShortcutDialog::ShortcutDialog(const QMenuBar& menus, KeyBindings* bindings, QWidget* parent)
    : QDialog(parent)
    , m_menus(menus)
    , m_bindings(bindings)
    , m_table(new QTableWidget(this))
{
    setWindowTitle(tr("Keyboard shortcuts"));
    m_table->setColumnCount(3);
    m_table->setHorizontalHeaderLabels({ tr("Menu"), tr("Action"), tr("Keys") });
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setAccessibleName(windowTitle());
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table);
    if (m_bindings != nullptr)
        layout->addLayout(makeEditor());
    m_notice = new QLabel(this);
    layout->addWidget(m_notice);
    layout->addWidget(buttons);
    fill();
    resize(kFirstSize);
}

QLayout* ShortcutDialog::makeEditor()
{
    m_key = new QKeySequenceEdit(this);
    m_key->setAccessibleName(tr("New key"));
    m_key->setToolTip(tr("Press the new key of the chosen action"));
    m_key->setEnabled(false);
    m_presets = new QComboBox(this);
    m_presets->setAccessibleName(tr("Keys like those of"));
    m_presets->setToolTip(tr("Sets all keys back to the first ones, or to these habits"));
    m_presets->addItem(tr("Set all keys…"));
    for (const KeyPreset& preset : keyPresets())
        m_presets->addItem(preset.name);
    auto* row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("New key"), this));
    row->addWidget(m_key, 1);
    row->addWidget(m_presets);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        m_key->setEnabled(m_table->currentRow() >= 0);
        m_key->clear();
    });
    connect(m_key, &QKeySequenceEdit::editingFinished, this, [this] {
        if (!m_key->keySequence().isEmpty())
            change(m_table->currentRow(), m_key->keySequence());
    });
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        if (index == 0)
            return;
        m_bindings->apply(keyPresets().at(index - 1));
        fill();
    });
    return row;
}

void ShortcutDialog::fill()
{
    m_shortcuts = shortcutsOf(m_menus);
    m_table->setRowCount(static_cast<int>(m_shortcuts.size()));
    for (int row = 0; row < m_shortcuts.size(); ++row) {
        m_table->setItem(row, 0, new QTableWidgetItem(m_shortcuts[row].menu));
        m_table->setItem(row, 1, new QTableWidgetItem(m_shortcuts[row].text));
        m_table->setItem(row, 2, new QTableWidgetItem(m_shortcuts[row].keys));
    }
}

bool ShortcutDialog::change(int row, const QKeySequence& key)
{
    if (m_bindings == nullptr || row < 0 || row >= m_shortcuts.size())
        return false;
    QAction& action = *m_shortcuts[row].action;
    if (const QAction* holder = m_bindings->holderOf(key, &action)) {
        m_notice->setText(
            tr("%1 is taken: %2")
                .arg(key.toString(QKeySequence::NativeText), QString(holder->text()).remove('&')));
        return false;
    }
    m_bindings->set(action, key);
    m_notice->clear();
    fill();
    return true;
}

QString ShortcutDialog::notice() const
{
    return m_notice->text();
}

} // namespace maury::gui
