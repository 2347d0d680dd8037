#include "ui/pages/mistakes_panel.h"

#include "ui/bridge/number_text.h"
#include "ui/pages/filter_chips.h"
#include "ui/plots/row_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {

namespace {

enum HeadChoice { EitherHead, SpectralHead, LuminosityHead };

constexpr int kMostClassesOff = 30;

RowTable* makeList(QAbstractItemModel& model, const QString& name)
{
    auto* table = new RowTable(model, name);
    table->beList();
    return table;
}

} // namespace

MistakesPanel::MistakesPanel(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget(this))
{
    m_sorted.setSourceModel(&m_mistakes);
    m_sorted.setSortRole(MistakesModel::kSortRole);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Lists of stars"));
    m_tabs->addTab(makeCellTab(), tr("Stars of the &cell"));
    m_tabs->addTab(makeMistakesTab(), tr("M&isclassified stars"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(makeSearch());
    layout->addWidget(m_tabs, 1);
    connectTable(*m_cellTable, &MistakesPanel::cellChoice);
    connectTable(*m_mistakesTable, &MistakesPanel::mistakeChoice);
}

QLayout* MistakesPanel::makeSearch()
{
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Filter by name or type"));
    m_search->setAccessibleName(tr("Filter the lists by name or type"));
    m_search->setClearButtonEnabled(true);
    m_chips = new FilterChips(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_marking = true; // lines come and go that the user did not choose
        m_sorted.setText(text);
        m_marking = false;
        showCount();
        markStar(m_star);
        emit filterEdited(QStringLiteral("text"));
    });
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_chips, 2);
    return row;
}

QString MistakesPanel::searchText() const
{
    return m_search->text().trimmed();
}

void MistakesPanel::setSearchText(const QString& text)
{
    m_search->setText(text);
}

void MistakesPanel::setNames(const QList<QSet<QString>>& names)
{
    m_marking = true;
    m_sorted.setNames(names);
    m_marking = false;
    showCount();
    markStar(m_star);
}

QWidget* MistakesPanel::makeCellTab()
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    m_heading = new QLabel(tab);
    m_heading->setWordWrap(true);
    m_cellTable = makeList(m_cellStars, tr("Stars of the chosen cell"));
    layout->addWidget(m_heading);
    layout->addWidget(m_cellTable, 1);
    return tab;
}

QWidget* MistakesPanel::makeMistakesTab()
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(makeFilters());
    m_mistakesTable = makeList(m_sorted, tr("Misclassified stars"));
    m_mistakesTable->setSortingEnabled(true);
    m_mistakesTable->sortByColumn(MistakesModel::Wrong, Qt::DescendingOrder);
    layout->addWidget(m_mistakesTable, 1);
    return tab;
}

QLayout* MistakesPanel::makeFilters()
{
    m_head = new QComboBox(this);
    m_head->addItems({ tr("either class"), tr("spectral class"), tr("luminosity class") });
    m_head->setAccessibleName(tr("Wrong in which class"));
    m_head->setToolTip(tr("List the stars that are wrong in this class"));
    m_off = new QSpinBox(this);
    m_off->setRange(1, kMostClassesOff);
    m_off->setPrefix(tr("≥ "));
    m_off->setAccessibleName(tr("Wrong by at least so many classes"));
    m_off->setToolTip(tr("List the stars that are wrong by at least so many classes"));
    for (QWidget* field : { static_cast<QWidget*>(m_head), static_cast<QWidget*>(m_off) })
        field->setStatusTip(field->toolTip());
    m_count = new QLabel(this);
    auto* save = new QToolButton(this);
    save->setText(tr("CSV…"));
    save->setAccessibleName(tr("Save the list as CSV"));
    save->setToolTip(tr("Write the misclassified stars as comma-separated values"));
    save->setStatusTip(save->toolTip());
    connect(save, &QToolButton::clicked, this, [this] { emit saveRequested(m_mistakes.table()); });
    connect(m_head, &QComboBox::currentIndexChanged, this, &MistakesPanel::takeFilter);
    connect(m_off, &QSpinBox::valueChanged, this, &MistakesPanel::takeFilter);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(8);
    filters->addWidget(new QLabel(tr("Wrong in"), this));
    filters->addWidget(m_head);
    filters->addWidget(new QLabel(tr("by"), this));
    filters->addWidget(m_off);
    filters->addWidget(new QLabel(tr("classes"), this));
    filters->addStretch(1);
    filters->addWidget(m_count);
    filters->addWidget(save);
    return filters;
}

void MistakesPanel::connectTable(
    RowTable& table, StarChoice (MistakesPanel::*choice)(int row) const)
{
    connect(table.selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this, choice](const QModelIndex& current) {
            if (current.isValid() && !m_marking)
                emit starChosen((this->*choice)(current.row()));
        });
    connect(&table, &QTableView::activated, this, [this, choice](const QModelIndex& index) {
        emit starOpened((this->*choice)(index.row()));
    });
}

StarChoice MistakesPanel::cellChoice(int row) const
{
    StarChoice choice { m_cellStars.stars()[static_cast<std::size_t>(row)].standard, {}, {} };
    (m_cell.head == Head::Spectral ? choice.predictedSc : choice.predictedLc) = m_cell.predicted;
    return choice;
}

StarChoice MistakesPanel::mistakeChoice(int row) const
{
    const int source = m_sorted.mapToSource(m_sorted.index(row, 0)).row();
    const WrongStar& star = m_mistakes.stars()[static_cast<std::size_t>(source)];
    return { star.standard, star.predictedSc, star.predictedLc };
}

void MistakesPanel::setEvaluation(const EvaluationPtr& evaluation, const QStringList& classes)
{
    m_evaluation = evaluation;
    m_classes = classes;
    listMistakes();
}

void MistakesPanel::takeFilter()
{
    const int head = m_head->currentIndex();
    m_filter = { head != LuminosityHead, head != SpectralHead, m_off->value() };
    listMistakes();
    emit filterEdited(QStringLiteral("wrong"));
}

void MistakesPanel::setFilter(const WrongFilter& filter)
{
    m_head->setCurrentIndex(!filter.luminosity ? SpectralHead
            : !filter.spectral                 ? LuminosityHead
                                               : EitherHead);
    m_off->setValue(filter.classesOff);
}

void MistakesPanel::addList(QWidget* list, const QString& title)
{
    m_tabs->addTab(list, title);
}

void MistakesPanel::showList(QWidget* list)
{
    m_tabs->setCurrentIndex(list != nullptr ? m_tabs->indexOf(list) : 0);
}

void MistakesPanel::listMistakes()
{
    m_marking = true; // the view may choose another line when the list changes
    m_mistakes.setStars(
        m_evaluation ? wrongStars(*m_evaluation, m_filter) : std::vector<WrongStar>(), m_classes);
    m_marking = false;
    showCount();
    markStar(m_star);
}

void MistakesPanel::showCount()
{
    m_count->setText(tr("%n stars", nullptr, m_sorted.rowCount()));
}

void MistakesPanel::showCell(const MatrixCell& cell, const QString& heading)
{
    m_cell = cell;
    m_heading->setText(heading);
    m_marking = true;
    m_cellStars.setStars(m_evaluation && cell.isValid() ? starsOfCell(*m_evaluation, cell)
                                                        : std::vector<CellStar>());
    m_marking = false;
    markStar(m_star);
}

void MistakesPanel::chooseFirst()
{
    m_tabs->setCurrentIndex(0);
    if (m_cellStars.stars().empty())
        return;
    m_marking = true;
    m_cellTable->selectRow(0);
    m_marking = false;
    emit starChosen(cellChoice(0));
}

void MistakesPanel::markStar(const QString& standard)
{
    m_star = standard;
    const auto mark = [this](RowTable& table, const QModelIndex& index) {
        m_marking = true; // whoever marks knows already
        if (!index.isValid()) {
            table.clearSelection();
            table.setCurrentIndex({});
        } else if (table.currentIndex().row() != index.row()) {
            table.selectRow(index.row());
            table.scrollTo(index);
        }
        m_marking = false;
    };
    // A line of that name that is marked already stays: two libraries may have one each.
    const bool inCell = !standard.isEmpty() && markedInCell() == standard;
    const bool amongMistakes = !standard.isEmpty() && markedAmongMistakes() == standard;
    const auto& stars = m_cellStars.stars();
    const auto found = std::find_if(stars.begin(), stars.end(),
        [&standard](const CellStar& star) { return star.standard == standard; });
    if (!inCell)
        mark(*m_cellTable,
            found == stars.end() ? QModelIndex()
                                 : m_cellStars.index(static_cast<int>(found - stars.begin()), 0));
    const int row = m_mistakes.rowOf(standard);
    if (!amongMistakes)
        mark(*m_mistakesTable,
            row < 0 ? QModelIndex() : m_sorted.mapFromSource(m_mistakes.index(row, 0)));
}

QString MistakesPanel::markedInCell() const
{
    const QModelIndexList rows = m_cellTable->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : cellChoice(rows.first().row()).standard;
}

QString MistakesPanel::markedAmongMistakes() const
{
    const QModelIndexList rows = m_mistakesTable->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : mistakeChoice(rows.first().row()).standard;
}

} // namespace maury::ui
