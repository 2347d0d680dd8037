#include "ui/pages/star_list.h"

#include "ui/bridge/edit_history.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/filter_chips.h"
#include "ui/pages/icons.h"
#include "ui/plots/plot_theme.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

/// The entry of the chosen spectra, beside SpectrumListModel::Group.
constexpr int kChosen = -1;

constexpr const char* kGroupKey = "group";
constexpr const char* kTextKey = "text";

/// Failed lines in the error colour, waiting ones faint.
class StarDelegate : public QStyledItemDelegate {
public:
    StarDelegate(const SpectrumListModel& spectra, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_spectra(spectra)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode
            = index.column() == SpectrumListModel::Name ? Qt::ElideMiddle : Qt::ElideRight;
        const auto* entry
            = m_spectra.entry(index.data(SpectrumListModel::IdRole).value<SpectrumId>());
        if (entry == nullptr)
            return;
        if (index.column() == SpectrumListModel::State && !option->text.isEmpty()) {
            const bool failed = entry->state == SpectrumEntry::State::Failed;
            option->icon = icon(failed ? Symbol::Error : Symbol::Info);
            if (entry->state == SpectrumEntry::State::Ready)
                option->text.clear(); // a notice: the tool tip and the page tell it
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->decorationSize = { 14, 14 };
        }
        if (entry->state == SpectrumEntry::State::Failed)
            option->palette.setColor(
                QPalette::Text, PlotTheme::from(option->widget->palette()).error);
        else if (entry->state == SpectrumEntry::State::Waiting
            || index.column() == SpectrumListModel::State)
            option->palette.setColor(
                QPalette::Text, option->palette.color(QPalette::PlaceholderText));
    }

private:
    const SpectrumListModel& m_spectra;
};

} // namespace

StarList::StarList(
    SpectrumListModel& spectra, Selection& selection, EditHistory* history, QWidget* parent)
    : QWidget(parent)
    , m_spectra(spectra)
    , m_selection(selection)
    , m_group(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_view(new QTableView(this))
    , m_count(new QLabel(this))
    , m_chips(new FilterChips(this))
    , m_history(history)
{
    m_shown.setSourceModel(&m_spectra);
    m_group->addItem(tr("All spectra"));
    m_group->addItem(tr("Opened spectra"), SpectrumListModel::Opened);
    m_group->addItem(tr("Atlas standards"), SpectrumListModel::AtlasStandards);
    m_group->setAccessibleName(tr("Group of spectra"));
    m_filter->setPlaceholderText(tr("Filter by name or type"));
    m_filter->setAccessibleName(tr("Filter by name or type"));
    m_filter->setClearButtonEnabled(true);
    makeView();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_group);
    layout->addWidget(m_filter);
    layout->addWidget(m_chips);
    layout->addWidget(m_view, 1);
    layout->addLayout(makeFooter());

    connect(m_group, &QComboBox::currentIndexChanged, this, [this] {
        chooseGroup();
        noteFilter(kGroupKey);
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        {
            const QScopedValueRollback filtering(m_filtering, true);
            m_shown.setText(text);
        }
        followSelection();
        noteFilter(kTextKey);
    });
    connect(m_chips, &FilterChips::removed, this, &StarList::removeChip);
    connect(m_chips, &FilterChips::cleared, this, [this] { changeFilter({}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &StarList::takeCurrent);
    connect(&m_selection, &Selection::spectrumChanged, this, &StarList::followSelection);
    connect(&m_selection, &Selection::groupChanged, this, &StarList::followGroup);
    for (const auto change :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&m_shown, change, this, &StarList::updateCount);
    updateCount();
}

void StarList::makeView()
{
    m_view->setModel(&m_shown);
    m_view->setItemDelegate(new StarDelegate(m_spectra, m_view));
    m_view->setAccessibleName(tr("List of stars"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView& header = *m_view->horizontalHeader();
    header.setHighlightSections(false);
    header.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header.setStretchLastSection(true);
    header.resizeSection(SpectrumListModel::Name, 104);
    header.resizeSection(SpectrumListModel::Type, 72);

    auto* remove = new QAction(tr("Remove from the list"), m_view);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    remove->setStatusTip(tr("Remove the marked spectra from the list; no file is deleted"));
    m_view->addAction(remove);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this, &StarList::removeSelected);
}

QLayout* StarList::makeFooter()
{
    auto* footer = new QHBoxLayout;
    footer->setSpacing(8);
    const auto button
        = [this](Symbol symbol, const QString& name, const QKeySequence& key, int lines) {
              auto* made = new QToolButton(this);
              made->setIcon(icon(symbol));
              made->setAutoRaise(true);
              made->setAccessibleName(name);
              made->setToolTip(name + "  " + key.toString(QKeySequence::NativeText));
              made->setStatusTip(name);
              made->setShortcut(key);
              connect(made, &QToolButton::clicked, this, [this, lines] { step(lines); });
              return made;
          };
    footer->addWidget(
        button(Symbol::Previous, tr("Previous star"), QKeySequence(Qt::Key_PageUp), -1));
    footer->addWidget(m_count, 1);
    footer->addWidget(button(Symbol::Next, tr("Next star"), QKeySequence(Qt::Key_PageDown), 1));
    m_count->setAlignment(Qt::AlignCenter);
    return footer;
}

void StarList::chooseGroup()
{
    const QVariant group = m_group->currentData();
    const auto& chosen = m_selection.group();
    const bool ofChosen = group.isValid() && group.toInt() == kChosen;
    {
        const QScopedValueRollback filtering(m_filtering, true);
        m_shown.setChosen(ofChosen ? std::optional(QSet<SpectrumId>(chosen.begin(), chosen.end()))
                                   : std::nullopt);
        m_shown.setGroup(group.isValid() && !ofChosen
                ? std::optional(static_cast<SpectrumListModel::Group>(group.toInt()))
                : std::nullopt);
    }
    followSelection();
}

/// The chosen spectra are a group of the list while there are any.
void StarList::followGroup()
{
    const int entry = m_group->findData(kChosen);
    const bool any = !m_selection.group().isEmpty();
    {
        const QSignalBlocker quiet(m_group);
        if (any && entry < 0)
            m_group->addItem(tr("Chosen spectra"), kChosen);
        else if (!any && entry >= 0)
            m_group->removeItem(entry);
        if (any)
            m_group->setCurrentIndex(m_group->findData(kChosen));
        else if (entry >= 0)
            m_group->setCurrentIndex(0);
    }
    chooseGroup();
    m_noted = filter(); // whoever chose the spectra answers for that
    showChips();
}

StarList::Filter StarList::filter() const
{
    return { m_group->currentData(), m_filter->text().trimmed() };
}

void StarList::setFilter(const Filter& filter)
{
    {
        // One step for the history, whatever it takes.
        const QSignalBlocker quiet(m_filter);
        m_filter->setText(filter.text);
        const QScopedValueRollback filtering(m_filtering, true);
        m_shown.setText(filter.text);
    }
    // A group of chosen spectra may be gone by now.
    const int entry = filter.group.isValid() ? m_group->findData(filter.group) : 0;
    {
        const QSignalBlocker quiet(m_group);
        m_group->setCurrentIndex(std::max(entry, 0));
    }
    chooseGroup();
    m_noted = this->filter();
    showChips();
}

void StarList::changeFilter(const Filter& filter)
{
    const Filter before = m_noted;
    setFilter(filter);
    m_noted = before;
    noteFilter(QStringLiteral("chip/%1").arg(++m_steps));
}

void StarList::removeChip(const QString& key)
{
    Filter left = filter();
    if (key == QLatin1String(kGroupKey))
        left.group = {};
    else
        left.text.clear();
    changeFilter(left);
}

void StarList::showChips()
{
    const Filter now = filter();
    QList<FilterChips::Chip> chips;
    if (now.group.isValid())
        chips.append({ kGroupKey, m_group->currentText() });
    if (!now.text.isEmpty())
        chips.append({ kTextKey, tr("“%1”").arg(now.text) });
    m_chips->setChips(chips);
}

void StarList::noteFilter(const QString& key)
{
    showChips();
    const Filter now = filter();
    if (now == m_noted)
        return;
    const Filter before = std::exchange(m_noted, now);
    if (m_history != nullptr)
        m_history->record(tr("Filter of the list"), "star-list/" + key,
            [this, before] { setFilter(before); }, [this, now] { setFilter(now); });
}

void StarList::followSelection()
{
    const QModelIndex wanted = m_shown.mapFromSource(m_spectra.indexOf(m_selection.spectrum()));
    if (!wanted.isValid())
        m_view->setCurrentIndex({}); // no other line passes for the selected one
    else if (wanted.row() != m_view->currentIndex().row())
        m_view->selectRow(wanted.row());
    if (wanted.isValid())
        m_view->scrollTo(wanted,
            m_view->visualRect(wanted).intersects(m_view->viewport()->rect())
                ? QAbstractItemView::EnsureVisible
                : QAbstractItemView::PositionAtCenter);
    updateCount();
}

void StarList::takeCurrent(const QModelIndex& current)
{
    if (current.isValid() && !m_filtering)
        m_selection.setSpectrum(current.data(SpectrumListModel::IdRole).value<SpectrumId>());
    updateCount();
}

void StarList::step(int lines)
{
    const auto [place, size] = this->place();
    if (size > 0)
        m_view->selectRow(std::clamp(place - 1 + lines, 0, size - 1));
}

std::pair<int, int> StarList::place() const
{
    const QModelIndex shown = m_shown.mapFromSource(m_spectra.indexOf(m_selection.spectrum()));
    return { shown.isValid() ? shown.row() + 1 : 0, m_shown.rowCount() };
}

void StarList::removeSelected()
{
    QList<SpectrumId> ids;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        ids.append(index.data(SpectrumListModel::IdRole).value<SpectrumId>());
    m_spectra.removeOpened(ids);
}

void StarList::updateCount()
{
    const auto [place, size] = this->place();
    m_count->setText(place > 0 ? tr("%1 of %2 spectra").arg(countText(place), countText(size))
                               : tr("Spectra: %1").arg(countText(size)));
    emit placeChanged();
}

} // namespace maury::ui
