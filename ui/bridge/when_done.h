#pragma once

#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace maury::ui {

/// Calls handle(result) in the context's thread once the future has its result, always from the
/// event loop: QFuture::then() may call at once, inside the caller, when the work was quick.
/// Nothing is called when the context is gone or the future was cancelled.
template <typename T, typename Handler>
void whenDone(QObject* context, const QFuture<T>& future, Handler handle)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, handle = std::move(handle)]() mutable {
            watcher->deleteLater();
            if (watcher->future().resultCount() > 0)
                handle(watcher->result());
        });
    watcher->setFuture(future);
}

} // namespace maury::ui
