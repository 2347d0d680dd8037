#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace maury::ui {

/// Lets files and folders be dropped on a widget and its children.
class DropTarget : public QObject {
    Q_OBJECT
public:
    explicit DropTarget(QWidget& widget);

    /// The local files and folders that a drag carries.
    [[nodiscard]] static QStringList localPaths(const QMimeData& data);

signals:
    void pathsDropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace maury::ui
