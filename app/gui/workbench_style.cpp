#include "app/gui/workbench_style.h"

#include <QPainter>
#include <QStyleOption>

namespace maury::gui {

WorkbenchStyle::WorkbenchStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void WorkbenchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool round = element == PE_IndicatorRadioButton;
    const bool frame = element == PE_FrameLineEdit || element == PE_Frame;
    if (!box && !round && !frame)
        return;
    const bool focused = option->state.testFlag(State_HasFocus)
        && option->state.testFlag(State_Enabled) && element == PE_FrameLineEdit;
    const QColor outline = focused ? option->palette.color(QPalette::Highlight)
        : frame                    ? option->palette.color(QPalette::Mid)
                                   : option->palette.color(QPalette::PlaceholderText);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, round);
    painter->setPen(outline);
    painter->setBrush(Qt::NoBrush);
    const QRect rect = option->rect.adjusted(0, 0, -1, -1);
    if (round)
        painter->drawEllipse(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
    else
        painter->drawRect(rect);
    painter->restore();
}

} // namespace maury::gui
