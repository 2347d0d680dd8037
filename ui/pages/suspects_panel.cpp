#include "ui/pages/suspects_panel.h"

#include "ui/plots/row_table.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

namespace maury::ui {

SuspectsPanel::SuspectsPanel(QWidget* parent)
    : QWidget(parent)
{
    m_sorted.setSourceModel(&m_suspects);
    m_sorted.setSortRole(SuspectsModel::kSortRole);
    m_table = new RowTable(m_sorted, tr("Standards with suspect labels"), this);
    m_table->rankBy(SuspectsModel::Score);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(makeControls());
    layout->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (current.isValid() && !m_marking)
                emit starChosen(nameAt(current));
        });
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { emit starOpened(nameAt(index)); });
    setPossible(false);
}

QLayout* SuspectsPanel::makeControls()
{
    m_inquire = new QToolButton(this);
    m_inquire->setText(tr("Loo&k for suspect labels"));
    m_inquire->setToolTip(tr("Train networks without a fifth of the standards each: which labels do "
                             "they contradict, learn late or forget? Takes a minute or two."));
    m_inquire->setStatusTip(m_inquire->toolTip());
    connect(m_inquire, &QToolButton::clicked, this, &SuspectsPanel::inquiryRequested);
    m_about = new QLabel(this);
    auto* save = new QToolButton(this);
    save->setText(tr("CSV…"));
    save->setAccessibleName(tr("Save the suspect labels as CSV"));
    save->setToolTip(tr("Write all standards with their figures as comma-separated values"));
    save->setStatusTip(save->toolTip());
    connect(
        save, &QToolButton::clicked, this, [this] { emit saveRequested(m_suspects.table()); });
    auto* controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_inquire);
    controls->addStretch(1);
    controls->addWidget(m_about);
    controls->addWidget(save);
    return controls;
}

QString SuspectsPanel::nameAt(const QModelIndex& shown) const
{
    return m_sorted.index(shown.row(), 0).data(kStarNameRole).toString();
}

void SuspectsPanel::setSuspects(
    std::vector<explain::LabelSuspicion> suspects, const QString& atlas)
{
    const QScopedValueRollback marking(m_marking, true);
    m_suspects.setSuspects(std::move(suspects));
    m_about->setText(tr("%n standards of %1", nullptr, m_suspects.rowCount()).arg(atlas));
}

void SuspectsPanel::setFilter(const QString& text, const QList<QSet<QString>>& names)
{
    const QScopedValueRollback marking(m_marking, true);
    m_sorted.setText(text);
    m_sorted.setNames(names);
}

void SuspectsPanel::markStar(const QString& standard)
{
    const QScopedValueRollback marking(m_marking, true);
    const int row = standard.isEmpty() ? -1 : m_suspects.rowOf(standard);
    const QModelIndex index
        = row < 0 ? QModelIndex() : m_sorted.mapFromSource(m_suspects.index(row, 0));
    if (!index.isValid()) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    } else if (m_table->currentIndex().row() != index.row()) {
        m_table->selectRow(index.row());
        m_table->scrollTo(index);
    }
}

void SuspectsPanel::setPossible(bool possible)
{
    m_inquire->setEnabled(possible);
}

QString SuspectsPanel::marked() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : nameAt(rows.first());
}

} // namespace maury::ui
