#include "core/limits.h"
#include "ipc/codec.h"
#include "ipc/values.h"

namespace kith::ipc {

namespace limits = core::limits;

namespace {

core::Result<ToWorker> startOf(const pb::Start& from) {
    Start start;
    start.programPid = from.program_pid();
    if (start.programPid <= 0)
        return broke("no pid");
    start.sandboxOptional = from.sandbox_optional();
    switch (from.role_case()) {
    case pb::Start::kListen: {
        const auto port = portOf(from.listen().port(), true);
        if (!port)
            return port.error();
        start.role = ListenRole{*port};
        return ToWorker(start);
    }
    case pb::Start::kConnect: {
        const auto peer = endpointOf(from.connect().peer());
        if (!peer)
            return peer.error();
        ConnectRole role{*peer, std::nullopt};
        if (const std::string& bytes = from.connect().hello(); !bytes.empty()) {
            const auto hello = bytesOf<core::HelloBytes>(bytes);
            if (!hello)
                return hello.error();
            role.hello = *hello;
        }
        start.role = role;
        return ToWorker(start);
    }
    case pb::Start::kServe: {
        const pb::Start::Serve& serve = from.serve();
        const auto hello = bytesOf<core::HelloBytes>(serve.hello());
        if (!hello)
            return hello.error();
        start.role = ServeRole{serve.token(), serve.plain_allowed(), serve.let_in(), *hello};
        return ToWorker(start);
    }
    case pb::Start::ROLE_NOT_SET:
        break;
    }
    return broke("no role");
}

/// A message that is one checked value.
template <typename Message, typename T, typename Value>
core::Result<Message> with(const core::Result<Value>& value) {
    if (!value)
        return value.error();
    return Message(T{*value});
}

core::Result<ToWorker> sendTextOf(const pb::SendText& from) {
    const auto text = textOf(from.text(), limits::messageText);
    if (!text)
        return text.error();
    return ToWorker(SendText{from.number(), *text});
}

core::Result<ToWorker> sendEntryOf(const pb::SendEntry& from) {
    const auto entry = entryOf(from.entry());
    if (!entry)
        return entry.error();
    return ToWorker(SendEntry{from.number(), *entry});
}

core::Result<ToWorker> farewellOf(const pb::Farewell& from) {
    if (!from.has_goodbye())
        return ToWorker(Farewell{});
    if (from.goodbye() > static_cast<std::uint32_t>(core::Goodbye::Superseded))
        return broke("unknown goodbye");
    return ToWorker(Farewell{static_cast<core::Goodbye>(from.goodbye())});
}

core::Result<FromWorker> requestOf(const pb::Request& from) {
    const auto peer = endpointOf(from.peer());
    if (!peer)
        return peer.error();
    // Each of its bytes may have become U+FFFD, three bytes of UTF-8.
    const auto preview = textOf(from.preview(), 3 * limits::plainPreview);
    if (!preview)
        return preview.error();
    return FromWorker(Request{*peer, *preview});
}

core::Result<FromWorker> listeningOf(const pb::Listening& from) {
    const auto port = portOf(from.port(), false);
    if (!port)
        return port.error();
    if (!from.v4() && !from.v6())
        return broke("listening on nothing");
    return FromWorker(Listening{*port, from.v4(), from.v6()});
}

core::Result<FromWorker> secureUpOf(const pb::SecureUp& from) {
    const auto peer = endpointOf(from.peer());
    const auto hello = bytesOf<core::HelloBytes>(from.hello());
    const auto exporter = bytesOf<core::Exporter>(from.exporter());
    if (!peer)
        return peer.error();
    if (!hello || !exporter)
        return broke("HELLO or exporter of a wrong length");
    if (from.cipher().empty() || from.cipher().size() > limits::cipherName)
        return broke("cipher out of bounds");
    for (const char c : from.cipher()) {
        if (c <= ' ' || c > '~')
            return broke("cipher is not ASCII");
    }
    return FromWorker(SecureUp{*peer, *hello, *exporter, from.cipher()});
}

core::Result<FromWorker> sandboxedOf(const pb::Sandboxed& from) {
    // A list without a filter, or a filter without a list, is no sandbox that there is.
    if (from.allowed_calls() > limits::allowedCalls || from.seccomp() != (from.allowed_calls() > 0))
        return broke("a sandbox that cannot be");
    return FromWorker(Sandboxed{
        {from.seccomp(), from.allowed_calls(), from.landlock(), from.no_new_privileges(), from.seatbelt()}});
}

core::Result<FromWorker> endedOf(const pb::Ended& from) {
    const auto reason = core::reasonFromNumber(from.reason());
    if (!reason)
        return broke("unknown reason");
    return FromWorker(Ended{*reason, from.number()});
}

} // namespace

core::Result<ToWorker> decodeToWorker(std::string_view payload) {
    pb::ToWorker from;
    if (payload.size() > limits::boundaryMessage ||
        !from.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
        return broke("not a message");
    switch (from.message_case()) {
    case pb::ToWorker::kStart:
        return startOf(from.start());
    case pb::ToWorker::kTaken:
        return ToWorker(Taken{from.taken().token()});
    case pb::ToWorker::kAdmit:
        return ToWorker(Admit{});
    case pb::ToWorker::kSendText:
        return sendTextOf(from.send_text());
    case pb::ToWorker::kNoMore:
        return ToWorker(NoMore{});
    case pb::ToWorker::kSendHandshake:
        return with<ToWorker, SendHandshake>(handshakeOf(from.send_handshake()));
    case pb::ToWorker::kSendProfile:
        return with<ToWorker, SendProfile>(profileOf(from.send_profile()));
    case pb::ToWorker::kSendEntry:
        return sendEntryOf(from.send_entry());
    case pb::ToWorker::kFarewell:
        return farewellOf(from.farewell());
    case pb::ToWorker::kMeasure:
        return ToWorker(Measure{});
    case pb::ToWorker::MESSAGE_NOT_SET:
        break;
    }
    return broke("unknown message");
}

core::Result<FromWorker> decodeFromWorker(std::string_view payload) {
    pb::FromWorker from;
    if (payload.size() > limits::boundaryMessage ||
        !from.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
        return broke("not a message");
    switch (from.message_case()) {
    case pb::FromWorker::kReady:
        return FromWorker(Ready{});
    case pb::FromWorker::kListening:
        return listeningOf(from.listening());
    case pb::FromWorker::kAcceptPaused:
        return FromWorker(AcceptPaused{from.accept_paused().number()});
    case pb::FromWorker::kConnecting:
        return with<FromWorker, Connecting>(endpointOf(from.connecting()));
    case pb::FromWorker::kOpened:
        return with<FromWorker, Opened>(endpointOf(from.opened()));
    case pb::FromWorker::kRequest:
        return requestOf(from.request());
    case pb::FromWorker::kReceived:
        return with<FromWorker, Received>(textOf(from.received().text(), limits::plainLine));
    case pb::FromWorker::kWritten:
        return FromWorker(Written{from.written().number()});
    case pb::FromWorker::kStopping:
        return FromWorker(Stopping{});
    case pb::FromWorker::kEnded:
        return endedOf(from.ended());
    case pb::FromWorker::kSecureUp:
        return secureUpOf(from.secure_up());
    case pb::FromWorker::kPeerHandshake:
        return with<FromWorker, PeerHandshake>(handshakeOf(from.peer_handshake()));
    case pb::FromWorker::kPeerProfile:
        return with<FromWorker, PeerProfile>(profileOf(from.peer_profile()));
    case pb::FromWorker::kPeerEntry:
        return with<FromWorker, PeerEntry>(entryOf(from.peer_entry()));
    case pb::FromWorker::kSandboxed:
        return sandboxedOf(from.sandboxed());
    case pb::FromWorker::kMeasured:
        return FromWorker(Measured{
            {from.measured().round_trip(), from.measured().received(), from.measured().acknowledged()}});
    case pb::FromWorker::MESSAGE_NOT_SET:
        break;
    }
    return broke("unknown message");
}

} // namespace kith::ipc
