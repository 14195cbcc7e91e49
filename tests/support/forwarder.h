// For tests: another address for a port, as a router or a relay gives one.
#pragma once

#include "support/plain_peer.h"

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <memory>
#include <vector>

namespace kith::tests {

/// Passes on whatever comes to its own port of 127.0.0.1, both ways, without looking at it. GUI thread.
class Forwarder final : public QObject {
public:
    explicit Forwarder(quint16 to)
        : to_(to)
        , listening_(host_.descriptor(), QSocketNotifier::Read) {
        connect(&listening_, &QSocketNotifier::activated, this, [this] {
            auto from = std::make_shared<PlainPeer>(host_.accept());
            auto onward = std::make_shared<PlainPeer>(to_);
            pass(from, onward);
            pass(onward, from);
        });
    }
    [[nodiscard]] QString address() const { return host_.address(); }

private:
    void pass(const std::shared_ptr<PlainPeer>& from, const std::shared_ptr<PlainPeer>& onward) {
        auto* const notifier = new QSocketNotifier(from->descriptor(), QSocketNotifier::Read, this);
        connect(notifier, &QSocketNotifier::activated, this, [notifier, from, onward] {
            const bool over = from->isAtEnd();
            if (!from->read().isEmpty())
                onward->write(from->takeRead());
            if (!over)
                return;
            notifier->setEnabled(false);
            onward->endWriting();
        });
    }

    quint16 to_;
    PlainHost host_;
    QSocketNotifier listening_;
};

} // namespace kith::tests
