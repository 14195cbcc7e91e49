// Whole sessions with TLS: a real handshake between two ends, then bytes of the peer's inside it, as the
// worker's SecureLink reads them. The first byte says who dialled, whether there is a close_notify at the
// end, and whether the worker answers what it hears; the second how the bytes are cut into records.
#include "claim.h"
#include "core/limits.h"
#include "core/unique_fd.h"
#include "worker/secure_link.h"
#include "worker/tls/openssl_context.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>

#include <fcntl.h>
#include <sys/socket.h>

using namespace kith;
using core::Side;
using worker::SecureLink;
using worker::tls::Connection;
using worker::tls::Context;

namespace {

constexpr std::size_t head = 2;
/// More than a handshake takes, and than its last bytes take to arrive.
constexpr int turns = 100;

/// Made once: a responder's costs a key pair.
Context& contextOf(Side side) {
    static const std::unique_ptr<Context> initiator = worker::tls::makeOpenSslContext(Side::Initiator);
    static const std::unique_ptr<Context> responder = worker::tls::makeOpenSslContext(Side::Responder);
    return side == Side::Initiator ? *initiator : *responder;
}

std::array<core::UniqueFd, 2> socketPair() {
    std::array<int, 2> fds{};
    CLAIM(::socketpair(AF_UNIX, SOCK_STREAM, 0, fds.data()) == 0);
    for (const int fd : fds)
        CLAIM(::fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
    return {core::UniqueFd(fds[0]), core::UniqueFd(fds[1])};
}

/// A session whose peer does as the input says.
class Session final {
public:
    Session(Side own, bool answers)
        : fds_(socketPair())
        , link_(contextOf(own), own, fds_[0].get())
        , peer_(contextOf(own == Side::Initiator ? Side::Responder : Side::Initiator).connect(fds_[1].get()))
        , answers_(answers) {
        bool stands = false;
        for (int i = 0; i < turns && !stands; ++i) {
            const bool here = link_.handshake();
            stands = peer_->handshake() && here;
        }
        CLAIM(stands);
        CLAIM(!link_.over());
        if (own == Side::Initiator)
            CLAIM(link_.say(wire::Hello{}));
    }

    void hear(std::string_view record) {
        peer_->write(record);
        turn();
    }

    /// The end, which is always noticed.
    void end(bool notify) {
        if (notify) {
            peer_->close();
            peer_->flush();
        }
        fds_[1].reset();
        for (int i = 0; i < turns && !link_.over(); ++i)
            turn();
        CLAIM(link_.over());
        link_.close();
        link_.flush();
    }

private:
    void turn() {
        peer_->flush();
        link_.read();
        while (const auto frame = link_.next()) {
            CLAIM(!said_); // GOODBYE was the last of it
            said_ = std::holds_alternative<wire::Farewell>(*frame);
            if (answers_)
                answer(*frame);
        }
        link_.flush();
        std::string dropped;
        while (peer_->read(dropped))
            dropped.clear();
    }

    /// What is not legal now, say() refuses.
    void answer(const wire::Frame& frame) {
        if (std::holds_alternative<wire::Hello>(frame)) {
            static_cast<void>(link_.say(wire::Hello{}));
            static_cast<void>(link_.say(core::AuthInitiator{}));
        } else if (std::holds_alternative<core::AuthInitiator>(frame)) {
            static_cast<void>(link_.say(core::AuthResponder{}));
            static_cast<void>(link_.say(core::Profile{}));
        } else if (std::holds_alternative<core::AuthResponder>(frame)) {
            static_cast<void>(link_.say(core::Profile{}));
        } else if (std::holds_alternative<core::Wait>(frame)) {
            static_cast<void>(link_.say(core::Knock{}));
        }
    }

    std::array<core::UniqueFd, 2> fds_;
    SecureLink link_;
    std::unique_ptr<Connection> peer_;
    bool answers_;
    bool said_ = false;
};

} // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    std::signal(SIGPIPE, SIG_IGN);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < head)
        return 0;
    Session session((data[0] & 1U) != 0 ? Side::Initiator : Side::Responder, (data[0] & 2U) != 0);
    const std::size_t step = 1 + std::size_t{data[1]} * data[1];
    const std::string_view bytes(reinterpret_cast<const char*>(data) + head, size - head);
    for (std::size_t at = 0; at < bytes.size(); at += step)
        session.hear(bytes.substr(at, step));
    session.end((data[0] & 4U) != 0);
    return 0;
}
