#pragma once

#include <QObject>
#include <QStringList>

namespace maury::ui {

/// The files and folders opened last, newest first, remembered between sessions.
class RecentFiles : public QObject {
    Q_OBJECT
public:
    static constexpr int kLimit = 10;

    explicit RecentFiles(QObject* parent = nullptr);

    /// Those that still exist.
    [[nodiscard]] QStringList paths() const;
    void add(const QStringList& paths);
    void clear();

signals:
    void changed();

private:
    void store();

    QStringList m_paths;
};

} // namespace maury::ui
