#pragma once

#include <QMenu>

namespace maury::gui {

/// What can be done with the figures that a window shows: export, table, CSV. With several figures
/// each has its own submenu.
class FigureMenu : public QMenu {
    Q_OBJECT
public:
    explicit FigureMenu(QWidget& window);

private:
    void fill();

    QWidget& m_window;
};

} // namespace maury::gui
