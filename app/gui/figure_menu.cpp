#include "app/gui/figure_menu.h"

#include "ui/plots/plot_base.h"

namespace maury::gui {

FigureMenu::FigureMenu(QWidget& window)
    : QMenu(tr("F&igures"), &window)
    , m_window(window)
{
    connect(this, &QMenu::aboutToShow, this, &FigureMenu::fill);
}

void FigureMenu::fill()
{
    for (QAction* action : actions())
        if (QMenu* menu = action->menu())
            menu->deleteLater();
    clear();
    auto plots = m_window.findChildren<ui::PlotBase*>();
    plots.removeIf([](const ui::PlotBase* plot) { return !plot->isVisible(); });
    if (plots.isEmpty())
        addAction(tr("There is no figure here"))->setEnabled(false);
    else if (plots.size() == 1)
        addActions(plots.first()->actions());
    else
        for (const ui::PlotBase* plot : std::as_const(plots))
            addMenu(plot->accessibleName())->addActions(plot->actions());
    if (!m_window.actions().isEmpty())
        addSeparator();
    addActions(m_window.actions()); // figures that are made anew
}

} // namespace maury::gui
