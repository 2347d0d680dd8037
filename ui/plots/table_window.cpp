#include "ui/plots/table_window.h"

#include "ui/plots/row_table.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {

namespace {

constexpr QSize kFirstSize { 640, 480 };
constexpr int kWidestColumn = 200;

} // namespace

TableWindow::TableWindow(const QString& title, std::function<PlotTable()> read, QWidget* parent)
    : QDialog(parent)
    , m_read(std::move(read))
    , m_view(new RowTable(m_model, title, this))
    , m_size(new QLabel(this))
{
    setWindowTitle(title);
    resize(kFirstSize);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [buttons](const QString& text, const QString& tip) {
        auto* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        return button;
    };
    connect(add(tr("&Save…"), tr("Write these numbers as CSV, ECSV or FITS")),
        &QPushButton::clicked, this, &TableWindow::saveRequested);
    connect(add(tr("&Copy"), tr("Copy the selected rows, or all, for a spreadsheet")),
        &QPushButton::clicked, m_view, &RowTable::copyRows);
    connect(add(tr("&Update"), tr("Read the numbers of the figure again")), &QPushButton::clicked,
        this, &TableWindow::update);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_size);
    layout->addWidget(buttons);
    update();
}

void TableWindow::update()
{
    m_model.setTable(m_read());
    m_size->setText(tr("%n rows", nullptr, m_model.rowCount()));
    m_view->resizeColumnsToContents();
    for (int column = 0; column < m_model.columnCount(); ++column)
        m_view->setColumnWidth(column, std::min(m_view->columnWidth(column), kWidestColumn));
}

} // namespace maury::ui
