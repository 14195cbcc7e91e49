// One open connection of a conversation: its worker, and what is on its way over it. Inside model/ alone.
#pragma once

#include "core/endpoint.h"
#include "core/peer_messages.h"
#include "core/sandbox.h"
#include "core/state.h"
#include "core/traffic.h"
#include "store/values.h"

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace kith::supervisor {
class SessionWorker;
}

namespace kith::model {

/// A worker whose peer is settled: a plain-text peer that was dialled or let in, or a key that has proved
/// itself. What is sent before it is open waits here. Owned by its Conversation, which may have two for a
/// moment, and hand one over to another; GUI thread; ended() comes once, last.
class Session final : public QObject {
    Q_OBJECT

public:
    /// What is known of it from its beginning.
    struct Facts {
        bool dialled = false;               ///< by us
        bool weDecide = false;              ///< our key is the smaller one
        std::optional<core::PublicKey> key; ///< nothing in plain text
        core::Endpoint peer;                ///< numeric, where it is known
        QString cipher;
        store::Trust trust = store::Trust::Unverified; ///< how the key came to us
        std::optional<core::Endpoint> reachedAt;       ///< where it was dialled, to be remembered
        std::vector<core::Endpoint> told{};            ///< where it says to be reached: of an invite
        std::optional<core::Endpoint> typed;           ///< as a person typed it, where one did
    };

    Session(std::unique_ptr<supervisor::SessionWorker> worker, Facts facts, QObject* parent);
    ~Session() override;

    [[nodiscard]] const Facts& facts() const { return facts_; }
    [[nodiscard]] bool isSecure() const { return facts_.key.has_value(); }
    [[nodiscard]] bool isOpen() const { return open_; }
    /// stop() was called.
    [[nodiscard]] bool isLeaving() const { return leaving_; }
    /// When it was settled who the peer is.
    [[nodiscard]] std::chrono::steady_clock::time_point since() const { return since_; }
    [[nodiscard]] qint64 pid() const;
    /// What its worker is confined by.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;

    /// Plain text: it was opened before it came here.
    void setOpen(const core::Endpoint& peer);
    /// A message that is stored, or cannot be.
    void send(const store::NewEntry& entry);
    [[nodiscard]] std::size_t queuedBytes() const;
    /// As of supervisor::SessionWorker.
    [[nodiscard]] std::optional<core::Traffic> traffic() const;
    void measure();
    /// What was given to send() and is not with the kernel, oldest first; in plain text without its text.
    [[nodiscard]] QList<store::NewEntry> unwritten() const;
    void sendProfile(const core::Profile& profile);
    void hold(bool held);
    /// Ends it well, after what is queued.
    void stop(std::optional<core::Goodbye> farewell);

Q_SIGNALS:
    /// The plain-text conversation is open.
    void opened();
    /// The peer's PROFILE; it is open with the first.
    void profile(const kith::core::Profile& profile, bool first);
    void received(const QString& text);
    void entry(const kith::core::Entry& entry);
    /// It is with the kernel.
    void sent(const kith::store::EntryId& entry);
    void ended(const kith::core::End& end);

private:
    /// What the worker has, and the number it has it by.
    struct Handed {
        quint64 number = 0;
        store::NewEntry entry;
    };

    void hand(const store::NewEntry& entry);
    void handWaiting();
    void onWritten(quint64 number);

    std::unique_ptr<supervisor::SessionWorker> worker_;
    Facts facts_;
    std::chrono::steady_clock::time_point since_;
    bool open_ = false;
    bool leaving_ = false;
    quint64 lastNumber_ = 0;
    std::deque<Handed> handed_;
    std::deque<store::NewEntry> waiting_; ///< until it is open
    std::size_t waitingBytes_ = 0;
};

/// Of two sessions with one peer, as the program sees them that decides (PROTOCOL.md, "Two sessions with one
/// peer"): does the newer one go on?
[[nodiscard]] bool newerGoesOn(const Session& older, const Session& newer);

} // namespace kith::model
