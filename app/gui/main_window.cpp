#include "app/gui/main_window.h"

#include "app/gui/figure_menu.h"
#include "app/gui/page_bar.h"
#include "app/gui/shortcut_dialog.h"
#include "app/gui/status_line.h"
#include "app/gui/what_helps_dialog.h"
#include "ui/bridge/edit_history.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace maury::gui {

namespace {

constexpr int kLayoutVersion = 1;
constexpr QSize kFirstSize { 1280, 800 };
constexpr int kStarListWidth = 272;
constexpr int kInspectorHeight = 216;

/// The pages. Only the visible one says how small the window may be: the list of stars takes its
/// room beside some pages, and a wide page without it must not widen those.
class PageStack : public QStackedWidget {
public:
    explicit PageStack(QWidget* parent)
        : QStackedWidget(parent)
    {
        connect(this, &QStackedWidget::currentChanged, this, [this] { updateGeometry(); });
    }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return currentWidget() != nullptr ? currentWidget()->minimumSizeHint() : QSize();
    }
};

} // namespace

MainWindow::MainWindow(
    const ui::PageContext& context, const QList<ui::Page*>& pages, QWidget* starList)
    : m_context(context)
    , m_pages(pages)
    , m_stack(new PageStack(this))
    , m_inspectors(new QStackedWidget(this))
    , m_menus(new QMenuBar(this))
    , m_bar(new PageBar(this))
{
    setWindowTitle(QApplication::applicationDisplayName());
    setCentralWidget(m_stack);
    setStatusBar(new StatusLine(context.status, this));
    // Menus and pages in one block above the docks, without a tool bar's frame and handles.
    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    topLayout->addWidget(m_menus);
    topLayout->addWidget(m_bar);
    setMenuWidget(top);
    makeDocks(starList);
    makeMenus();
    for (int page = 0; page < m_pages.size(); ++page) {
        m_stack->addWidget(m_pages[page]);
        m_inspectorPlaces.append(addInspector(m_pages[page]->inspector()));
        addPageMenu(page);
        connect(m_pages[page], &ui::Page::pageRequested, this,
            qOverload<const QString&>(&MainWindow::showPage));
    }
    connect(m_bar, &PageBar::pageChosen, this, qOverload<int>(&MainWindow::showPage));
    resetLayout();
}

QWidget* MainWindow::addInspector(QWidget* inspector)
{
    if (inspector == nullptr)
        return nullptr;
    // Controls that find no room in a small window scroll: they must not widen it.
    auto* place = new QScrollArea(m_inspectors);
    place->setFrameShape(QFrame::NoFrame);
    place->setWidgetResizable(true);
    place->setWidget(inspector);
    m_inspectors->addWidget(place);
    return place;
}

void MainWindow::makeDocks(QWidget* starList)
{
    m_starDock = new QDockWidget(tr("Stars"), this);
    m_starDock->setObjectName("stars");
    m_starDock->setWidget(starList);
    m_inspectorDock = new QDockWidget(tr("Inspector"), this);
    m_inspectorDock->setObjectName("inspector");
    m_inspectorDock->setWidget(m_inspectors);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, m_starDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_inspectorDock);
    // triggered, not toggled: only the user's wish counts, not the hiding on pages without the
    // dock.
    connect(m_starDock->toggleViewAction(), &QAction::triggered, this,
        [this](bool wanted) { m_starsWanted = wanted; });
    connect(m_inspectorDock->toggleViewAction(), &QAction::triggered, this,
        [this](bool wanted) { m_inspectorWanted = wanted; });
}

void MainWindow::makeMenus()
{
    m_fileMenu = m_menus->addMenu(tr("&File"));
    QAction* quit = m_fileMenu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);
    quit->setStatusTip(tr("Save the layout and end the program"));

    if (m_context.history != nullptr)
        makeEditMenu(*m_context.history);

    m_pageMenu = m_menus->addMenu(tr("&Page"));
    m_pageActions = new QActionGroup(this);

    m_viewMenu = m_menus->addMenu(tr("&View"));
    m_starDock->toggleViewAction()->setShortcut(QKeySequence(Qt::Key_F8));
    m_starDock->toggleViewAction()->setStatusTip(tr("Show or hide the list of stars"));
    m_inspectorDock->toggleViewAction()->setShortcut(QKeySequence(Qt::Key_F9));
    m_inspectorDock->toggleViewAction()->setStatusTip(tr("Show or hide the controls of the page"));
    m_viewMenu->addActions({ m_starDock->toggleViewAction(), m_inspectorDock->toggleViewAction() });
    m_viewMenu->addSeparator();
    QAction* reset = m_viewMenu->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
    reset->setStatusTip(tr("Put all panels back to where they were at the first start"));

    m_menus->addMenu(new FigureMenu(*this));
    QMenu* help = m_menus->addMenu(tr("&Help"));
    QAction* keys = help->addAction(
        tr("&Keyboard shortcuts"), this,
        [this] { ShortcutDialog(*m_menus, findChild<KeyBindings*>(), this).exec(); });
    keys->setShortcuts({ QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question) });
    keys->setStatusTip(tr("List all keys of the program"));
    QAction* helps
        = help->addAction(tr("&What helps…"), this, [this] { WhatHelpsDialog(this).exec(); });
    helps->setStatusTip(
        tr("What each step of the robust protocol is worth, measured on real stars"));
    QAction* about = help->addAction(tr("&About Maury"), this, [this] {
        QMessageBox::about(this, tr("About Maury"),
            tr("<h3>Maury %1</h3><p>Workbench for MK spectral classification, named after Antonia "
               "Maury, who first saw luminosity effects in stellar spectra.</p><p>Free software "
               "under the GNU General Public License, version 3 or later.</p>")
                .arg(QApplication::applicationVersion()));
    });
    about->setStatusTip(tr("Version and licence"));
    about->setMenuRole(QAction::AboutRole);
}

void MainWindow::makeEditMenu(ui::EditHistory& history)
{
    m_editMenu = m_menus->addMenu(tr("&Edit"));
    QAction* undo = history.createUndoAction(this, tr("&Undo"));
    undo->setShortcuts(QKeySequence::Undo);
    undo->setStatusTip(tr("Take back the last change of a setting"));
    QAction* redo = history.createRedoAction(this, tr("&Redo"));
    redo->setShortcuts(QKeySequence::Redo);
    redo->setStatusTip(tr("Make the change again that was taken back"));
    m_editMenu->addActions({ undo, redo });
}

void MainWindow::addPageMenu(int page)
{
    const ui::Page& shown = *m_pages[page];
    const QString tip = tr("Show the page %1").arg(shown.title());
    m_bar->addPage(shown.title(), tip);
    QAction* show = m_pageMenu->addAction(shown.title(), this, [this, page] { showPage(page); });
    show->setCheckable(true);
    show->setStatusTip(tip);
    show->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)));
    m_pageActions->addAction(show);
    const auto actions = shown.pageActions();
    if (actions.isEmpty())
        return;
    auto* menu = new QMenu(shown.title(), this);
    m_menus->insertMenu(m_viewMenu->menuAction(), menu);
    menu->addActions(actions);
}

int MainWindow::currentPage() const
{
    return m_stack->currentIndex();
}

void MainWindow::showPage(int page)
{
    if (page < 0 || page >= m_pages.size())
        return;
    if (const int before = currentPage(); before != page && before >= 0)
        m_pages[before]->onHidden();
    // Before the page: a wide page beside the list would widen the window.
    if (!m_pages[page]->usesStarList())
        m_starDock->hide();
    m_stack->setCurrentIndex(page);
    m_bar->setCurrent(page);
    m_pageActions->actions().at(page)->setChecked(true);
    if (QWidget* place = m_inspectorPlaces[page])
        m_inspectors->setCurrentWidget(place);
    updateDocks();
    m_context.status.showReadout({});
    m_pages[page]->onShown();
    emit pageShown(page);
}

void MainWindow::showPage(const QString& identifier)
{
    for (int page = 0; page < m_pages.size(); ++page)
        if (m_pages[page]->identifier() == identifier)
            showPage(page);
}

void MainWindow::updateDocks()
{
    const int page = currentPage();
    if (page < 0)
        return;
    const bool stars = m_pages[page]->usesStarList();
    const bool inspector = m_inspectorPlaces[page] != nullptr;
    m_starDock->setVisible(stars && m_starsWanted);
    m_starDock->toggleViewAction()->setEnabled(stars);
    m_inspectorDock->setVisible(inspector && m_inspectorWanted);
    m_inspectorDock->toggleViewAction()->setEnabled(inspector);
}

void MainWindow::resetLayout()
{
    m_starsWanted = true;
    m_inspectorWanted = true;
    for (QDockWidget* dock : { m_starDock, m_inspectorDock })
        dock->setFloating(false);
    addDockWidget(Qt::LeftDockWidgetArea, m_starDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_inspectorDock);
    resizeDocks({ m_starDock }, { kStarListWidth }, Qt::Horizontal);
    resizeDocks({ m_inspectorDock }, { kInspectorHeight }, Qt::Vertical);
    updateDocks();
}

void MainWindow::restoreLayout(const QSettings& settings)
{
    const bool sized = restoreGeometry(settings.value("window/geometry").toByteArray());
    if (!sized)
        resize(kFirstSize);
    m_starsWanted = settings.value("window/stars", true).toBool();
    m_inspectorWanted = settings.value("window/inspector", true).toBool();
    if (!restoreState(settings.value("window/state").toByteArray(), kLayoutVersion))
        resetLayout();
    showPage(0);
    showPage(settings.value("window/page").toString());
}

void MainWindow::saveLayout(QSettings& settings) const
{
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/state", saveState(kLayoutVersion));
    settings.setValue("window/stars", m_starsWanted);
    settings.setValue("window/inspector", m_inspectorWanted);
    if (currentPage() >= 0)
        settings.setValue("window/page", m_pages[currentPage()]->identifier());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace maury::gui
