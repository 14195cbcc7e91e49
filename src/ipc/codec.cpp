#include "ipc/codec.h"

#include "core/limits.h"
#include "core/text.h"
#include "ipc/boundary.pb.h"

#include <limits>

namespace kith::ipc {

namespace limits = core::limits;

namespace {

constexpr std::size_t header = 4;

core::Error broke(const char* detail) {
    return {core::Reason::WorkerBroke, 0, detail};
}

std::string frame(const google::protobuf::MessageLite& message) {
    const std::size_t size = message.ByteSizeLong();
    if (size == 0 || size > limits::boundaryMessage)
        return {};
    std::string out;
    out.reserve(header + size);
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<unsigned char>(size >> static_cast<unsigned>(shift))));
    return message.AppendToString(&out) ? out : std::string();
}

void put(pb::Endpoint* out, const core::Endpoint& endpoint) {
    out->set_host(endpoint.host);
    out->set_port(endpoint.port);
}

void put(pb::ToWorker& out, const Start& start) {
    pb::Start* to = out.mutable_start();
    to->set_program_pid(start.programPid);
    if (const auto* listen = std::get_if<ListenRole>(&start.role)) {
        to->mutable_listen()->set_port(listen->port);
    } else if (const auto* connect = std::get_if<ConnectRole>(&start.role)) {
        put(to->mutable_connect()->mutable_peer(), connect->peer);
    } else if (const auto* serve = std::get_if<ServeRole>(&start.role)) {
        to->mutable_serve()->set_token(serve->token);
        to->mutable_serve()->set_plain_allowed(serve->plainAllowed);
        to->mutable_serve()->set_let_in(serve->letIn);
    }
}
void put(pb::ToWorker& out, const Taken& taken) {
    out.mutable_taken()->set_token(taken.token);
}
void put(pb::ToWorker& out, const Admit&) {
    out.mutable_admit();
}
void put(pb::ToWorker& out, const SendText& send) {
    out.mutable_send_text()->set_number(send.number);
    out.mutable_send_text()->set_text(send.text);
}
void put(pb::ToWorker& out, const NoMore&) {
    out.mutable_no_more();
}

void put(pb::FromWorker& out, const Ready&) {
    out.mutable_ready();
}
void put(pb::FromWorker& out, const Listening& listening) {
    out.mutable_listening()->set_port(listening.port);
    out.mutable_listening()->set_v4(listening.v4);
    out.mutable_listening()->set_v6(listening.v6);
}
void put(pb::FromWorker& out, const AcceptPaused& paused) {
    out.mutable_accept_paused()->set_number(paused.number);
}
void put(pb::FromWorker& out, const Connecting& connecting) {
    put(out.mutable_connecting(), connecting.address);
}
void put(pb::FromWorker& out, const Opened& opened) {
    put(out.mutable_opened(), opened.peer);
}
void put(pb::FromWorker& out, const Request& request) {
    put(out.mutable_request()->mutable_peer(), request.peer);
    out.mutable_request()->set_preview(request.preview);
}
void put(pb::FromWorker& out, const Received& received) {
    out.mutable_received()->set_text(received.text);
}
void put(pb::FromWorker& out, const Written& written) {
    out.mutable_written()->set_number(written.number);
}
void put(pb::FromWorker& out, const Stopping&) {
    out.mutable_stopping();
}
void put(pb::FromWorker& out, const Ended& ended) {
    out.mutable_ended()->set_reason(static_cast<std::uint32_t>(ended.reason));
    out.mutable_ended()->set_number(ended.number);
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

core::Result<ToWorker> startOf(const pb::Start& from) {
    Start start;
    start.programPid = from.program_pid();
    if (start.programPid <= 0)
        return broke("no pid");
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
        start.role = ConnectRole{*peer};
        return ToWorker(start);
    }
    case pb::Start::kServe:
        start.role = ServeRole{from.serve().token(), from.serve().plain_allowed(), from.serve().let_in()};
        return ToWorker(start);
    case pb::Start::ROLE_NOT_SET:
        break;
    }
    return broke("no role");
}

/// A message with one endpoint in it.
template <typename T>
core::Result<FromWorker> withEndpoint(const pb::Endpoint& from) {
    const auto endpoint = endpointOf(from);
    if (!endpoint)
        return endpoint.error();
    return FromWorker(T{*endpoint});
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

core::Result<FromWorker> endedOf(const pb::Ended& from) {
    const auto reason = core::reasonFromNumber(from.reason());
    if (!reason)
        return broke("unknown reason");
    return FromWorker(Ended{*reason, from.number()});
}

} // namespace

std::string encode(const ToWorker& message) {
    pb::ToWorker out;
    std::visit([&](const auto& m) { put(out, m); }, message);
    return frame(out);
}

std::string encode(const FromWorker& message) {
    pb::FromWorker out;
    std::visit([&](const auto& m) { put(out, m); }, message);
    return frame(out);
}

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
    case pb::ToWorker::kSendText: {
        const auto text = textOf(from.send_text().text(), limits::messageText);
        if (!text)
            return text.error();
        return ToWorker(SendText{from.send_text().number(), *text});
    }
    case pb::ToWorker::kNoMore:
        return ToWorker(NoMore{});
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
        return withEndpoint<Connecting>(from.connecting());
    case pb::FromWorker::kOpened:
        return withEndpoint<Opened>(from.opened());
    case pb::FromWorker::kRequest:
        return requestOf(from.request());
    case pb::FromWorker::kReceived: {
        const auto text = textOf(from.received().text(), limits::plainLine);
        if (!text)
            return text.error();
        return FromWorker(Received{*text});
    }
    case pb::FromWorker::kWritten:
        return FromWorker(Written{from.written().number()});
    case pb::FromWorker::kStopping:
        return FromWorker(Stopping{});
    case pb::FromWorker::kEnded:
        return endedOf(from.ended());
    case pb::FromWorker::MESSAGE_NOT_SET:
        break;
    }
    return broke("unknown message");
}

void FrameReader::append(std::string_view bytes) {
    if (broken_)
        return;
    buffer_.erase(0, begin_);
    begin_ = 0;
    buffer_.append(bytes);
}

core::Result<std::optional<std::string_view>> FrameReader::next() {
    if (broken_)
        return broke("frame length");
    if (size() < header)
        return std::optional<std::string_view>();
    std::size_t length = 0;
    for (std::size_t i = 0; i < header; ++i)
        length = (length << 8) | static_cast<unsigned char>(buffer_[begin_ + i]);
    if (length == 0 || length > limits::boundaryMessage) {
        broken_ = true;
        buffer_.clear();
        begin_ = 0;
        return broke("frame length");
    }
    if (size() < header + length)
        return std::optional<std::string_view>();
    const std::string_view payload(buffer_.data() + begin_ + header, length);
    begin_ += header + length;
    return std::optional(payload);
}

} // namespace kith::ipc
