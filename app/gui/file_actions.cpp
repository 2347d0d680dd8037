#include "app/gui/file_actions.h"

#include "ui/models/recent_files.h"
#include "ui/pages/icons.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QSettings>

namespace maury::gui {

namespace {

const QString kFolderKey = QStringLiteral("files/folder");

QString lastFolder()
{
    return QSettings().value(kFolderKey).toString();
}

void rememberFolder(const QString& folder)
{
    QSettings().setValue(kFolderKey, folder);
}

} // namespace

FileActions::FileActions(QMenu& menu, ui::RecentFiles& recent, QWidget* window)
    : QObject(window)
    , m_recentFiles(recent)
    , m_window(window)
    , m_recentMenu(new QMenu(tr("Open &recent"), window))
{
    QAction* before = menu.actions().isEmpty() ? nullptr : menu.actions().first();
    const auto add
        = [&](const QString& text, const QKeySequence& key, const QString& tip, const auto& act) {
              auto* action = new QAction(text, this);
              action->setShortcut(key);
              action->setStatusTip(tip);
              connect(action, &QAction::triggered, this, act);
              menu.insertAction(before, action);
              return action;
          };
    add(tr("&Open…"), QKeySequence::Open, tr("Open files of spectra"), [this] {
        askForFiles();
    })->setIcon(ui::icon(ui::Symbol::OpenFile));
    add(tr("Open &folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        tr("Open all spectra in a folder"), [this] { askForFolder(); })
        ->setIcon(ui::icon(ui::Symbol::OpenFolder));
    menu.insertMenu(before, m_recentMenu);
    menu.insertSeparator(before);
    add(tr("Open &atlas…"), {}, tr("Work with a folder of standards in MKCLASS naming"),
        [this] { askForAtlas(); });
    add(tr("Use the &built-in atlas"), {}, tr("Work with the synthetic atlas of the program"),
        [this] { emit atlasRequested(QStringLiteral("builtin")); });
    add(tr("Open &model…"), {}, tr("Answer with a trained model from a file"),
        [this] { askForModel(); });
    add(tr("Use the &shipped model"), {}, tr("Answer with the model of the built-in atlas"),
        [this] { emit builtinModelRequested(); });
    menu.insertSeparator(before);
    connect(&m_recentFiles, &ui::RecentFiles::changed, this, &FileActions::fillRecent);
    fillRecent();
}

void FileActions::askForFiles()
{
    const QStringList files
        = QFileDialog::getOpenFileNames(m_window, tr("Open spectra"), lastFolder());
    if (files.isEmpty())
        return;
    rememberFolder(QFileInfo(files.first()).absolutePath());
    emit openRequested(files);
}

void FileActions::askForFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(m_window, tr("Open a folder of spectra"), lastFolder());
    if (folder.isEmpty())
        return;
    rememberFolder(folder);
    emit openRequested({ folder });
}

void FileActions::askForAtlas()
{
    const QString folder
        = QFileDialog::getExistingDirectory(m_window, tr("Open an atlas folder"), lastFolder());
    if (!folder.isEmpty())
        emit atlasRequested(folder);
}

void FileActions::askForModel()
{
    const QString file = QFileDialog::getOpenFileName(
        m_window, tr("Open a model"), lastFolder(), tr("Models (*.h5);;All files (*)"));
    if (!file.isEmpty())
        emit modelRequested(file);
}

void FileActions::fillRecent()
{
    m_recentMenu->clear();
    const QStringList paths = m_recentFiles.paths();
    m_recentMenu->setEnabled(!paths.isEmpty());
    for (const QString& path : paths) {
        QAction* open = m_recentMenu->addAction(
            QFileInfo(path).fileName(), this, [this, path] { emit openRequested({ path }); });
        open->setToolTip(path);
        open->setStatusTip(path);
    }
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(tr("&Clear this list"), &m_recentFiles, &ui::RecentFiles::clear);
}

} // namespace maury::gui
