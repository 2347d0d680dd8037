#include "app/gui/workbench.h"

#include "app/gui/main_window.h"
#include "ui/pages/spectra_page.h"

#include <QListView>
#include <QSettings>

namespace maury::gui {

Workbench::Workbench(const CommandLine& commandLine)
{
    const ui::PageContext context { m_workspace, m_selection, m_status };
    const QList<ui::Page*> pages { new ui::SpectraPage(context) };
    m_window = std::make_unique<MainWindow>(context, pages, new QListView);
    QSettings settings;
    m_window->restoreLayout(settings);
    if (commandLine.size)
        m_window->resize(*commandLine.size);
    connect(m_window.get(), &MainWindow::closing, this, [this] {
        QSettings saved;
        m_window->saveLayout(saved);
    });
}

Workbench::~Workbench() = default;

} // namespace maury::gui
