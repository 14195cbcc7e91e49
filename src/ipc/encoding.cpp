#include "core/limits.h"
#include "ipc/codec.h"
#include "ipc/values.h"

namespace kith::ipc {

namespace {

std::string frame(const google::protobuf::MessageLite& message) {
    const std::size_t size = message.ByteSizeLong();
    if (size == 0 || size > core::limits::boundaryMessage)
        return {};
    std::string out;
    out.reserve(frameHeader + size);
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<unsigned char>(size >> static_cast<unsigned>(shift))));
    return message.AppendToString(&out) ? out : std::string();
}

void put(pb::ToWorker& out, const Start& start) {
    pb::Start* to = out.mutable_start();
    to->set_program_pid(start.programPid);
    to->set_sandbox_optional(start.sandboxOptional);
    if (const auto* listen = std::get_if<ListenRole>(&start.role)) {
        to->mutable_listen()->set_port(listen->port);
    } else if (const auto* connect = std::get_if<ConnectRole>(&start.role)) {
        fill(to->mutable_connect()->mutable_peer(), connect->peer);
        if (connect->hello)
            to->mutable_connect()->mutable_hello()->assign(connect->hello->view());
    } else if (const auto* serve = std::get_if<ServeRole>(&start.role)) {
        to->mutable_serve()->set_token(serve->token);
        to->mutable_serve()->set_plain_allowed(serve->plainAllowed);
        to->mutable_serve()->set_let_in(serve->letIn);
        to->mutable_serve()->mutable_hello()->assign(serve->hello.view());
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
void put(pb::ToWorker& out, const SendHandshake& send) {
    fill(out.mutable_send_handshake(), send.frame);
}
void put(pb::ToWorker& out, const SendProfile& send) {
    fill(out.mutable_send_profile(), send.profile);
}
void put(pb::ToWorker& out, const SendEntry& send) {
    out.mutable_send_entry()->set_number(send.number);
    fill(out.mutable_send_entry()->mutable_entry(), send.entry);
}
void put(pb::ToWorker& out, const Farewell& farewell) {
    pb::Farewell* to = out.mutable_farewell();
    if (farewell.goodbye)
        to->set_goodbye(static_cast<std::uint32_t>(*farewell.goodbye));
}

void put(pb::ToWorker& out, const Measure&) {
    out.mutable_measure();
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
    fill(out.mutable_connecting(), connecting.address);
}
void put(pb::FromWorker& out, const Opened& opened) {
    fill(out.mutable_opened(), opened.peer);
}
void put(pb::FromWorker& out, const Request& request) {
    fill(out.mutable_request()->mutable_peer(), request.peer);
    out.mutable_request()->set_preview(request.preview);
}
void put(pb::FromWorker& out, const Received& received) {
    out.mutable_received()->set_text(received.text);
}
void put(pb::FromWorker& out, const Written& written) {
    out.mutable_written()->set_number(written.number);
}
void put(pb::FromWorker& out, const Measured& measured) {
    out.mutable_measured()->set_round_trip(measured.traffic.roundTrip);
    out.mutable_measured()->set_received(measured.traffic.received);
    out.mutable_measured()->set_acknowledged(measured.traffic.acknowledged);
}
void put(pb::FromWorker& out, const Stopping&) {
    out.mutable_stopping();
}
void put(pb::FromWorker& out, const Ended& ended) {
    out.mutable_ended()->set_reason(static_cast<std::uint32_t>(ended.reason));
    out.mutable_ended()->set_number(ended.number);
}
void put(pb::FromWorker& out, const SecureUp& up) {
    pb::SecureUp* to = out.mutable_secure_up();
    fill(to->mutable_peer(), up.peer);
    to->mutable_hello()->assign(up.hello.view());
    to->mutable_exporter()->assign(up.exporter.view());
    to->set_cipher(up.cipher);
}
void put(pb::FromWorker& out, const PeerHandshake& peer) {
    fill(out.mutable_peer_handshake(), peer.frame);
}
void put(pb::FromWorker& out, const PeerProfile& peer) {
    fill(out.mutable_peer_profile(), peer.profile);
}
void put(pb::FromWorker& out, const PeerEntry& peer) {
    fill(out.mutable_peer_entry(), peer.entry);
}
void put(pb::FromWorker& out, const Sandboxed& sandboxed) {
    pb::Sandboxed* to = out.mutable_sandboxed();
    to->set_seccomp(sandboxed.sandbox.seccomp);
    to->set_allowed_calls(sandboxed.sandbox.allowedCalls);
    to->set_landlock(sandboxed.sandbox.landlock);
    to->set_no_new_privileges(sandboxed.sandbox.noNewPrivileges);
    to->set_seatbelt(sandboxed.sandbox.seatbelt);
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

} // namespace kith::ipc
