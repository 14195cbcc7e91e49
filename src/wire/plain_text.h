// Plain-text peers: netcat, telnet, the classic pair of programs. One message is one line (PROTOCOL.md,
// "Plain text"). Plain C++; used in the session worker.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::wire {

/// Turns the bytes of a plain-text peer into messages. Total: takes any bytes, never fails, holds at most
/// limits::plainLine bytes. Does no I/O and knows no clock: its owner calls showPartial() when nothing has
/// come for limits::plainPartial, and finish() at end-of-file.
///
/// Every message is valid UTF-8 without NUL (both become U+FFFD), at most limits::plainLine bytes, without
/// its line end (\n or \r\n). Telnet commands (RFC 854) never show; refusals() has the answers to them.
class PlainDecoder final {
public:
    [[nodiscard]] std::vector<std::string> feed(std::string_view bytes);
    /// What has come without a newline, as a finished message; what follows is a new one. Nothing where there
    /// is none. Up to 3 bytes of a UTF-8 sequence that is not whole stay for its end.
    [[nodiscard]] std::vector<std::string> showPartial();
    /// End-of-file: the last line without a newline is a message.
    [[nodiscard]] std::vector<std::string> finish();

    /// Would showPartial() show something?
    [[nodiscard]] bool hasPartial() const { return !text_.empty(); }
    /// Answers to Telnet's negotiation (DON'T to WILL, WON'T to DO), to be sent to the peer once it is let
    /// in; at most limits::telnetAnswers in a session. Taken once.
    [[nodiscard]] std::string takeRefusals();

private:
    enum class Telnet : unsigned char { Text, Command, Option, Subnegotiation, SubnegotiationCommand };

    [[nodiscard]] std::size_t plainRun(std::string_view bytes) const;
    void takeByte(unsigned char byte, std::vector<std::string>& out);
    void takeCommand(unsigned char byte, std::vector<std::string>& out);
    void takeText(unsigned char byte, std::vector<std::string>& out);
    void endLine(std::vector<std::string>& out);
    void append(char32_t codePoint, std::vector<std::string>& out);
    void dropSequence(std::vector<std::string>& out);
    void emitText(std::vector<std::string>& out);

    std::string text_;     ///< valid UTF-8 of the line so far
    std::string sequence_; ///< up to 3 bytes of a UTF-8 sequence
    std::string refusals_;
    bool carriageReturn_ = false; ///< a \r that may belong to a line end
    bool shown_ = false;          ///< the beginning of this line was shown already
    Telnet telnet_ = Telnet::Text;
    unsigned char command_ = 0;
    std::size_t subnegotiation_ = 0;
    unsigned answered_ = 0;
};

/// A message as it goes to a plain-text peer: its lines, and a newline at the end. The text is valid UTF-8,
/// so it holds no 0xFF that Telnet would take for a command.
[[nodiscard]] std::string encodePlain(std::string_view text);

} // namespace kith::wire
