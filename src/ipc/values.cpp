#include "ipc/values.h"

#include "core/text.h"

#include <limits>
#include <variant>

namespace kith::ipc {

namespace limits = core::limits;

namespace {

template <typename T>
void put(std::string* out, const T& bytes) {
    out->assign(bytes.view());
}

void put(pb::Handshake& out, const core::AuthInitiator& auth) {
    pb::Handshake::AuthInitiator* to = out.mutable_auth_initiator();
    put(to->mutable_key(), auth.key);
    put(to->mutable_signature(), auth.signature);
    put(to->mutable_invite(), auth.invite);
    put(to->mutable_proof(), auth.proof);
}
void put(pb::Handshake& out, const core::AuthResponder& auth) {
    put(out.mutable_auth_responder()->mutable_key(), auth.key);
    put(out.mutable_auth_responder()->mutable_signature(), auth.signature);
}
void put(pb::Handshake& out, const core::Wait&) {
    out.mutable_wait();
}
void put(pb::Handshake& out, const core::Known& known) {
    put(out.mutable_known()->mutable_hint(), known.hint);
}
void put(pb::Handshake& out, const core::Knock& knock) {
    out.mutable_knock()->set_name(knock.name);
}

core::Result<core::HandshakeFrame> initiatorOf(const pb::Handshake::AuthInitiator& from) {
    const auto key = bytesOf<core::PublicKey>(from.key());
    const auto signature = bytesOf<core::Signature>(from.signature());
    const auto invite = bytesOf<core::InviteId>(from.invite());
    const auto proof = bytesOf<core::InviteProof>(from.proof());
    if (!key || !signature || !invite || !proof)
        return broke("AUTH of a wrong length");
    return core::HandshakeFrame(core::AuthInitiator{*key, *signature, *invite, *proof});
}

core::Result<core::HandshakeFrame> responderOf(const pb::Handshake::AuthResponder& from) {
    const auto key = bytesOf<core::PublicKey>(from.key());
    const auto signature = bytesOf<core::Signature>(from.signature());
    if (!key || !signature)
        return broke("AUTH of a wrong length");
    return core::HandshakeFrame(core::AuthResponder{*key, *signature});
}

} // namespace

void fill(pb::Endpoint* out, const core::Endpoint& endpoint) {
    out->set_host(endpoint.host);
    out->set_port(endpoint.port);
}

void fill(pb::Handshake* out, const core::HandshakeFrame& frame) {
    std::visit([out](const auto& f) { put(*out, f); }, frame);
}

void fill(pb::Profile* out, const core::Profile& profile) {
    out->set_name(profile.name);
    for (const core::Endpoint& host : profile.hosts)
        fill(out->add_hosts(), host);
}

void fill(pb::Entry* out, const core::Entry& entry) {
    put(out->mutable_stream(), entry.stream);
    out->set_number(entry.number);
    put(out->mutable_id(), entry.id);
    out->set_written_at(entry.writtenAt);
    out->set_kind(static_cast<std::uint32_t>(entry.kind));
    out->set_text(entry.text);
}

core::Result<std::uint16_t> portOf(std::uint32_t port, bool zeroAllowed) {
    if (port > std::numeric_limits<std::uint16_t>::max() || (port == 0 && !zeroAllowed))
        return broke("port out of range");
    return static_cast<std::uint16_t>(port);
}

core::Result<core::Endpoint> endpointOf(const pb::Endpoint& from) {
    const auto port = portOf(from.port(), false);
    if (!port)
        return port.error();
    if (from.host().empty() || from.host().size() > limits::hostName)
        return broke("host out of bounds");
    for (const char c : from.host()) {
        if (c <= ' ' || c > '~')
            return broke("host is not ASCII");
    }
    return core::Endpoint{from.host(), *port};
}

core::Result<std::string> textOf(const std::string& text, std::size_t most) {
    if (text.size() > most)
        return broke("text too long");
    if (text.find('\0') != std::string::npos || !core::isValidUtf8(text))
        return broke("text is not UTF-8");
    return text;
}

core::Result<core::HandshakeFrame> handshakeOf(const pb::Handshake& from) {
    switch (from.frame_case()) {
    case pb::Handshake::kAuthInitiator:
        return initiatorOf(from.auth_initiator());
    case pb::Handshake::kAuthResponder:
        return responderOf(from.auth_responder());
    case pb::Handshake::kWait:
        return core::HandshakeFrame(core::Wait{});
    case pb::Handshake::kKnown: {
        const auto hint = bytesOf<core::KnownHint>(from.known().hint());
        if (!hint)
            return hint.error();
        return core::HandshakeFrame(core::Known{*hint});
    }
    case pb::Handshake::kKnock: {
        const auto name = textOf(from.knock().name(), limits::knockName);
        if (!name)
            return name.error();
        return core::HandshakeFrame(core::Knock{*name});
    }
    case pb::Handshake::FRAME_NOT_SET:
        break;
    }
    return broke("unknown frame");
}

core::Result<core::Profile> profileOf(const pb::Profile& from) {
    const auto name = textOf(from.name(), limits::nameBytes);
    if (!name)
        return name.error();
    if (from.hosts_size() > static_cast<int>(limits::profileAddresses))
        return broke("too many hosts");
    core::Profile profile{*name, {}};
    for (const pb::Endpoint& each : from.hosts()) {
        const auto host = endpointOf(each);
        if (!host)
            return host.error();
        if (core::hostKind(host->host) == core::HostKind::Name)
            return broke("host is a name");
        profile.hosts.push_back(*host);
    }
    return profile;
}

core::Result<core::Entry> entryOf(const pb::Entry& from) {
    const auto stream = bytesOf<core::StreamId>(from.stream());
    const auto id = bytesOf<core::EntryId>(from.id());
    const auto text = textOf(from.text(), limits::entryText);
    if (!stream || !id)
        return broke("id of a wrong length");
    if (!text)
        return text.error();
    if (from.number() == 0)
        return broke("entry without a number");
    if (from.written_at() < 0 || from.written_at() > limits::latestTime)
        return broke("time out of range");
    return core::Entry{
        *stream, from.number(), *id, from.written_at(), static_cast<core::EntryKind>(from.kind()), *text};
}

} // namespace kith::ipc
