// For tests: a messenger with real workers, and what every test of it begins and ends with.
#pragma once

#include "core/limits.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "support/plain_peer.h"
#include "support/process_watch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

namespace kith::tests {

constexpr int patience = 15000;

/// A messenger over KITH_WORKER. Owned by a test, fresh for each; GUI thread.
struct MessengerFixture {
    void init() {
        descriptors = descriptorCount();
        preferences = std::make_unique<model::Preferences>();
        folder = std::make_unique<QTemporaryDir>();
        openHistory();
        begin(QStringLiteral(KITH_WORKER));
        loop = std::make_unique<LoopWatch>();
    }

    void openHistory() {
        history = std::make_unique<model::History>(folder->path(), nullptr, vfs);
        history->open();
        identity = std::make_unique<model::Identity>(folder->path());
        identity->load();
        people = std::make_unique<model::People>(*history);
        invites = std::make_unique<model::Invites>(*history);
    }

    void closeHistory() {
        invites.reset();
        people.reset();
        identity.reset();
        history.reset();
    }

    /// As closing the program and starting it again.
    void startAgain() {
        QSignalSpy finished(messenger.get(), &model::Messenger::finished);
        messenger->shutDown();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        messenger.reset();
        closeHistory();
        openHistory();
        begin(QStringLiteral(KITH_WORKER));
    }

    /// A messenger in the place of the one there was.
    void begin(const QString& workerProgram) {
        messenger = std::make_unique<model::Messenger>(
            model::MessengerPlace{workerProgram, *preferences, *history, *identity, *people, *invites});
    }

    /// Ends it; nothing may be left, and nothing may have held the event loop.
    void cleanup() {
        QVERIFY2(loop->longestMilliseconds() <= 500,
                 qPrintable(QString::number(loop->longestMilliseconds())));
        loop.reset();
        QSignalSpy finished(messenger.get(), &model::Messenger::finished);
        messenger->shutDown();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        messenger.reset();
        closeHistory();
        QVERIFY(children().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(descriptorCount(), descriptors, patience);
    }

    void host() const {
        messenger->hosting()->start(0);
        QTRY_COMPARE_WITH_TIMEOUT(messenger->hosting()->state(), core::HostingState::On, patience);
    }

    [[nodiscard]] PlainPeer visitor() const { return PlainPeer(messenger->hosting()->port()); }

    /// A peer that is let in, and its conversation; none where it takes too long.
    [[nodiscard]] model::Conversation* letIn(PlainPeer& peer, const QByteArray& hello) const {
        const auto before = messenger->requests().size();
        peer.write(hello);
        if (!QTest::qWaitFor([&] { return messenger->requests().size() > before; }, patience))
            return nullptr;
        model::Conversation* const conversation = messenger->requests().last();
        conversation->accept();
        const auto isOpen = [&] { return conversation->state() == core::ConversationState::Open; };
        return QTest::qWaitFor(isOpen, patience) ? conversation : nullptr;
    }

    std::unique_ptr<model::Preferences> preferences;
    QString vfs; ///< of the history; set before init()
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<model::History> history;
    std::unique_ptr<model::Identity> identity;
    std::unique_ptr<model::People> people;
    std::unique_ptr<model::Invites> invites;
    std::unique_ptr<model::Messenger> messenger;
    std::unique_ptr<LoopWatch> loop;
    qsizetype descriptors = 0;
};

} // namespace kith::tests
