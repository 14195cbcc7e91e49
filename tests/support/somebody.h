// For tests: people with profiles of their own in one test program, each over real workers.
#pragma once

#include "core/kith_id.h"
#include "core/limits.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "support/await.h"
#include "support/process_watch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace kith::tests {

constexpr int longPatience = 15000;

/// Everything that main() makes for one person, over KITH_WORKER. Owned by a test; GUI thread.
class Somebody final {
public:
    explicit Somebody(const QString& name) {
        preferences_.setName(name);
        begin();
    }
    ~Somebody() { end(); }

    [[nodiscard]] model::Messenger& messenger() { return *messenger_; }
    [[nodiscard]] model::Preferences& preferences() { return preferences_; }
    [[nodiscard]] model::History& history() { return *history_; }
    [[nodiscard]] model::People& people() { return *people_; }
    [[nodiscard]] model::Invites& invites() { return *invites_; }
    [[nodiscard]] const core::PublicKey& key() const { return identity_->key(); }
    [[nodiscard]] QString folder() const { return folder_.path(); }

    /// Hosts on a port of the kernel's choice; its address, or nothing where that failed.
    QString host(quint16 port = 0) {
        messenger_->hosting()->start(port);
        const bool on = QTest::qWaitFor(
            [&] { return messenger_->hosting()->state() == core::HostingState::On; }, longPatience);
        return on ? QStringLiteral("127.0.0.1:%1").arg(messenger_->hosting()->port()) : QString();
    }

    /// Dials securely and returns at once; null where that was refused at once.
    [[nodiscard]] model::Conversation* dial(const QString& typed) {
        const auto result = messenger_->connectTo(typed, false);
        return result ? *result : nullptr;
    }
    [[nodiscard]] model::Conversation* dial(const Somebody& contact) {
        const auto result = messenger_->connectTo(contact.key());
        return result ? *result : nullptr;
    }

    /// The first request that waits for an answer; null where none comes.
    [[nodiscard]] model::Conversation* request() {
        const auto asks = [&] {
            return !messenger_->requests().isEmpty() &&
                   messenger_->requests().first()->state() == core::ConversationState::Asking;
        };
        return QTest::qWaitFor(asks, longPatience) ? messenger_->requests().first() : nullptr;
    }

    /// The conversation with that contact, once it is open; null where that takes too long.
    [[nodiscard]] model::Conversation* openWith(const Somebody& contact) {
        const auto isOpen = [&] {
            model::Conversation* const there = with(contact);
            return there != nullptr && there->state() == core::ConversationState::Open;
        };
        return QTest::qWaitFor(isOpen, longPatience) ? with(contact) : nullptr;
    }
    /// The conversation with that contact, where there is one now.
    [[nodiscard]] model::Conversation* with(const Somebody& contact) {
        for (model::Conversation* each : messenger_->all()) {
            if (each->kind() == model::PeerKind::Contact && each->key() == contact.key())
                return each;
        }
        return nullptr;
    }

    [[nodiscard]] const model::Person* knows(const Somebody& other) const {
        return people_->find(other.key());
    }

    void begin() {
        history_ = std::make_unique<model::History>(folder_.path());
        history_->open();
        identity_ = std::make_unique<model::Identity>(folder_.path());
        identity_->load();
        people_ = std::make_unique<model::People>(*history_);
        invites_ = std::make_unique<model::Invites>(*history_);
        messenger_ = std::make_unique<model::Messenger>(model::MessengerPlace{
            QStringLiteral(KITH_WORKER), preferences_, *history_, *identity_, *people_, *invites_});
        QTRY_VERIFY_WITH_TIMEOUT(identity_->state() == model::Identity::State::Ready && people_->isReady() &&
                                     history_->state() == model::History::State::Open,
                                 longPatience);
    }
    /// As closing the program.
    void end() {
        if (!messenger_)
            return;
        QSignalSpy finished(messenger_.get(), &model::Messenger::finished);
        messenger_->shutDown();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, longPatience);
        messenger_.reset();
        invites_.reset();
        people_.reset();
        identity_.reset();
        history_.reset();
    }
    void startAgain() {
        end();
        begin();
    }

private:
    QTemporaryDir folder_;
    model::Preferences preferences_;
    std::unique_ptr<model::History> history_;
    std::unique_ptr<model::Identity> identity_;
    std::unique_ptr<model::People> people_;
    std::unique_ptr<model::Invites> invites_;
    std::unique_ptr<model::Messenger> messenger_;
};

/// Two contacts who are connected: `guest` has come to `host`, who has let them in. False where not.
inline bool meet(Somebody& host, Somebody& guest, const QString& address) {
    if (guest.dial(address) == nullptr)
        return false;
    model::Conversation* const request = host.request();
    if (request == nullptr)
        return false;
    request->accept();
    return host.openWith(guest) != nullptr && guest.openWith(host) != nullptr;
}

/// Both end; false where they do not.
inline bool part(Somebody& one, Somebody& other) {
    model::Conversation* const ours = one.with(other);
    model::Conversation* const theirs = other.with(one);
    if (ours == nullptr || theirs == nullptr)
        return false;
    ours->disconnectPeer();
    return QTest::qWaitFor(
        [&] {
            return ours->state() == core::ConversationState::Ended &&
                   theirs->state() == core::ConversationState::Ended;
        },
        longPatience);
}

} // namespace kith::tests
