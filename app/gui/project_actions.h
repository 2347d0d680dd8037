#pragma once

#include "core/project/project.h"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace maury::ui {
class LabelDesk;
class StatusReporter;
}

namespace maury::gui {

/// The project that labels go to: opens, makes and copies it, and takes labels in and out, from the
/// File menu and at the start.
class ProjectActions : public QObject {
    Q_OBJECT
public:
    /// Puts the actions before the last one of the menu. All outlive this.
    ProjectActions(QMenu& menu, ui::LabelDesk& desk, ui::StatusReporter& status, QWidget* window);

    /// At the start: the project of this name, made when there is none; without a name the one of
    /// the last time, else one of the program's own. A project that cannot be written is opened to
    /// be read, one that cannot be read is told.
    void start(const QString& file);
    /// Whether it is open now, be it to read only.
    bool open(const QString& file);
    void create(const QString& file);
    /// The copy of a project that cannot be written is opened.
    void copy(const QString& file);
    void askForCopy();
    void importLabels(const QString& file);
    void exportLabels(const QString& file);

private:
    void makeActions(QMenu& menu);
    void askForNew();
    void askToOpen();
    void askToImport();
    void askWhereToExport();
    bool take(base::Result<project::Project> opened, bool listStars);
    void report(const base::Result<void>& result, const QString& done);
    void tell(const base::Error& error);
    void updateActions();

    ui::LabelDesk& m_desk;
    ui::StatusReporter& m_status;
    QWidget* m_window;
    QAction* m_copy = nullptr;
    QAction* m_import = nullptr;
    QAction* m_export = nullptr;
};

} // namespace maury::gui
