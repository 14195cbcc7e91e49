#include "worker/plain_session.h"

#include "core/limits.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace kith::worker {

namespace limits = core::limits;

namespace {

/// RFC 8446 section 5.1: the content type of a TLS handshake record.
constexpr char tlsHandshake = 0x16;

#ifdef POLLRDHUP
constexpr short peerHungUp = POLLRDHUP;
#else
constexpr short peerHungUp = 0; // macOS: seen when it is read from again
#endif

} // namespace

PlainSession::PlainSession(Channel& channel, net::Peer peer, int programPid)
    : channel_(channel)
    , peer_(std::move(peer.fd))
    , programPid_(programPid) {
    net::setUnacknowledged(peer_.get(), limits::plainUnacknowledged);
    if (peer.address)
        address_ = std::move(*peer.address);
    else
        finish(core::Reason::PeerVanished, ENOTCONN); // gone between accept and here
}

ExitStatus PlainSession::talk() {
    if (!ended_)
        open();
    loop();
    return leave();
}

std::optional<ExitStatus> PlainSession::receive(const ipc::ServeRole& role) {
    plainAllowed_ = role.plainAllowed;
    letIn_ = role.letIn;
    undecided_ = true;
    stepEnd_ = core::Clock::now() +
               (plainAllowed_ ? core::Clock::duration(limits::plainSilence) : limits::firstByte);
    loop();
    if (beginsTls_ && !ended_ && channel_.open())
        return std::nullopt;
    return leave();
}

void PlainSession::loop() {
    while (!ended_ && !beginsTls_ && channel_.open()) {
        std::array entries = {channel_.entry(), peerEntry()};
        waitFor(entries, deadline());
        onSignals();
        if (ended_)
            break;
        channel_.handle(entries[0]);
        takeMessages();
        if (entries[1].revents != 0 && !ended_)
            onPeer(entries[1]);
        if (!ended_)
            onTime(core::Clock::now(), (entries[1].events & POLLIN) != 0);
        channel_.flush();
    }
}

core::Deadline PlainSession::deadline() const {
    return core::earlier(core::earlier(stepEnd_, partialEnd_), drainEnd_);
}

pollfd PlainSession::peerEntry() const {
    pollfd entry{peer_.get(), 0, 0};
    const bool full = step_ == Step::Asking && early_.size() >= limits::plainPreview;
    if (full)
        entry.events = peerHungUp;
    else if (!channel_.congested())
        entry.events = POLLIN;
    if (!queue_.empty())
        entry.events = static_cast<short>(entry.events | POLLOUT);
    if (entry.events == 0)
        entry.fd = -1; // or POLLHUP would wake us again and again while the program is busy
    return entry;
}

void PlainSession::onSignals() {
    if (stopsAsked() == 0)
        return;
    if (!programLives(programPid_) || step_ != Step::Open || stopsAsked() > 1) {
        finish(core::Reason::StoppedByUs);
    } else if (!drainEnd_) {
        drainEnd_ = core::Clock::now() + limits::drain;
        channel_.send(ipc::Stopping{});
    }
}

void PlainSession::takeMessages() {
    while (const auto message = channel_.next()) {
        if (ended_)
            return;
        const auto* send = std::get_if<ipc::SendText>(&*message);
        if (send != nullptr && step_ == Step::Open && !noMore_ && send->number == lastNumber_ + 1 &&
            queue_.addMessage(send->number, wire::encodePlain(send->text))) {
            lastNumber_ = send->number;
        } else if (std::holds_alternative<ipc::Admit>(*message) && step_ == Step::Asking) {
            open();
        } else if (std::holds_alternative<ipc::Measure>(*message) && step_ == Step::Open) {
            channel_.send(ipc::Measured{net::trafficOf(peer_.get())});
        } else if (std::holds_alternative<ipc::NoMore>(*message) && drainEnd_ && !noMore_) {
            noMore_ = true;
        } else {
            finish(core::Reason::WorkerBroke); // the program broke the rules of the boundary
        }
    }
    if (!ended_ && step_ == Step::Open)
        writePeer();
    if (!ended_ && noMore_ && queue_.empty())
        finish(core::Reason::StoppedByUs);
}

void PlainSession::onPeer(const pollfd& entry) {
    if ((entry.revents & POLLOUT) != 0)
        writePeer();
    if (ended_ || (entry.revents & ~POLLOUT) == 0)
        return;
    if (undecided_ && !readFirstByte())
        return;
    switch (step_) {
    case Step::FirstByte:
    case Step::Asking:
        readRequest();
        break;
    case Step::Open:
        readText();
        break;
    }
}

/// Is it text that comes? TLS's first byte stays unread, as it is TLS's.
bool PlainSession::readFirstByte() {
    char first = 0;
    const ssize_t got = ::recv(peer_.get(), &first, 1, MSG_PEEK);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got <= 0) {
        endOfPeer(got < 0 ? errno : 0);
    } else if (first == tlsHandshake) {
        if (step_ == Step::Open)
            finish(core::Reason::SecureOnPlain); // let in as what it is not: dialling again helps
        else
            beginsTls_ = true;
    } else if (!plainAllowed_) {
        finish(core::Reason::PlainTurnedAway);
    } else {
        undecided_ = false;
    }
    return !undecided_;
}

void PlainSession::readRequest() {
    std::array<char, limits::plainPreview>
        bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): recv fills it
    const std::size_t room = limits::plainPreview - early_.size();
    if (room == 0) { // nothing more is read, so it is the end that woke us
        endOfPeer(net::takeError(peer_.get()));
        return;
    }
    const ssize_t got = ::recv(peer_.get(), bytes.data(), room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        endOfPeer(got < 0 ? errno : 0);
        return;
    }
    early_.append(bytes.data(), static_cast<std::size_t>(got));
    ask();
}

void PlainSession::ask() {
    step_ = Step::Asking;
    stepEnd_.reset();
    wire::PlainDecoder decoder;
    std::vector<std::string> lines = decoder.feed(early_);
    for (std::string& line : decoder.finish())
        lines.push_back(std::move(line));
    std::string preview;
    for (const std::string& line : lines)
        preview += (preview.empty() ? "" : "\n") + line;
    channel_.send(ipc::Request{address_, std::move(preview)});
    if (letIn_)
        open(); // at once: a peer that says its line and goes is heard too
}

void PlainSession::open() {
    step_ = Step::Open;
    stepEnd_.reset();
    channel_.send(ipc::Opened{address_});
    if (!early_.empty())
        pass(decoder_.feed(std::exchange(early_, {})));
}

bool PlainSession::readText() {
    std::array<char, limits::readChunk>
        bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): recv fills it
    const ssize_t got = ::recv(peer_.get(), bytes.data(), bytes.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got <= 0)
        endOfPeer(got < 0 ? errno : 0);
    else
        pass(decoder_.feed({bytes.data(), static_cast<std::size_t>(got)}));
    return true;
}

void PlainSession::pass(const std::vector<std::string>& messages) {
    for (const std::string& text : messages)
        channel_.send(ipc::Received{text});
    partialEnd_ =
        decoder_.hasPartial() ? core::Deadline(core::Clock::now() + limits::plainPartial) : core::Deadline();
    if (const std::string refusals = decoder_.takeRefusals(); !refusals.empty()) {
        queue_.addRaw(refusals);
        writePeer();
    }
}

void PlainSession::writePeer() {
    undecided_ = undecided_ && queue_.empty();
    const int failed = queue_.writeTo(peer_.get());
    if (const auto written = queue_.takeWritten())
        channel_.send(ipc::Written{*written});
    if (failed == 0 || ended_)
        return;
    // It may have said something before it went: that is read to its end first.
    while (!ended_ && readText()) {
    }
    finish(core::Reason::PeerVanished, failed);
}

void PlainSession::endOfPeer(int number) {
    if (step_ == Step::Open) {
        for (const std::string& text : decoder_.finish())
            channel_.send(ipc::Received{text});
    }
    if (number == 0)
        finish(core::Reason::PeerClosed);
    else
        finish(core::Reason::PeerVanished, number);
}

void PlainSession::onTime(core::TimePoint now, bool listened) {
    if (core::passed(partialEnd_, now)) {
        // While the program is busy nothing is read, and the rest of the line may wait in the kernel.
        partialEnd_ = core::Deadline(now + limits::plainPartial);
        if (listened)
            pass(decoder_.showPartial());
    }
    if (core::passed(stepEnd_, now)) {
        if (plainAllowed_)
            ask();
        else
            finish(core::Reason::PlainTurnedAway);
    }
    if (!ended_ && core::passed(drainEnd_, now))
        finish(core::Reason::StoppedByUs);
}

void PlainSession::finish(core::Reason reason, int number) {
    if (!ended_)
        ended_ = ipc::Ended{reason, number};
}

ExitStatus PlainSession::leave() {
    const bool allSent = queue_.empty();
    const bool asked = channel_.open() && programLives(programPid_);
    hangUp();
    if (!asked)
        return ExitStatus::ProgramGone;
    channel_.send(*ended_);
    channel_.flushAll(core::Clock::now() + limits::lastWords);
    if (ended_->reason == core::Reason::WorkerBroke)
        return ExitStatus::Broken;
    return allSent ? ExitStatus::Well : ExitStatus::NotAllSent;
}

/// FIN, and never RST.
void PlainSession::hangUp() {
    net::sendEnd(peer_.get());
    if (ended_ && ended_->reason == core::Reason::StoppedByUs && step_ == Step::Open && stopsAsked() < 2 &&
        programLives(programPid_))
        linger();
    net::dropUnread(peer_.get());
    peer_.reset();
}

/// Gives the peer a moment to answer our FIN with its own; what it says meanwhile still shows.
void PlainSession::linger() {
    const core::TimePoint end = core::Clock::now() + limits::linger;
    bool closed = false;
    while (!closed && core::Clock::now() < end && channel_.open() && stopsAsked() < 2) {
        std::array entries = {pollfd{peer_.get(), POLLIN, 0}, channel_.entry()};
        waitFor(entries, end);
        channel_.handle(entries[1]);
        if (entries[0].revents == 0)
            continue;
        std::array<char, limits::readChunk> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init)
        const ssize_t got = ::recv(peer_.get(), bytes.data(), bytes.size(), 0);
        closed = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
        if (got > 0 && !channel_.congested())
            pass(decoder_.feed({bytes.data(), static_cast<std::size_t>(got)}));
    }
    for (const std::string& text : decoder_.finish())
        channel_.send(ipc::Received{text});
}

} // namespace kith::worker
