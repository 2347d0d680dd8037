#include "ui/pages/judges_panel.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/row_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace maury::ui {

JudgesPanel::JudgesPanel(QWidget* parent)
    : QWidget(parent)
{
    m_sorted.setSourceModel(&m_judges);
    m_sorted.setSortRole(JudgesModel::kSortRole);
    m_table = new RowTable(m_sorted, tr("Judged stars"), this);
    m_table->rankBy(JudgesModel::Score);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(makeControls());
    layout->addWidget(m_table, 1);
    connectTable();
    showCount();
    setPossible(false, false);
}

QLayout* JudgesPanel::makeControls()
{
    m_stars = new QComboBox(this);
    m_stars->addItems(
        { tr("stars of this evaluation"), tr("opened spectra"), tr("standards of the atlas") });
    m_stars->setAccessibleName(tr("Stars to judge"));
    m_stars->setToolTip(tr("Which stars network, nearest standard, Gradient Origin Network and "
                           "human are asked about"));
    m_stars->setStatusTip(m_stars->toolTip());
    connect(m_stars, &QComboBox::activated, this, [this] { m_chosen = true; });
    m_judge = new QToolButton(this);
    m_judge->setText(tr("Jud&ge"));
    m_judge->setToolTip(tr("Ask all judges about these stars"));
    m_judge->setStatusTip(m_judge->toolTip());
    connect(m_judge, &QToolButton::clicked, this, [this] { emit judgeRequested(wanted()); });
    m_count = new QLabel(this);
    auto* save = new QToolButton(this);
    save->setText(tr("CSV…"));
    save->setAccessibleName(tr("Save the judges' list as CSV"));
    save->setToolTip(tr("Write the judged stars as comma-separated values"));
    save->setStatusTip(save->toolTip());
    connect(save, &QToolButton::clicked, this, [this] { emit saveRequested(m_judges.table()); });
    auto* controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_stars);
    controls->addWidget(m_judge);
    controls->addStretch(1);
    controls->addWidget(m_count);
    controls->addWidget(save);
    return controls;
}

void JudgesPanel::connectTable()
{
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (current.isValid() && !m_marking)
                emit starChosen(m_sorted.mapToSource(current).row());
        });
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { emit starOpened(m_sorted.mapToSource(index).row()); });
}

void JudgesPanel::setStars(std::vector<JudgedRow> stars)
{
    const QScopedValueRollback marking(m_marking, true);
    m_judges.setStars(std::move(stars));
    showCount();
}

void JudgesPanel::setHumanType(SpectrumId id, const QString& type)
{
    const QScopedValueRollback marking(m_marking, true); // a line may move
    m_judges.setHumanType(id, type);
}

void JudgesPanel::setFilter(const QString& text, const QList<QSet<QString>>& names)
{
    const QScopedValueRollback marking(m_marking, true); // lines come and go
    m_sorted.setText(text);
    m_sorted.setNames(names);
    showCount();
}

void JudgesPanel::markStar(SpectrumId id)
{
    const QScopedValueRollback marking(m_marking, true);
    const auto row = m_judges.rowOf(id);
    const QModelIndex index
        = row ? m_sorted.mapFromSource(m_judges.index(*row, 0)) : QModelIndex();
    if (!index.isValid()) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    } else if (m_table->currentIndex().row() != index.row()) {
        m_table->selectRow(index.row());
        m_table->scrollTo(index);
    }
}

SpectrumId JudgesPanel::marked() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return kNoSpectrum;
    const int row = m_sorted.mapToSource(rows.first()).row();
    return m_judges.stars()[static_cast<std::size_t>(row)].id;
}

void JudgesPanel::setPossible(bool hasModel, bool hasEvaluation)
{
    m_possible = hasModel;
    auto* items = qobject_cast<QStandardItemModel*>(m_stars->model());
    const int evaluation = static_cast<int>(Stars::Evaluation);
    items->item(evaluation)->setEnabled(hasEvaluation);
    if (!hasEvaluation && m_stars->currentIndex() == evaluation)
        setWanted(Stars::Opened);
    else if (hasEvaluation && !m_chosen)
        setWanted(Stars::Evaluation);
    m_judge->setEnabled(m_possible && !m_busy);
}

void JudgesPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_judge->setEnabled(m_possible && !m_busy);
}

JudgesPanel::Stars JudgesPanel::wanted() const
{
    return static_cast<Stars>(m_stars->currentIndex());
}

void JudgesPanel::setWanted(Stars stars)
{
    m_stars->setCurrentIndex(static_cast<int>(stars));
}

void JudgesPanel::setOutdated(bool outdated)
{
    m_outdated = outdated && m_judges.rowCount() > 0;
    showCount();
}

void JudgesPanel::showCount()
{
    const QString stars = tr("%n stars", nullptr, m_sorted.rowCount());
    m_count->setText(m_outdated ? tr("%1, by another model").arg(stars) : stars);
}

} // namespace maury::ui
