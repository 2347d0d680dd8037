#include "app/gui/project_actions.h"

#include "core/project/label_exchange.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/label_desk.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/status_reporter.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>

#include <utility>

namespace maury::gui {

namespace {

using project::Project;
using Severity = ui::StatusReporter::Severity;

constexpr const char* kLastKey = "project/file";
constexpr const char* kClassifierKey = "project/classifier";

QString filter()
{
    return ProjectActions::tr("Projects (*.maury);;All files (*)");
}

QString classifier()
{
    const QString user = qEnvironmentVariable("USER", QStringLiteral("me"));
    return QSettings().value(kClassifierKey, user).toString();
}

/// Where labels go that nobody has named a project for.
QString ownProject()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    QDir().mkpath(folder);
    return folder + QStringLiteral("/labels.maury");
}

std::filesystem::path pathOf(const QString& file)
{
    return file.toStdString();
}

} // namespace

ProjectActions::ProjectActions(
    QMenu& menu, ui::LabelDesk& desk, ui::StatusReporter& status, QWidget* window)
    : QObject(window)
    , m_desk(desk)
    , m_status(status)
    , m_window(window)
{
    makeActions(menu);
    connect(&m_desk, &ui::LabelDesk::projectChanged, this, &ProjectActions::updateActions);
    connect(&m_desk, &ui::LabelDesk::classifierChanged, this,
        [](const QString& name) { QSettings().setValue(kClassifierKey, name); });
    updateActions();
}

void ProjectActions::makeActions(QMenu& menu)
{
    QAction* before = menu.actions().isEmpty() ? nullptr : menu.actions().last();
    const auto add = [&](const QString& text, const QString& tip, void (ProjectActions::*act)()) {
        auto* action = new QAction(text, this);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, act);
        menu.insertAction(before, action);
        return action;
    };
    add(tr("&New project…"), tr("Begin a file of stars and labels"), &ProjectActions::askForNew);
    add(tr("Open pro&ject…"), tr("Go on with a file of stars and labels"),
        &ProjectActions::askToOpen);
    m_copy = add(tr("&Save a copy of the project…"), tr("Write all of the project to a new file"),
        &ProjectActions::askForCopy);
    m_import = add(tr("&Import labels…"), tr("Take labels of others from CSV or ECSV"),
        &ProjectActions::askToImport);
    m_export = add(tr("&Export labels…"), tr("Write all labels to CSV, ECSV or FITS"),
        &ProjectActions::askWhereToExport);
    menu.insertSeparator(before);
}

void ProjectActions::updateActions()
{
    m_copy->setEnabled(m_desk.project() != nullptr);
    m_export->setEnabled(m_desk.project() != nullptr);
    m_import->setEnabled(m_desk.canWrite());
}

void ProjectActions::start(const QString& file)
{
    if (!file.isEmpty()) {
        if (QFileInfo::exists(file))
            open(file);
        else
            create(file);
        return;
    }
    const QString last = QSettings().value(kLastKey).toString();
    if (QFileInfo::exists(last) && open(last))
        return;
    take(Project::openOrCreate(pathOf(ownProject())), false);
}

bool ProjectActions::open(const QString& file)
{
    auto opened = Project::open(pathOf(file));
    if (!opened && opened.error().code == base::ErrorCode::WriteFailed) {
        const base::Error reason = opened.error();
        auto readable = Project::open(pathOf(file), Project::Access::ReadOnly);
        if (readable && take(std::move(readable), true)) {
            m_status.showMessage(tr("Read-only: %1").arg(ui::errorText(reason)), Severity::Warning);
            return true;
        }
    }
    if (!take(std::move(opened), true))
        return false;
    QSettings().setValue(kLastKey, QFileInfo(file).absoluteFilePath());
    m_status.showMessage(tr("Project %1").arg(QFileInfo(file).fileName()));
    return true;
}

void ProjectActions::create(const QString& file)
{
    if (!take(Project::create(pathOf(file)), true))
        return;
    QSettings().setValue(kLastKey, QFileInfo(file).absoluteFilePath());
    m_status.showMessage(
        tr("New project %1: open spectra and classify them").arg(QFileInfo(file).fileName()));
}

bool ProjectActions::take(base::Result<Project> opened, bool listStars)
{
    if (!opened) {
        tell(opened.error());
        return false;
    }
    if (auto set = m_desk.setProject(std::move(*opened), classifier(), listStars); !set) {
        tell(set.error());
        return false;
    }
    return true;
}

void ProjectActions::copy(const QString& file)
{
    const bool goesOn = !m_desk.canWrite();
    const auto copied = Project::copy(m_desk.project()->file(), pathOf(file));
    if (copied && goesOn && open(file))
        m_status.showMessage(
            tr("Copied to %1, which is open now").arg(QFileInfo(file).fileName()));
    else
        report(copied, tr("Copied to %1").arg(QFileInfo(file).fileName()));
}

void ProjectActions::importLabels(const QString& file)
{
    auto done = m_desk.import(file, {});
    if (!done && done.error().code == base::ErrorCode::ValueInvalid) {
        const auto answer = QMessageBox::question(m_window, tr("Import labels"),
            tr("%1\n\nAdd the stars that are unknown and leave out the rows that cannot be used?")
                .arg(ui::errorText(done.error())));
        if (answer != QMessageBox::Yes)
            return;
        done = m_desk.import(file, { true, true });
    }
    if (!done) {
        tell(done.error());
        return;
    }
    const std::size_t taken = done->count.added + done->count.changed;
    m_status.showMessage(tr("%1 labels taken in, %2 unchanged, %3 rows left out")
                             .arg(ui::countText(static_cast<std::int64_t>(taken)),
                                 ui::countText(static_cast<std::int64_t>(done->count.unchanged)),
                                 ui::countText(static_cast<std::int64_t>(done->skipped.size()))));
}

void ProjectActions::exportLabels(const QString& file)
{
    const auto labels = m_desk.project()->acceptedLabels();
    if (!labels) {
        tell(labels.error());
        return;
    }
    report(project::writeLabels(pathOf(file), *labels),
        tr("%1 labels written to %2")
            .arg(ui::countText(static_cast<std::int64_t>(labels->size())),
                QFileInfo(file).fileName()));
}

void ProjectActions::report(const base::Result<void>& result, const QString& done)
{
    if (result)
        m_status.showMessage(done);
    else
        tell(result.error());
}

void ProjectActions::tell(const base::Error& error)
{
    m_status.showMessage(ui::errorText(error), Severity::Error);
    m_desk.tell(ui::errorText(error));
}

void ProjectActions::askForNew()
{
    const QString file
        = QFileDialog::getSaveFileName(m_window, tr("New project"), QString(), filter(), nullptr,
            QFileDialog::DontConfirmOverwrite); // a project is never overwritten
    if (!file.isEmpty())
        create(QFileInfo(file).suffix().isEmpty() ? file + QStringLiteral(".maury") : file);
}

void ProjectActions::askToOpen()
{
    const QString file
        = QFileDialog::getOpenFileName(m_window, tr("Open a project"), QString(), filter());
    if (!file.isEmpty())
        open(file);
}

void ProjectActions::askForCopy()
{
    const QString file = QFileDialog::getSaveFileName(m_window, tr("Copy of the project"),
        QString(), filter(), nullptr, QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        copy(QFileInfo(file).suffix().isEmpty() ? file + QStringLiteral(".maury") : file);
}

void ProjectActions::askToImport()
{
    const QString file = QFileDialog::getOpenFileName(
        m_window, tr("Import labels"), QString(), tr("Tables (*.csv *.ecsv);;All files (*)"));
    if (!file.isEmpty())
        importLabels(file);
}

void ProjectActions::askWhereToExport()
{
    const QString file = QFileDialog::getSaveFileName(m_window, tr("Export labels"),
        QStringLiteral("labels.csv"), tr("Tables (*.csv *.ecsv *.fits)"));
    if (!file.isEmpty())
        exportLabels(file);
}

} // namespace maury::gui
