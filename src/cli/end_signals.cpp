#include "cli/end_signals.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace kith::cli {

namespace {

constexpr std::array endingSignals = {SIGINT, SIGTERM, SIGHUP};

// Written by the handler, which may be run on any thread.
volatile std::sig_atomic_t handlerPipe = -1;
volatile std::sig_atomic_t hangupIgnored = 0;

void restoreUsualEffect() {
    for (const int each : endingSignals) {
        if (each != SIGHUP || hangupIgnored == 0)
            std::signal(each, SIG_DFL);
    }
}

void onSignal(int /*signal*/) {
    const int saved = errno;
    restoreUsualEffect();
    const char byte = 0;
    // Nothing can be done here where it fails, and the signal's usual effect is back for the next one.
    [[maybe_unused]] const ssize_t count = ::write(handlerPipe, &byte, 1);
    errno = saved;
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent) {
    std::array<int, 2> ends{-1, -1};
    if (pipe(ends.data()) != 0)
        return;
    reading_.reset(ends[0]);
    writing_.reset(ends[1]);
    for (const int end : ends) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    notifier_ = std::make_unique<QSocketNotifier>(reading_.get(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        // The byte stays in the pipe: descriptor() says that a signal has come.
        notifier_->setEnabled(false);
        Q_EMIT received();
    });
    handlerPipe = writing_.get();
    struct sigaction action {};
    action.sa_handler = onSignal;
    for (const int each : endingSignals) {
        struct sigaction before {};
        if (each == SIGHUP && sigaction(each, nullptr, &before) == 0 && before.sa_handler == SIG_IGN)
            hangupIgnored = 1;
        else
            sigaction(each, &action, nullptr);
    }
}

EndSignals::~EndSignals() {
    if (!writing_)
        return;
    restoreUsualEffect();
    handlerPipe = -1;
}

} // namespace kith::cli
