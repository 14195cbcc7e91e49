// What one line of standard input asks for. Total; no I/O; any thread.
#pragma once

#include <QByteArray>
#include <QString>

#include <variant>

namespace kith::cli {

/// A message. `to` empty: to the chosen peer.
struct SendText {
    QString to;
    QString text;
    bool operator==(const SendText&) const = default;
};

/// `/to NAME`. Empty: tell who is chosen.
struct ChoosePeer {
    QString peer;
    bool operator==(const ChoosePeer&) const = default;
};

/// `/accept [NAME]`. Empty: the one who asks.
struct AcceptPeer {
    QString peer;
    bool operator==(const AcceptPeer&) const = default;
};

/// `/decline [NAME]`. Empty: the one who asks.
struct DeclinePeer {
    QString peer;
    bool operator==(const DeclinePeer&) const = default;
};

/// `/block NAME`: end what there is with them, and let them in no more.
struct BlockPeer {
    QString peer;
    bool operator==(const BlockPeer&) const = default;
};

/// `/who`: everybody who is here or asks.
struct ShowPeers {
    bool operator==(const ShowPeers&) const = default;
};

/// `/quit`: end everything and leave.
struct Quit {
    bool operator==(const Quit&) const = default;
};

/// `/help`: the commands there are.
struct ShowCommands {
    bool operator==(const ShowCommands&) const = default;
};

/// A command that does not exist, as it was typed, cut short. Empty: JSON that is none of the objects known.
struct NotUnderstood {
    QString typed;
    bool operator==(const NotUnderstood&) const = default;
};

using InputCommand = std::variant<SendText, ChoosePeer, AcceptPeer, DeclinePeer, BlockPeer, ShowPeers, Quit,
                                  ShowCommands, NotUnderstood>;

/// A line that a person typed, without its end. `//` begins a text with `/`. Bytes that are not UTF-8, and
/// NUL, become U+FFFD.
[[nodiscard]] InputCommand parseTypedLine(const QByteArray& line);

/// A line with `--json`: {"to":PEER,"text":TEXT}, {"text":TEXT}, {"accept":PEER}, {"decline":PEER} or
/// {"block":PEER}. Keys that are not known are ignored, so that a newer program can be driven alike.
[[nodiscard]] InputCommand parseJsonLine(const QByteArray& line);

} // namespace kith::cli
