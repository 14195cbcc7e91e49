// Waiting for a future in a test, with a limit, while the event loop runs.
#pragma once

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QTimer>

#include <chrono>
#include <optional>

namespace kith::tests {

/// The future's result, or nothing where it has not finished in time.
template <typename T>
std::optional<T> await(QFuture<T> future, std::chrono::milliseconds limit = std::chrono::seconds(60)) {
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<T> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        QTimer::singleShot(limit, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (!future.isFinished())
        return std::nullopt;
    return future.result();
}

} // namespace kith::tests
