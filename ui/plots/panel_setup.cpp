#include "ui/plots/panel_setup.h"

#include <qcustomplot.h>

namespace maury::ui {

void setUpPanels(const QList<QCPAxisRect*>& panels, QCPMarginGroup& margins)
{
    constexpr int kWavelengthTicks = 9;
    for (QCPAxisRect* panel : panels) {
        panel->setMarginGroup(QCP::msLeft | QCP::msRight, &margins);
        panel->setupFullAxesBox();
        panel->setMinimumMargins(QMargins(8, 4, 16, 4));
        panel->axis(QCPAxis::atBottom)->ticker()->setTickCount(kWavelengthTicks);
    }
}

void linkRanges(const QList<QCPAxis*>& axes)
{
    for (QCPAxis* from : axes)
        for (QCPAxis* to : axes)
            if (from != to)
                QObject::connect(from, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), to,
                    qOverload<const QCPRange&>(&QCPAxis::setRange));
}

void beginPanelRow(QCustomPlot& plot)
{
    plot.plotLayout()->clear();
    plot.plotLayout()->setColumnSpacing(4);
}

QCPAxisRect* addPanel(QCustomPlot& plot)
{
    auto* rect = new QCPAxisRect(&plot);
    plot.plotLayout()->addElement(0, plot.plotLayout()->elementCount(), rect);
    rect->setMinimumMargins(QMargins(8, 6, 8, 4));
    rect->setMinimumSize(40, 32);
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer("axes");
        axis->grid()->setLayer("grid");
        axis->setSubTicks(false);
    }
    return rect;
}

} // namespace maury::ui
