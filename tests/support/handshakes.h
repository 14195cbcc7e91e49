// Both halves of a handshake in one process, brought into any of their states. What comes of a step has a
// name, for tables: "send", "asked", "refused own-key".
#pragma once

#include "core/handshake.h"
#include "support/fixed_keys.h"

#include <QByteArray>
#include <QByteArrayList>

#include <cstdlib>
#include <memory>

namespace kith::tests {

/// Ann dials, Bob hosts, and Eve would like to be either.
inline const core::SigningKey& ann() {
    static const core::SigningKey key = keyOfSeed(QByteArray(32, 'a'));
    return key;
}
inline const core::SigningKey& bob() {
    static const core::SigningKey key = keyOfSeed(QByteArray(32, 'b'));
    return key;
}
inline const core::SigningKey& eve() {
    static const core::SigningKey key = keyOfSeed(QByteArray(32, 'e'));
    return key;
}

/// The step as what it must be; another one is a mistake of the test's.
template <typename As, typename Step>
As as(const Step& step) {
    const As* const each = std::get_if<As>(&step);
    if (each == nullptr)
        std::abort();
    return *each;
}

inline QByteArray codeOf(core::Reason reason) {
    const std::string_view text = core::code(reason);
    return QByteArray(text.data(), qsizetype(text.size()));
}

inline QByteArray nameOf(const core::InitiatorHandshake::Step& step) {
    using I = core::InitiatorHandshake;
    if (const auto* refused = std::get_if<I::Refused>(&step))
        return QByteArray("refused ") + codeOf(refused->reason);
    static const QByteArrayList names = {"send", "asked", "recognise", "verified"};
    return names.value(qsizetype(step.index()));
}

inline QByteArray nameOf(const core::ResponderHandshake::Step& step) {
    using R = core::ResponderHandshake;
    if (const auto* refused = std::get_if<R::Refused>(&step))
        return QByteArray("refused ") + codeOf(refused->reason);
    static const QByteArrayList names = {"listening", "caller", "knocked"};
    return names.value(qsizetype(step.index()));
}

inline QByteArray nameOf(const core::Result<core::HandshakeFrame>& said) {
    static const QByteArrayList names = {"auth of I", "auth of R", "wait", "known", "knock"};
    return said.ok() ? names.value(qsizetype(said->index()))
                     : QByteArray("error ") + codeOf(said.error().reason);
}

inline core::InitiatorHandshake::Setup setupFor(bool expected, bool noContactFits = false) {
    core::InitiatorHandshake::Setup setup;
    if (expected)
        setup.expected = bob().publicKey();
    setup.noContactFits = noContactFits;
    return setup;
}

/// Ann's half and the half of a host, Bob unless said, and the TLS session between them.
struct Session {
    core::InitiatorHandshake initiator;
    core::ResponderHandshake responder;
    core::Exporter exporter = core::Exporter::random();

    explicit Session(const core::InitiatorHandshake::Setup& setup, const core::SigningKey& host = bob())
        : initiator(setup)
        , responder(host.publicKey()) {}

    /// Both hear the other's HELLO; gives the AUTH that Ann's half made.
    core::AuthInitiator secure() {
        (void)responder.secured({initiator.hello(), exporter});
        const auto step = initiator.secured({responder.hello(), exporter}, ann());
        return std::get<core::AuthInitiator>(as<core::InitiatorHandshake::Send>(step).frame);
    }
    /// What is signed here, but for the host's key.
    [[nodiscard]] core::TranscriptParts parts() const {
        core::TranscriptParts parts;
        parts.exporter = exporter;
        parts.initiatorHello = initiator.hello();
        parts.responderHello = responder.hello();
        parts.initiatorKey = ann().publicKey();
        return parts;
    }
};

// --- states and inputs by name ---------------------------------------------------------------------------

/// A session whose inputs are right where they may be: `auth` is Ann's, answer() Bob's.
struct Play : Session {
    using Session::Session;

    core::AuthInitiator auth{};

    [[nodiscard]] core::AuthResponder answer() const {
        core::TranscriptParts all = parts();
        all.responderKey = bob().publicKey();
        const auto signature = bob().sign(core::transcript(core::Side::Responder, all).view());
        return {bob().publicKey(), signature.value()};
    }
};

inline core::InitiatorHandshake::Setup setupNamed(const QByteArray& state) {
    return setupFor(state.endsWith("expecting"), state.endsWith("first time"));
}

inline QByteArrayList initiatorStates() {
    return {"fresh, expecting",
            "fresh, address",
            "fresh, first time",
            "sent, expecting",
            "sent, address",
            "sent, first time",
            "waiting",
            "recognised",
            "done",
            "over"};
}

inline QByteArrayList initiatorInputs() {
    return {"secured", "auth of I", "auth of R", "wrong auth of R", "wait", "known", "knock"};
}

inline std::unique_ptr<Play> initiatorIn(const QByteArray& state) {
    auto play = std::make_unique<Play>(setupNamed(state));
    if (state.startsWith("fresh"))
        return play;
    play->auth = play->secure();
    if (state == "waiting")
        (void)play->initiator.receive(core::Wait{});
    else if (state == "recognised")
        (void)play->initiator.receive(core::Known{});
    else if (state == "done")
        (void)play->initiator.receive(play->answer());
    else if (state == "over")
        (void)play->initiator.receive(core::Knock{});
    return play;
}

inline QByteArrayList responderStates() {
    return {"fresh",
            "ready",
            "decide, expecting",
            "decide, address",
            "decide, first time",
            "asking",
            "asking, knocked",
            "recognised",
            "done",
            "done, asked",
            "over"};
}

inline QByteArrayList responderInputs() {
    return {"secured", "auth of I", "wrong auth of I", "auth of R", "wait", "known", "knock"};
}

inline QByteArrayList responderCalls() {
    return {"admit", "ask", "recognise"};
}

inline std::unique_ptr<Play> responderIn(const QByteArray& state) {
    const bool fits = state.contains(',') && !state.endsWith("knocked") && !state.endsWith("asked");
    auto play = std::make_unique<Play>(fits ? setupNamed(state) : setupFor(false));
    if (state == "fresh") {
        (void)play->initiator.secured({play->responder.hello(), play->exporter}, ann());
        return play;
    }
    play->auth = play->secure();
    if (state == "ready")
        return play;
    (void)play->responder.receive(play->auth);
    if (state.startsWith("asking") || state == "done, asked")
        (void)play->responder.ask();
    if (state == "asking, knocked")
        (void)play->responder.receive(core::Knock{"Ann"});
    if (state.startsWith("done"))
        (void)play->responder.admit(bob());
    if (state == "recognised")
        (void)play->responder.recognise();
    if (state == "over")
        (void)play->responder.receive(core::Wait{});
    return play;
}

inline core::HandshakeFrame frameNamed(const Play& play, const QByteArray& input) {
    if (input.endsWith("auth of I")) {
        core::AuthInitiator auth = play.auth;
        auth.key = ann().publicKey();
        if (input.startsWith("wrong"))
            auth.signature.bytes[0] ^= 1;
        return auth;
    }
    if (input.endsWith("auth of R")) {
        core::AuthResponder auth = play.answer();
        if (input.startsWith("wrong"))
            auth.signature.bytes[0] ^= 1;
        return auth;
    }
    if (input == "wait")
        return core::Wait{};
    if (input == "known")
        return core::Known{core::knownHint(bob().publicKey(), play.exporter)};
    return core::Knock{"Ann"};
}

/// Gives that input to the half whose state was named, and says what comes of it.
inline QByteArray giveInitiator(Play& play, const QByteArray& input) {
    if (input == "secured")
        return nameOf(play.initiator.secured({play.responder.hello(), play.exporter}, ann()));
    return nameOf(play.initiator.receive(frameNamed(play, input)));
}

inline QByteArray giveResponder(Play& play, const QByteArray& input) {
    if (input == "secured")
        return nameOf(play.responder.secured({play.initiator.hello(), play.exporter}));
    if (input == "admit")
        return nameOf(play.responder.admit(bob()));
    if (input == "ask")
        return nameOf(play.responder.ask());
    if (input == "recognise")
        return nameOf(play.responder.recognise());
    return nameOf(play.responder.receive(frameNamed(play, input)));
}

} // namespace kith::tests
