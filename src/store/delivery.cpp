#include "store/delivery.h"

#include "core/limits.h"

#include <QElapsedTimer>

#include <chrono>

namespace kith::store {

Delivery::Delivery(QObject* receiver)
    : receiver_(receiver) {}

void Delivery::deliver(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (!receiver_)
        return;
    waiting_.push_back(std::move(function));
    ask();
}

// With the mutex held, so that the receiver is not destroyed meanwhile.
void Delivery::ask() {
    if (asked_ || !receiver_)
        return;
    asked_ = true;
    QMetaObject::invokeMethod(
        receiver_, [self = shared_from_this()] { self->turn(); }, Qt::QueuedConnection);
}

void Delivery::turn() {
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(core::limits::storeDelivery);
    QElapsedTimer timer;
    timer.start();
    while (true) {
        std::function<void()> next;
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.empty() || timer.elapsed() >= limit.count()) {
                asked_ = false;
                if (!waiting_.empty())
                    ask();
                return;
            }
            next = std::move(waiting_.front());
            waiting_.pop_front();
        }
        next();
    }
}

void Delivery::stop() {
    std::deque<std::function<void()>> rest;
    {
        const std::lock_guard lock(mutex_);
        receiver_ = nullptr;
        rest.swap(waiting_);
    }
    for (const auto& function : rest)
        function();
}

} // namespace kith::store
