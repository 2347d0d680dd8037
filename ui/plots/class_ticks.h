#pragma once

#include <QStringList>

class QCPAxisRect;
class QFont;

namespace maury::ui {

/// Labels classes 0, 1, 2 … on both axes of an axis rect, every few of them, so that labels never
/// touch. Only for ui/plots.
class ClassTicks {
public:
    /// To be called when the layout is known; true when labels changed and a replot is needed.
    bool place(QCPAxisRect& rect, const QStringList& classes, const QFont& font);

private:
    QStringList m_classes;
    int m_across = 0; ///< labels on one class in so many
    int m_down = 0;
};

} // namespace maury::ui
