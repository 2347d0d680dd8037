#include "ui/plots/class_ticks.h"

#include <QFontMetrics>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

int spacing(int room, double classesInSight, int needed)
{
    const double each = std::max(room, 1) / std::max(classesInSight, 1.0);
    return std::max(1, static_cast<int>(std::ceil(needed / each)));
}

void label(QCPAxis& axis, const QStringList& classes, int every)
{
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < classes.size(); i += every)
        ticker->addTick(i, classes[i]);
    axis.setTicker(ticker);
}

} // namespace

bool ClassTicks::place(QCPAxisRect& rect, const QStringList& classes, const QFont& font)
{
    const QFontMetrics metrics(font);
    int widest = 1;
    for (const QString& name : classes)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    QCPAxis& bottom = *rect.axis(QCPAxis::atBottom);
    QCPAxis& left = *rect.axis(QCPAxis::atLeft);
    const int across = spacing(rect.width(), bottom.range().size(), widest + 6);
    const int down = spacing(rect.height(), left.range().size(), metrics.height() + 1);
    if (classes == m_classes && across == m_across && down == m_down)
        return false;
    m_classes = classes;
    m_across = across;
    m_down = down;
    label(bottom, classes, across);
    label(left, classes, down);
    return true;
}

} // namespace maury::ui
