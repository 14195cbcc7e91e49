// Work that needs the identity's key, or only its thread, and what comes after it on this one. Inside model/
// alone.
#pragma once

#include "model/identity.h"

#include <QFutureWatcher>

#include <functional>

namespace kith::model {

/// Runs `work` on the identity's thread and calls `then` in this one with what it gave (IdentityUnusable
/// where there is no key), later and unless `context` is gone by then. Calls come back in the order they were
/// made.
template <typename T>
void withKey(Identity& identity, QObject* context,
             std::function<core::Result<T>(const core::SigningKey&)> work,
             std::function<void(const core::Result<T>&)> then) {
    using Answer = core::Result<T>;
    auto* const watcher = new QFutureWatcher<Answer>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        then(watcher->result());
    });
    watcher->setFuture(identity.withKey<Answer>(std::move(work),
                                                Answer(core::Error{core::Reason::IdentityUnusable, 0, {}})));
}

} // namespace kith::model
