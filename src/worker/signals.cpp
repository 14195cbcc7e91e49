#include "worker/signals.h"

#include <csignal>

namespace kith::worker {

namespace {

volatile std::sig_atomic_t stops = 0;
sigset_t waitingMask;

void onUsr1(int /*signal*/) {
    if (stops < 2)
        stops = stops + 1;
}

void onTerm(int /*signal*/) {
    stops = 2;
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

void installSignals() {
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &waitingMask);
    sigdelset(&waitingMask, SIGUSR1);
    sigdelset(&waitingMask, SIGTERM);
    handle(SIGUSR1, onUsr1);
    handle(SIGTERM, onTerm);
}

const sigset_t& waitingSignalMask() {
    return waitingMask;
}

int stopsAsked() {
    return stops;
}

} // namespace kith::worker
