// Two people in one test program: each with preferences, a messenger and real workers.
#pragma once

#include "model/messenger.h"
#include "model/preferences.h"

#include <QString>
#include <QTest>

namespace kith::test {

/// One person. Owned by the test; nothing of it touches the disk.
class Person final {
public:
    explicit Person(const QString& name)
        : messenger_(QStringLiteral(KITH_WORKER), preferences_) {
        preferences_.setName(name);
    }

    [[nodiscard]] model::Messenger& messenger() { return messenger_; }
    [[nodiscard]] model::Preferences& preferences() { return preferences_; }

    /// Hosts on a port that the kernel chooses; 0 where that failed.
    [[nodiscard]] quint16 host() {
        messenger_.hosting()->start(0);
        const bool on =
            QTest::qWaitFor([&] { return messenger_.hosting()->state() == core::HostingState::On; });
        return on ? messenger_.hosting()->port() : quint16(0);
    }

    /// Dials and returns at once; null where that was refused at once.
    [[nodiscard]] model::Conversation* dial(quint16 port) {
        const auto result = messenger_.connectTo(QStringLiteral("127.0.0.1:%1").arg(port), true);
        return result ? result.value() : nullptr;
    }

    /// The first request that waits; null where none comes.
    [[nodiscard]] model::Conversation* request() {
        const bool came = QTest::qWaitFor([&] { return !messenger_.requests().isEmpty(); });
        return came ? messenger_.requests().first() : nullptr;
    }

private:
    model::Preferences preferences_;
    model::Messenger messenger_;
};

} // namespace kith::test
