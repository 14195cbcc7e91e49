#include "worker/net/dial.h"

#include "core/limits.h"
#include "worker/net/socket.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>

namespace kith::worker::net {

namespace {

namespace limits = core::limits;

core::Error failure(int number) {
    switch (number) {
    case ECONNREFUSED:
        return {core::Reason::ConnectionRefused, number, "connect"};
    case ETIMEDOUT:
        return {core::Reason::NoAnswer, number, "connect"};
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
        return {core::Reason::NetworkUnreachable, number, "connect"};
    default:
        return {core::Reason::ConnectFailed, number, "connect"};
    }
}

/// How much a failure tells a person: an answer more than silence, silence more than no way there.
int weight(core::Reason reason) {
    if (reason == core::Reason::ConnectionRefused)
        return 3;
    if (reason == core::Reason::NoAnswer)
        return 2;
    return reason == core::Reason::NetworkUnreachable ? 1 : 0;
}

/// Connecting to a port of the range for outgoing connections on this computer can meet itself (RFC 9293
/// section 3.5, simultaneous open): nothing listens there.
bool metItself(int fd) {
    const auto peer = peerOf(fd);
    const auto local = localOf(fd);
    return peer && local && toEndpoint(*peer) == toEndpoint(*local);
}

} // namespace

std::vector<Address> interleaved(std::vector<Address> addresses) {
    if (addresses.empty())
        return addresses;
    const int first = addresses.front().family();
    const auto others = std::stable_partition(addresses.begin(), addresses.end(),
                                              [first](const Address& a) { return a.family() == first; });
    std::vector<Address> out;
    auto a = addresses.begin();
    auto b = others;
    while (a != others || b != addresses.end()) {
        if (a != others)
            out.push_back(*a++);
        if (b != addresses.end())
            out.push_back(*b++);
    }
    return out;
}

Dialer::Dialer(core::Endpoint endpoint, core::TimePoint now)
    : endpoint_(std::move(endpoint))
    , end_(now + limits::connectTotal) {
    if (const auto numeric = numericAddress(endpoint_)) {
        begin({*numeric}, now);
    } else if (resolver_.start(endpoint_)) {
        resolveEnd_ = now + limits::resolve;
    } else {
        failure_ = core::Error{core::Reason::NameLookupFailed, errno, "pthread_create"};
    }
}

void Dialer::begin(std::vector<Address> addresses, core::TimePoint now) {
    const std::vector<Address> order = interleaved(std::move(addresses));
    untried_.assign(order.begin(), order.end());
    startNext(now);
}

bool Dialer::startNext(core::TimePoint now) {
    while (!untried_.empty()) {
        const Address address = untried_.front();
        untried_.pop_front();
        attempted_ = toEndpoint(address);
        core::UniqueFd fd = tcpSocket(address.family());
        if (!fd) {
            note(errno);
            continue;
        }
        if (::connect(fd.get(), address.raw(), address.length) == 0 || errno == EINPROGRESS ||
            errno == EINTR) {
            attempts_.push_back(std::move(fd));
            nextAttempt_ = untried_.empty() ? core::Deadline() : now + limits::connectionAttemptDelay;
            return true;
        }
        note(errno);
    }
    nextAttempt_.reset();
    return false;
}

void Dialer::note(int number) {
    core::Error error = failure(number);
    if (!failure_ || weight(error.reason) > weight(failure_->reason))
        failure_ = std::move(error);
}

std::vector<pollfd> Dialer::entries() const {
    std::vector<pollfd> entries;
    if (resolver_.running())
        entries.push_back({resolver_.fd(), POLLIN, 0});
    for (const core::UniqueFd& attempt : attempts_)
        entries.push_back({attempt.get(), POLLOUT, 0});
    return entries;
}

core::Deadline Dialer::deadline() const {
    return core::earlier(core::earlier(end_, resolveEnd_), nextAttempt_);
}

core::UniqueFd Dialer::takeConnected(const std::vector<pollfd>& entries, core::TimePoint now) {
    bool failed = false;
    for (const pollfd& entry : entries) {
        const auto attempt = std::find_if(attempts_.begin(), attempts_.end(),
                                          [&](const core::UniqueFd& fd) { return fd.get() == entry.fd; });
        if (entry.revents == 0 || attempt == attempts_.end())
            continue;
        const int error = metItself(entry.fd) ? ECONNREFUSED : takeError(entry.fd);
        core::UniqueFd fd = std::move(*attempt);
        attempts_.erase(attempt);
        if (error == 0)
            return fd;
        note(error);
        failed = true;
    }
    // RFC 8305 section 5: an attempt that fails begins the next at once.
    if (failed)
        startNext(now);
    return {};
}

core::Result<core::UniqueFd> Dialer::advance(const std::vector<pollfd>& entries, core::TimePoint now) {
    if (resolver_.running()) {
        if (!entries.empty() && entries.front().revents != 0) {
            auto addresses = resolver_.take();
            resolveEnd_.reset();
            if (!addresses)
                return addresses.error();
            begin(std::move(addresses).value(), now);
        } else if (core::passed(resolveEnd_, now)) {
            return core::Error{core::Reason::NameLookupFailed, ETIMEDOUT, "getaddrinfo"};
        } else {
            return core::UniqueFd();
        }
    } else if (core::UniqueFd connected = takeConnected(entries, now)) {
        return connected;
    }
    if (core::passed(nextAttempt_, now))
        startNext(now);
    if (attempts_.empty() && untried_.empty())
        return failure_.value_or(core::Error{core::Reason::ConnectFailed, 0, "no address"});
    if (now >= end_)
        return core::Error{core::Reason::NoAnswer, ETIMEDOUT, "connect"};
    return core::UniqueFd();
}

std::optional<core::Endpoint> Dialer::takeAttempt() {
    return std::exchange(attempted_, std::nullopt);
}

} // namespace kith::worker::net
