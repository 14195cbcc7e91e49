// The lines of the control socket: one JSON object each, bytes in base64. Values and pure functions; used in
// the program at both ends of the socket, on the GUI thread.
#pragma once

#include "supervisor/control.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace kith::supervisor {

/// The command was understood and somebody is at work on it.
struct ControlTaken {};
/// A piece of its standard output.
struct ControlOut {
    QByteArray bytes;
};
/// A piece of its standard error.
struct ControlError {
    QByteArray bytes;
};
/// It is done; nothing follows.
struct ControlExit {
    int status = 0;
};
using ControlAnswer = std::variant<ControlTaken, ControlOut, ControlError, ControlExit>;

/// Whole lines, their newline included. A command over limits::controlLine gives an empty one.
[[nodiscard]] QByteArray toLine(const ControlCommand& command);
[[nodiscard]] QByteArray toLine(const ControlAnswer& answer);

/// One line without its newline. Total: nothing where it is not one.
[[nodiscard]] std::optional<ControlCommand> commandOf(const QByteArray& line);
[[nodiscard]] std::optional<ControlAnswer> answerOf(const QByteArray& line);

/// Takes the first whole line, without its newline, out of `buffer`.
[[nodiscard]] std::optional<QByteArray> takeLine(QByteArray& buffer);

/// May more be awaited of this buffer, which holds no whole line?
[[nodiscard]] bool withinLine(const QByteArray& buffer);

} // namespace kith::supervisor
