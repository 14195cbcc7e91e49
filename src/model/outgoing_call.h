// Reaching somebody: from an address, a contact or an invite to a session with whoever answers. Inside
// model/ alone.
#pragma once

#include "model/call.h"

#include <QString>

#include <vector>

namespace kith::model {

class People;

/// Whom to reach, and where.
struct OutgoingTarget {
    std::vector<core::Endpoint> addresses; ///< ASCII, tried in this order; at least one
    /// Those of them that a contact only told, which may be anybody's: another key there is somebody else.
    std::vector<core::Endpoint> told;
    /// The key that has to answer, of a contact or an invite; nothing: an address was typed.
    std::optional<core::PublicKey> expected;
    std::optional<core::InviteTicket> invite;
    std::optional<core::Endpoint> typed; ///< as a person typed it, where one did
};

/// One attempt to reach somebody securely (PROTOCOL.md, "Who it is"). It dials an address and, each time in a
/// fresh worker, again where the handshake asks for it:
///
///   - KNOWN: with the key of the contact that the hint fits, or with "no contact fits";
///   - a host whose key was not named turns out to be a contact: with that key;
///   - a key was named and the host closed without a word: once without, to learn which key answers there.
///     Nothing is said to that one. Another key is KeyChanged. A host that asks its person about us may have
///     closed for a reason that is over: the key is named once more, and who turns it down again has another.
///
/// At most limits::dialsOfOneCall of one address; then the next address, where somebody else, or nobody,
/// answered at this one. Owned by its Conversation; the rest as Call.
class OutgoingCall final : public Call {
    Q_OBJECT

public:
    /// What it stands on; outlives it.
    struct Place {
        Workers& workers;
        Identity& identity;
        const People& people;
    };

    /// `ownName` is what a person over there is shown with the request.
    OutgoingCall(const Place& place, OutgoingTarget target, QString ownName, QObject* parent);

    /// Once, when identity and people are ready.
    void start();
    void stop(std::optional<core::Goodbye> farewell) override;
    /// It cannot be meant: ended() follows with this reason.
    void giveUp(core::Reason reason);

    /// The one that is tried, or was tried last.
    [[nodiscard]] const core::Endpoint& address() const { return target_.addresses[at_]; }
    /// After KeyChanged: the key that answered, where it is known.
    [[nodiscard]] const std::optional<core::PublicKey>& otherKey() const { return otherKey_; }
    [[nodiscard]] const OutgoingTarget& target() const { return target_; }

Q_SIGNALS:
    /// This numeric address is tried now.
    void connecting(const kith::core::Endpoint& numeric);
    /// A person over there is asked.
    void asked();
    /// This key has answered, and proved itself: take() the worker, and send it our PROFILE.
    void answered(const kith::core::PublicKey& key);

private:
    /// One of the dials of one address.
    struct Dial {
        std::optional<core::PublicKey> expected;
        bool noContactFits = false;
        /// Only to learn who is there: the key that was named before.
        std::optional<core::PublicKey> sought{};
        bool isLast = false; ///< a host that turns the key down now has another
    };

    void dial(const Dial& next);
    void dialAgain(const Dial& next);
    void onWorkerEnded(const core::End& end) override;
    void onSecured() override;
    void onFrame(const core::HandshakeFrame& frame) override;
    void onStep(const core::Result<core::InitiatorHandshake::Step>& step);
    void handle(const core::InitiatorHandshake::Send& send);
    void handle(const core::InitiatorHandshake::Asked& asked);
    void handle(const core::InitiatorHandshake::Recognise& recognise);
    void handle(const core::InitiatorHandshake::Verified& verified);
    void handle(const core::InitiatorHandshake::Refused& refused);
    void onRecognised(const std::optional<core::PublicKey>& contact);
    /// A key that this attempt may be with, now that it is known; false where it has ended over it.
    [[nodiscard]] bool mayBeWith(const core::PublicKey& key);
    void keyChanged(const std::optional<core::PublicKey>& other);
    /// The next address, or the end.
    void nextOr(const core::End& end);
    void finish(const core::End& end);

    const People& people_;
    OutgoingTarget target_;
    QString ownName_;
    std::size_t at_ = 0; ///< of target_.addresses
    int dials_ = 0;      ///< of this address
    Dial dial_;
    std::shared_ptr<core::InitiatorHandshake> handshake_;
    bool sent_ = false;  ///< AUTH of this dial
    bool asked_ = false; ///< a person over there is, or was, asked
    bool stopping_ = false;
    bool over_ = false;
    std::optional<core::End> first_; ///< how the first address ended, or the first whose key has changed
    std::size_t firstAt_ = 0;
    std::optional<core::PublicKey> otherKey_;
};

} // namespace kith::model
