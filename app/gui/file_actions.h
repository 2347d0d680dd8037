#pragma once

#include <QObject>
#include <QStringList>

class QAction;
class QMenu;
class QWidget;

namespace maury::ui {
class RecentFiles;
}

namespace maury::gui {

/// The entries of the File menu that open something, with their dialogs.
class FileActions : public QObject {
    Q_OBJECT
public:
    /// Puts the actions at the top of the menu. `recent` outlives them.
    FileActions(QMenu& menu, ui::RecentFiles& recent, QWidget* window);

    void askForFiles();

signals:
    void openRequested(const QStringList& paths);
    void atlasRequested(const QString& nameOrFolder);
    void modelRequested(const QString& file);
    void builtinModelRequested();

private:
    void askForFolder();
    void askForAtlas();
    void askForModel();
    void fillRecent();

    ui::RecentFiles& m_recentFiles;
    QWidget* m_window;
    QMenu* m_recentMenu;
};

} // namespace maury::gui
