#include "ui/pages/run_tables.h"

#include "ui/models/class_score_model.h"
#include "ui/models/history_model.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;

QTableView* makeTable(QAbstractItemModel& model, const QString& name)
{
    auto* table = new QTableView;
    table->setModel(&model);
    table->setAccessibleName(name);
    table->verticalHeader()->hide();
    table->setAlternatingRowColors(true);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + kSpacing);
    return table;
}

} // namespace

QTableView* makeEpochTable(HistoryModel& history)
{
    QTableView* table = makeTable(history, ClassTab::tr("Epochs of the run"));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QObject::connect(
        &history, &QAbstractItemModel::rowsInserted, table, &QTableView::scrollToBottom);
    return table;
}

ClassTab::ClassTab(ClassScoreModel& scores, QWidget* parent)
    : QWidget(parent)
    , m_origin(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kSpacing, kSpacing / 2, 0, 0);
    layout->setSpacing(kSpacing / 2);
    layout->addWidget(m_origin);
    QTableView* table = makeTable(scores, tr("Figures of each class"));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    layout->addWidget(table, 1);
}

void ClassTab::setOrigin(const QString& text)
{
    m_origin->setText(text);
}

QString ClassTab::origin() const
{
    return m_origin->text();
}

} // namespace maury::ui
