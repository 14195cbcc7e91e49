// From the store threads to the thread that asked.
#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace kith::store {

/// Runs functions in the thread of a receiver, in the order they were given, in turns of at most
/// limits::storeDelivery of its event loop, so that a burst of results never holds a window. Shared by the
/// Store and its threads; deliver() may be called in any thread, the rest in the receiver's alone. After
/// stop() nothing is run any more.
class Delivery final : public std::enable_shared_from_this<Delivery> {
public:
    explicit Delivery(QObject* receiver);

    void deliver(std::function<void()> function);
    /// Runs what has come and drops the receiver: before it is destroyed.
    void stop();

private:
    void turn();
    void ask();

    std::mutex mutex_;
    std::deque<std::function<void()>> waiting_;
    QObject* receiver_;
    bool asked_ = false;
};

} // namespace kith::store
