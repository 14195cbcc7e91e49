// Two people in one test program: each with preferences, a messenger and real workers.
#pragma once

#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"

#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace kith::test {

/// One person, with a profile of their own that goes with them. Owned by the test.
class Person final {
public:
    /// What is in a profile's folder before it is opened.
    using Prepare = std::function<void(const QString& folder)>;

    explicit Person(const QString& name, const Prepare& prepare = {})
        : history_(folder_.path())
        , identity_(folder_.path())
        , people_(history_)
        , invites_(history_)
        , messenger_({QStringLiteral(KITH_WORKER), preferences_, history_, identity_, people_, invites_}) {
        preferences_.setName(name);
        if (prepare)
            prepare(folder_.path());
        history_.open();
        identity_.load();
    }

    [[nodiscard]] model::Messenger& messenger() { return messenger_; }
    [[nodiscard]] model::Preferences& preferences() { return preferences_; }
    [[nodiscard]] model::History& history() { return history_; }
    [[nodiscard]] QString folder() const { return folder_.path(); }

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
    QTemporaryDir folder_;
    model::Preferences preferences_;
    model::History history_;
    model::Identity identity_;
    model::People people_;
    model::Invites invites_;
    model::Messenger messenger_;
};

} // namespace kith::test
