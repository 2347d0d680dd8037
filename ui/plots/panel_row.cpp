#include "ui/plots/panel_row.h"

#include <qcustomplot.h>

namespace maury::ui {

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
