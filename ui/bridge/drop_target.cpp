#include "ui/bridge/drop_target.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace maury::ui {

DropTarget::DropTarget(QWidget& widget)
    : QObject(&widget)
{
    widget.setAcceptDrops(true);
    widget.installEventFilter(this);
}

QStringList DropTarget::localPaths(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    return paths;
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    // QDragEnterEvent is a QDropEvent.
    auto* drop = static_cast<QDropEvent*>(event);
    const QStringList paths = localPaths(*drop->mimeData());
    if (paths.isEmpty())
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        emit pathsDropped(paths);
    return true;
}

} // namespace maury::ui
