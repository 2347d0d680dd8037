#include "ui/pages/settings_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;
constexpr int kColumnGap = 24;

} // namespace

QWidget* scrolling(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

QHBoxLayout* makeColumns(QWidget* page)
{
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(kSpacing, kSpacing, kSpacing, kSpacing);
    columns->setSpacing(kColumnGap);
    return columns;
}

QVBoxLayout* addColumn(QHBoxLayout& columns, int stretch)
{
    auto* column = new QVBoxLayout;
    column->setSpacing(kSpacing / 2);
    columns.addLayout(column, stretch);
    return column;
}

QFormLayout* makeForm()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(kSpacing);
    form->setVerticalSpacing(kSpacing / 2);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    return form;
}

void addField(QFormLayout& form, const QString& label, QWidget* field, const QString& tip)
{
    form.addRow(label, field);
    field->setAccessibleName(label);
    field->setToolTip(tip);
    field->setStatusTip(tip);
}

void lock(QWidget& control, const QString& reason)
{
    // The control's own tip waits beside the reason.
    constexpr const char* kOwnTip = "ownTip";
    if (control.isEnabledTo(control.parentWidget()))
        control.setProperty(kOwnTip, control.toolTip());
    control.setEnabled(reason.isEmpty());
    control.setToolTip(reason.isEmpty() ? control.property(kOwnTip).toString() : reason);
}

} // namespace maury::ui
