// An X server of the bench's own, and the moments at which a program's first window appears on it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

struct xcb_connection_t;

namespace kith::bench {

using Clock = std::chrono::steady_clock;

/// A child process, ended by SIGTERM and waited for when it goes. A value of main()'s; a start that fails
/// ends the bench with the system's words.
class Child final {
public:
    /// `environment` is all that it gets. `passed` stays open in it under the same number; -1: nothing.
    Child(const std::vector<std::string>& words, const std::vector<std::string>& environment,
          int passed = -1);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    pid_t pid_ = 0;
};

/// When a window was mapped, and when something was painted into it first: as the X server tells it, so that
/// what a program believes of itself does not count.
struct Shown {
    Clock::time_point mapped;
    Clock::time_point painted;
};

/// Watches the root window of a display: its children's MapNotify (SubstructureNotifyMask), and what is
/// painted on the screen (the DAMAGE extension, version 1.1). There is no window manager, so a window is
/// mapped when its program asks for it. A value of main()'s; where X fails the bench ends.
class WindowWatch final {
public:
    explicit WindowWatch(const std::string& display);
    ~WindowWatch();
    WindowWatch(const WindowWatch&) = delete;
    WindowWatch& operator=(const WindowWatch&) = delete;

    /// Waits for the first window of at least 100x100 pixels, and for its first painting; 20 s at most.
    [[nodiscard]] Shown next();
    /// Waits until no window is mapped, so that the next one finds the same empty screen; 20 s at most.
    void untilEmpty();

private:
    [[nodiscard]] bool waitForEvent() const;

    xcb_connection_t* connection_ = nullptr;
    unsigned root_ = 0;
    unsigned damage_ = 0;
    unsigned char firstDamageEvent_ = 0;
};

/// Starts `words`, in which FD stands for a descriptor, and returns the first line written into that.
[[nodiscard]] std::unique_ptr<Child>
startAndAsk(std::vector<std::string> words, const std::vector<std::string>& environment, std::string& answer);

[[noreturn]] void giveUp(const char* what);

} // namespace kith::bench
