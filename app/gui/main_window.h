#pragma once

#include "ui/pages/page.h"

#include <QMainWindow>

class QActionGroup;
class QDockWidget;
class QMenu;
class QMenuBar;
class QSettings;
class QStackedWidget;

namespace maury::gui {

class PageBar;

/// The frame around the pages: page bar, docks, menus, status line. Knows no page by name.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// starList: the widget of the list dock, shown beside the pages that use it. The window takes
    /// pages and list as children.
    MainWindow(const ui::PageContext& context, const QList<ui::Page*>& pages, QWidget* starList);

    [[nodiscard]] const QList<ui::Page*>& pages() const { return m_pages; }
    [[nodiscard]] int currentPage() const;
    void showPage(int page);
    void showPage(const QString& identifier);
    [[nodiscard]] PageBar& pageBar() { return *m_bar; }
    [[nodiscard]] QMenu& fileMenu() { return *m_fileMenu; }
    [[nodiscard]] QMenu* editMenu() { return m_editMenu; }

    /// Size, docks and page of the last session. What cannot be restored falls back to the first
    /// layout.
    void restoreLayout(const QSettings& settings);
    void saveLayout(QSettings& settings) const;
    void resetLayout();

protected:
    void closeEvent(QCloseEvent* event) override;

signals:
    void closing();
    void pageShown(int page);

private:
    void makeDocks(QWidget* starList);
    void makeMenus();
    void makeEditMenu(ui::EditHistory& history);
    QWidget* addInspector(QWidget* inspector);
    void addPageMenu(int page);
    void updateDocks();

    ui::PageContext m_context;
    QList<ui::Page*> m_pages;
    QStackedWidget* m_stack;
    QStackedWidget* m_inspectors;
    QList<QWidget*> m_inspectorPlaces; ///< one per page; null where there is none
    QMenuBar* m_menus;
    PageBar* m_bar;
    QDockWidget* m_starDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QMenu* m_fileMenu = nullptr;
    QMenu* m_editMenu = nullptr; ///< null without a history
    QMenu* m_viewMenu = nullptr;
    QMenu* m_pageMenu = nullptr;
    QActionGroup* m_pageActions = nullptr;
    bool m_starsWanted = true;
    bool m_inspectorWanted = true;
};

} // namespace maury::gui
