#include "app/gui/what_helps_dialog.h"

#include "ui/bridge/number_text.h"
#include "ui/models/ablation.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace maury::gui {

namespace {

constexpr QSize kFirstSize { 760, 520 };

enum Column { Change, Sigma68, Rms, Luminosity, Options, ColumnCount };

QTableWidgetItem* numberItem(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

} // namespace

WhatHelpsDialog::WhatHelpsDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("What helps to type real stars"));
    auto* text = new QLabel(
        tr("Each line is the robust recipe with one thing changed: trained on MKCLASS's libr18, "
           "then used to type the 107 normal stars of STELIB, which no network has seen. Errors "
           "are in temperature codes (one is about one class); the label noise alone makes an rms "
           "of about 0.6. Means of three seeds; seeds differ by about 0.03 in σ68 and by 0.01 in "
           "the luminosity classes: what differs less is worth nothing."),
        this);
    text->setWordWrap(true);
    const auto rows = ui::ablation();
    auto* table = new QTableWidget(static_cast<int>(rows.size()), ColumnCount, this);
    table->setHorizontalHeaderLabels(
        { tr("Recipe"), tr("σ68"), tr("rms"), tr("LC right"), tr("Options of the training") });
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setAccessibleName(windowTitle());
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(Options, QHeaderView::Stretch);
    for (int row = 0; row < table->rowCount(); ++row) {
        const ui::AblationRow& measured = rows[static_cast<std::size_t>(row)];
        table->setItem(row, Change, new QTableWidgetItem(measured.change));
        table->setItem(row, Sigma68, numberItem(ui::numberText(measured.sigma68, 2)));
        table->setItem(row, Rms, numberItem(ui::numberText(measured.rms, 2)));
        table->setItem(row, Luminosity, numberItem(ui::numberText(measured.luminosity, 2)));
        table->setItem(row, Options, new QTableWidgetItem(measured.options));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resize(kFirstSize);
}

} // namespace maury::gui
