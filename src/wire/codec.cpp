#include "wire/codec.h"

#include "core/limits.h"
#include "core/text.h"
#include "wire/peer.pb.h"

#include <limits>
#include <variant>

namespace kith::wire {

namespace limits = core::limits;

namespace {

constexpr std::size_t authInitiator =
    core::PublicKey::size + core::Signature::size + core::InviteId::size + core::InviteProof::size;
constexpr std::size_t authResponder = core::PublicKey::size + core::Signature::size;
static_assert(core::HelloBytes::size <= limits::handshakeFrame && authInitiator <= limits::handshakeFrame &&
              authResponder <= limits::handshakeFrame && core::KnownHint::size <= limits::handshakeFrame &&
              limits::knockName <= limits::handshakeFrame);

core::Error broken(const char* detail) {
    return {core::Reason::ProtocolBroken, 0, detail};
}

// --- values -> bytes: the type, and the payload; nothing where a value is over its bound

struct Payload {
    FrameType type{};
    std::string bytes;
};
using Encoded = std::optional<Payload>;

Encoded message(FrameType type, const google::protobuf::MessageLite& from) {
    Payload payload{type, {}};
    if (!from.SerializeToString(&payload.bytes))
        return std::nullopt;
    return payload;
}

Encoded payloadOf(const Hello& hello) {
    return Payload{FrameType::Hello, std::string(hello.bytes.view())};
}
Encoded payloadOf(const core::AuthInitiator& auth) {
    std::string bytes(auth.key.view());
    bytes.append(auth.signature.view()).append(auth.invite.view()).append(auth.proof.view());
    return Payload{FrameType::AuthInitiator, std::move(bytes)};
}
Encoded payloadOf(const core::AuthResponder& auth) {
    std::string bytes(auth.key.view());
    bytes.append(auth.signature.view());
    return Payload{FrameType::AuthResponder, std::move(bytes)};
}
Encoded payloadOf(const core::Wait&) {
    return Payload{FrameType::Wait, {}};
}
Encoded payloadOf(const core::Known& known) {
    return Payload{FrameType::Known, std::string(known.hint.view())};
}
Encoded payloadOf(const core::Knock& knock) {
    return Payload{FrameType::Knock, knock.name};
}
Encoded payloadOf(const core::Profile& profile) {
    if (profile.name.size() > limits::nameBytes || profile.hosts.size() > limits::profileAddresses)
        return std::nullopt;
    pb::Profile out;
    out.set_name(profile.name);
    for (const core::Endpoint& host : profile.hosts) {
        pb::Profile::Host* to = out.add_hosts();
        to->set_address(host.host);
        to->set_port(host.port);
    }
    return message(FrameType::Profile, out);
}
Encoded payloadOf(const Ping&) {
    return Payload{FrameType::Ping, {}};
}
Encoded payloadOf(const Pong&) {
    return Payload{FrameType::Pong, {}};
}
Encoded payloadOf(const Farewell& farewell) {
    return Payload{FrameType::Goodbye, std::string(1, static_cast<char>(farewell.goodbye))};
}
Encoded payloadOf(const core::Entry& entry) {
    if (entry.text.size() > limits::entryText)
        return std::nullopt;
    pb::Entry out;
    out.mutable_stream()->assign(entry.stream.view());
    out.set_number(entry.number);
    out.mutable_id()->assign(entry.id.view());
    out.set_written(entry.writtenAt);
    out.set_kind(static_cast<std::uint32_t>(entry.kind));
    out.set_text(entry.text);
    return message(FrameType::Entry, out);
}

// --- bytes -> values

/// Takes values of fixed length from the front; all() tells whether there was exactly as much as was taken.
class Fields final {
public:
    explicit Fields(std::string_view bytes)
        : rest_(bytes) {}

    template <typename T>
    [[nodiscard]] T take() {
        const std::optional<T> value = T::from(rest_.substr(0, T::size));
        right_ = right_ && value.has_value();
        rest_.remove_prefix(std::min(T::size, rest_.size()));
        return value.value_or(T{});
    }
    [[nodiscard]] bool all() const { return right_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool right_ = true;
};

core::Result<Frame> initiatorOf(std::string_view payload) {
    Fields fields(payload);
    core::AuthInitiator auth;
    auth.key = fields.take<core::PublicKey>();
    auth.signature = fields.take<core::Signature>();
    auth.invite = fields.take<core::InviteId>();
    auth.proof = fields.take<core::InviteProof>();
    if (!fields.all())
        return broken("AUTH length");
    return Frame(auth);
}

core::Result<Frame> responderOf(std::string_view payload) {
    Fields fields(payload);
    core::AuthResponder auth;
    auth.key = fields.take<core::PublicKey>();
    auth.signature = fields.take<core::Signature>();
    if (!fields.all())
        return broken("AUTH length");
    return Frame(auth);
}

bool isText(std::string_view text, std::size_t most) {
    return text.size() <= most && text.find('\0') == std::string_view::npos && core::isValidUtf8(text);
}

/// A frame of a type alone.
template <typename T>
core::Result<Frame> bare(std::string_view payload) {
    if (!payload.empty())
        return broken("payload where there is none");
    return Frame(T{});
}

core::Result<Frame> goodbyeOf(std::string_view payload) {
    if (payload.size() != 1)
        return broken("GOODBYE length");
    const auto number = static_cast<std::uint8_t>(payload.front());
    const bool known = number <= static_cast<std::uint8_t>(core::Goodbye::Superseded);
    return Frame(Farewell{known ? static_cast<core::Goodbye>(number) : core::Goodbye::Ended});
}

template <typename T>
bool parse(T& out, std::string_view payload) {
    return payload.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()) &&
           out.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
}

core::Result<Frame> profileOf(std::string_view payload) {
    pb::Profile from;
    if (!parse(from, payload))
        return broken("PROFILE is no message");
    if (!isText(from.name(), limits::nameBytes))
        return broken("name in PROFILE");
    if (from.hosts_size() > static_cast<int>(limits::profileAddresses))
        return broken("too many hosts");
    core::Profile profile{from.name(), {}};
    for (const pb::Profile::Host& host : from.hosts()) {
        const bool address = host.address().size() <= limits::hostName &&
                             core::hostKind(host.address()) != core::HostKind::Name;
        if (!address || host.port() == 0 || host.port() > std::numeric_limits<std::uint16_t>::max())
            return broken("host in PROFILE");
        profile.hosts.push_back({host.address(), static_cast<std::uint16_t>(host.port())});
    }
    return Frame(profile);
}

core::Result<Frame> entryOf(std::string_view payload) {
    pb::Entry from;
    if (!parse(from, payload))
        return broken("entry is no message");
    const auto stream = core::StreamId::from(from.stream());
    const auto id = core::EntryId::from(from.id());
    if (!stream || !id)
        return broken("id in entry");
    if (from.number() == 0)
        return broken("number of entry");
    if (from.written() < 0 || from.written() > limits::latestTime)
        return broken("time of entry");
    if (!isText(from.text(), limits::entryText))
        return broken("text of entry");
    return Frame(core::Entry{*stream, from.number(), *id, from.written(),
                             static_cast<core::EntryKind>(from.kind()), from.text()});
}

} // namespace

std::string encode(const Frame& frame) {
    const Encoded payload = std::visit([](const auto& f) { return payloadOf(f); }, frame);
    if (!payload)
        return {};
    const auto type = static_cast<std::uint8_t>(payload->type);
    if (payload->bytes.size() > payloadLimit(type).value_or(0))
        return {};
    const std::size_t length = 1 + payload->bytes.size();
    std::string out;
    out.reserve(4 + length);
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<unsigned char>(length >> static_cast<unsigned>(shift))));
    out.push_back(static_cast<char>(type));
    return out.append(payload->bytes);
}

core::Result<Frame> decode(FrameType type, std::string_view payload) {
    if (payload.size() > payloadLimit(static_cast<std::uint8_t>(type)).value_or(0))
        return broken("payload too long");
    switch (type) {
    case FrameType::Hello:
        if (const auto bytes = core::HelloBytes::from(payload))
            return Frame(Hello{*bytes});
        return broken("HELLO length");
    case FrameType::AuthInitiator:
        return initiatorOf(payload);
    case FrameType::AuthResponder:
        return responderOf(payload);
    case FrameType::Wait:
        return bare<core::Wait>(payload);
    case FrameType::Known:
        if (const auto hint = core::KnownHint::from(payload))
            return Frame(core::Known{*hint});
        return broken("KNOWN length");
    case FrameType::Knock:
        if (!isText(payload, limits::knockName))
            return broken("name in KNOCK");
        return Frame(core::Knock{std::string(payload)});
    case FrameType::Profile:
        return profileOf(payload);
    case FrameType::Ping:
        return bare<Ping>(payload);
    case FrameType::Pong:
        return bare<Pong>(payload);
    case FrameType::Goodbye:
        return goodbyeOf(payload);
    case FrameType::Entry:
        return entryOf(payload);
    }
    return broken("unknown frame");
}

std::optional<std::size_t> payloadLimit(std::uint8_t type) {
    switch (static_cast<FrameType>(type)) {
    case FrameType::Hello:
        return core::HelloBytes::size;
    case FrameType::AuthInitiator:
        return authInitiator;
    case FrameType::AuthResponder:
        return authResponder;
    case FrameType::Known:
        return core::KnownHint::size;
    case FrameType::Knock:
        return limits::knockName;
    case FrameType::Profile:
        return limits::profileFrame;
    case FrameType::Wait:
    case FrameType::Ping:
    case FrameType::Pong:
        return 0;
    case FrameType::Goodbye:
        return 1;
    case FrameType::Entry:
        return limits::conversationFrame;
    }
    return std::nullopt;
}

} // namespace kith::wire
