#include "core/handshake.h"

#include "core/limits.h"

#include <utility>

namespace kith::core {

namespace {

/// May this be the other's key at all? The same first checks at both ends, in this order (PROTOCOL.md, "Who
/// it is"); the signature is always the last.
std::optional<Reason> faultOf(const PublicKey& theirs, const PublicKey& own) {
    if (!isUsableKey(theirs))
        return Reason::KeyInvalid;
    if (theirs == own)
        return Reason::OwnKey;
    return {};
}

} // namespace

InitiatorHandshake::InitiatorHandshake(const Setup& setup)
    : setup_(setup)
    , own_(makeHello(!setup.expected.has_value(), setup.noContactFits))
    , hello_(encode(own_)) {
    if (!setup_.expected)
        setup_.invite.reset();
}

InitiatorHandshake::Step InitiatorHandshake::refuse(Reason reason, std::optional<PublicKey> key) {
    state_ = State::Over;
    return Refused{reason, key};
}

InitiatorHandshake::Step InitiatorHandshake::secured(const Secured& secured, const SigningKey& self) {
    if (state_ != State::Fresh)
        return refuse(Reason::Internal);
    const Result<Hello> theirs = decode(secured.peerHello, Side::Responder);
    if (!theirs)
        return refuse(theirs.error().reason);
    const Result<Chosen> chosen = choose(own_, *theirs);
    if (!chosen)
        return refuse(chosen.error().reason);
    if (setup_.expected == self.publicKey())
        return refuse(Reason::OwnKey);
    parts_ = {*chosen,           secured.exporter, hello_,
              secured.peerHello, self.publicKey(), setup_.expected.value_or(PublicKey{})};
    const Transcript signedBytes = transcript(Side::Initiator, parts_);
    const Result<Signature> signature = self.sign(signedBytes.view());
    if (!signature)
        return refuse(signature.error().reason);
    AuthInitiator auth{self.publicKey(), *signature, {}, {}};
    if (setup_.invite) {
        auth.invite = setup_.invite->id;
        auth.proof = inviteProof(setup_.invite->secret, signedBytes);
    }
    state_ = State::Sent;
    return Send{auth};
}

InitiatorHandshake::Step InitiatorHandshake::receive(const HandshakeFrame& frame) {
    return std::visit([this](const auto& each) { return take(each); }, frame);
}

InitiatorHandshake::Step InitiatorHandshake::take(const AuthResponder& auth) {
    if (state_ != State::Sent && state_ != State::Waiting)
        return refuse(Reason::ProtocolBroken);
    if (const auto fault = faultOf(auth.key, parts_.initiatorKey))
        return refuse(*fault);
    if (setup_.expected && *setup_.expected != auth.key)
        return refuse(Reason::KeyChanged, auth.key);
    parts_.responderKey = auth.key;
    if (!verify(auth.key, transcript(Side::Responder, parts_).view(), auth.signature))
        return refuse(Reason::SignatureWrong);
    state_ = State::Done;
    return Verified{auth.key, parts_.chosen};
}

InitiatorHandshake::Step InitiatorHandshake::take(const Wait& /*wait*/) {
    if (state_ != State::Sent)
        return refuse(Reason::ProtocolBroken);
    state_ = State::Waiting;
    return Asked{};
}

InitiatorHandshake::Step InitiatorHandshake::take(const Known& known) {
    // It answers "I do not know your key" alone: to any other a host would only send us round in circles.
    if (state_ != State::Sent || !own_.hostKeyUnknown || own_.noContactFits)
        return refuse(Reason::ProtocolBroken);
    state_ = State::Over;
    return Recognise{known.hint, parts_.exporter};
}

template <typename Frame>
InitiatorHandshake::Step InitiatorHandshake::take(const Frame& /*ours*/) {
    return refuse(Reason::ProtocolBroken);
}

ResponderHandshake::ResponderHandshake(const PublicKey& self)
    : self_(self)
    , own_(makeHello())
    , hello_(encode(own_)) {}

ResponderHandshake::Step ResponderHandshake::refuse(Reason reason) {
    state_ = State::Over;
    return Refused{reason};
}

ResponderHandshake::Step ResponderHandshake::secured(const Secured& secured) {
    if (state_ != State::Fresh)
        return refuse(Reason::Internal);
    const Result<Hello> theirs = decode(secured.peerHello, Side::Initiator);
    if (!theirs)
        return refuse(theirs.error().reason);
    const Result<Chosen> chosen = choose(own_, *theirs);
    if (!chosen)
        return refuse(chosen.error().reason);
    theirs_ = *theirs;
    parts_ = {*chosen, secured.exporter, secured.peerHello, hello_, {}, self_};
    state_ = State::Ready;
    return Listening{};
}

ResponderHandshake::Step ResponderHandshake::receive(const HandshakeFrame& frame) {
    return std::visit([this](const auto& each) { return take(each); }, frame);
}

ResponderHandshake::Step ResponderHandshake::take(const AuthInitiator& auth) {
    if (state_ != State::Ready)
        return refuse(Reason::ProtocolBroken);
    if (const auto fault = faultOf(auth.key, self_))
        return refuse(*fault);
    parts_.initiatorKey = auth.key;
    if (!verify(auth.key, transcript(Side::Initiator, parts_).view(), auth.signature))
        return refuse(Reason::SignatureWrong);
    auth_ = auth;
    state_ = State::Decide;
    return Caller{auth.key, theirs_.hostKeyUnknown, theirs_.noContactFits,
                  hasInvite() ? std::optional(auth.invite) : std::nullopt, parts_.chosen};
}

ResponderHandshake::Step ResponderHandshake::take(const Knock& knock) {
    const bool crossed = state_ == State::Done && asked_; // our AUTH, on its way
    if ((state_ != State::Asking && !crossed) || knocked_ || knock.name.size() > limits::knockName)
        return refuse(Reason::ProtocolBroken);
    knocked_ = true;
    return Knocked{knock.name};
}

template <typename Frame>
ResponderHandshake::Step ResponderHandshake::take(const Frame& /*ours*/) {
    return refuse(Reason::ProtocolBroken);
}

/// An invite carries the host's key, so one that comes without it is none.
bool ResponderHandshake::hasInvite() const {
    return auth_ && !auth_->invite.isZero() && !theirs_.hostKeyUnknown;
}

bool ResponderHandshake::proves(const InviteSecret& secret) const {
    return hasInvite() &&
           sameSecret(inviteProof(secret, transcript(Side::Initiator, parts_)).view(), auth_->proof.view());
}

Result<HandshakeFrame> ResponderHandshake::admit(const SigningKey& self) {
    if ((state_ != State::Decide && state_ != State::Asking) || self.publicKey() != self_)
        return Error{Reason::Internal, 0, "nobody to admit"};
    state_ = State::Done; // whatever comes of it: there is no second signature
    const Result<Signature> signature = self.sign(transcript(Side::Responder, parts_).view());
    if (!signature) {
        state_ = State::Over;
        return signature.error();
    }
    return HandshakeFrame(AuthResponder{self_, *signature});
}

Result<HandshakeFrame> ResponderHandshake::ask() {
    if (state_ != State::Decide)
        return Error{Reason::Internal, 0, "nobody to ask about"};
    state_ = State::Asking;
    asked_ = true;
    return HandshakeFrame(Wait{});
}

Result<HandshakeFrame> ResponderHandshake::recognise() {
    if (state_ != State::Decide || !theirs_.hostKeyUnknown || theirs_.noContactFits)
        return Error{Reason::Internal, 0, "nobody to recognise"};
    state_ = State::Over;
    return HandshakeFrame(Known{knownHint(self_, parts_.exporter)});
}

} // namespace kith::core
