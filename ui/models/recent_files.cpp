#include "ui/models/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace maury::ui {

namespace {

const QString kKey = QStringLiteral("files/recent");

} // namespace

RecentFiles::RecentFiles(QObject* parent)
    : QObject(parent)
    , m_paths(QSettings().value(kKey).toStringList())
{
}

QStringList RecentFiles::paths() const
{
    QStringList existing = m_paths;
    existing.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return existing;
}

void RecentFiles::add(const QStringList& paths)
{
    for (auto path = paths.crbegin(); path != paths.crend(); ++path) {
        const QString absolute = QFileInfo(*path).absoluteFilePath();
        m_paths.removeAll(absolute);
        m_paths.prepend(absolute);
    }
    m_paths = m_paths.mid(0, kLimit);
    store();
}

void RecentFiles::clear()
{
    m_paths.clear();
    store();
}

void RecentFiles::store()
{
    QSettings().setValue(kKey, m_paths);
    emit changed();
}

} // namespace maury::ui
