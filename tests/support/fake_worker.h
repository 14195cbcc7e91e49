// What the commands of the fake worker are made of. POSIX, kith_core and kith_ipc alone, like the real one.
#pragma once

#include "core/endpoint.h"
#include "ipc/messages.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kith::tests::fake {

inline constexpr int messageChannel = 3;
inline constexpr int descriptorChannel = 4;
inline const core::Endpoint somebody{"127.0.0.1", 5188};

/// First; `path` is what it was started as. SIGUSR1 asks to stop; SIGPIPE is nothing.
void prepare(const std::string& path);
void writeAll(int fd, const std::string& bytes);
void say(const ipc::FromWorker& message);
/// A frame of the boundary, by hand: what no encoder writes.
[[nodiscard]] std::string frame(std::uint32_t length, const std::string& payload);

/// The next message; end-of-file ends the worker. Signals interrupt it only while it waits: where it is
/// `stoppable`, SIGUSR1 gives nothing.
[[nodiscard]] std::optional<ipc::ToWorker> hear(bool stoppable);
/// Says back what it is given, until it is told to stop, and ends well.
[[noreturn]] void serveWell();
/// Until a signal that ends it.
[[noreturn]] void stayForever();

/// Ready, what it is started with, Sandboxed.
ipc::Start begin();
/// Listens, passes this descriptor up as a listener would, and then behaves.
[[noreturn]] void passAndServe(int fd);
[[nodiscard]] int listeningSocket();
/// A connection from this process to itself; the other end stays open until it ends.
[[nodiscard]] int connectedSocket();

/// Leaves a file beside the name it was started under: NAME.MARK (FakeWorkers).
void leaveMark(const std::string& mark);

using Commands = std::map<std::string, std::function<void()>>;

/// Those of a worker with a secure peer.
[[nodiscard]] const Commands& secureCommands();

} // namespace kith::tests::fake
