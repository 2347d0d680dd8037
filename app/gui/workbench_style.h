#pragma once

#include <QProxyStyle>

namespace maury::gui {

/// Fusion with outlines that can be seen on dark grounds too: Fusion derives them from the window's
/// colour, which makes an empty check box vanish in a dark window.
class WorkbenchStyle : public QProxyStyle {
    Q_OBJECT
public:
    WorkbenchStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
};

} // namespace maury::gui
