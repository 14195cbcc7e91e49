// The command line of kith-cli: words in, what is asked for or what is wrong with it out. Total; no I/O; any
// thread.
#pragma once

#include "core/limits.h"

#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace kith::cli {

enum class Command : quint8 {
    Host,
    Connect,
    History,
    Search,
    Export,
    Backup,
    Restore,
    Clear,
    Delete,
    Keep,
    Id,
    Invite,
    Invites,
    Contacts,
    Safety,
    Verify,
    Block,
    Unblock,
    Rename,
    Key,
};

/// It works on what the profile holds; the others chat.
[[nodiscard]] constexpr bool isStored(Command command) {
    return command != Command::Host && command != Command::Connect;
}

/// Who comes in without a question, as `--accept` says.
enum class Accept : quint8 { Ask, Known, All };

/// What `verify` is told of a safety number that was compared.
enum class Compared : quint8 {
    Agree,
    Differ, ///< somebody may be in between: the contact is stopped
    Not,    ///< a stopped contact goes on with the key that is known, not verified
};

/// A command line that is understood. A value.
struct Arguments {
    Command command = Command::Host;
    Accept accept = Accept::Ask;         ///< host
    Compared compared = Compared::Agree; ///< verify
    bool json = false;
    bool plain = false;           ///< host, connect
    bool keepsHistory = true;     ///< host, connect: of the conversations that begin
    bool sandboxOptional = false; ///< host, connect: workers go on where nothing can confine them
    bool once = false;            ///< host
    bool somebodyNew = false;     ///< connect: whoever answers there is expected, and no contact
    bool yes = false;             ///< clear, delete: erase, and do not only say what it would be
    bool keep = true;             ///< keep: on or off
    bool imports = false;         ///< key: become the one in the file, and do not write one
    bool replace = false;         ///< export, backup, restore, key: what is there already
    std::optional<quint16> port;  ///< host; nothing: limits::defaultPort; 0: the kernel chooses

    QString profile; ///< empty: the default one
    QString log;     ///< empty: none
    QString address; ///< connect: as typed; "-": the first line of standard input
    /// As typed, of every command that is about somebody; empty: everybody.
    QString peer;
    QString name;   ///< rename: what to call them; empty: as they call themselves
    QString words;  ///< search: what to look for, with spaces between
    QString invite; ///< invites: the one to revoke, as typed; empty: list them
    /// export, backup, restore, key: absolute; empty: standard output (export alone).
    QString file;
    std::optional<QDate> from;  ///< search: this day and later
    std::optional<QDate> until; ///< ... and this day and earlier; invite: good to the end of that day

    /// The command with its options and without those of this program's own start (profile, log): what
    /// another program that holds the profile is asked for.
    QStringList handOver;

    bool operator==(const Arguments&) const = default;
};

/// `--help`, of all commands or of one.
struct HelpAsked {
    std::optional<Command> command;
    bool operator==(const HelpAsked&) const = default;
};

/// `--version` was among the words.
struct VersionAsked {
    bool operator==(const VersionAsked&) const = default;
};

/// What cannot be understood, in a few words for a person who types options; exit status 2.
struct UsageMistake {
    QString what;
    bool json = false; ///< `--json` stood among the words
    bool operator==(const UsageMistake&) const = default;
};

using Parsed = std::variant<Arguments, HelpAsked, VersionAsked, UsageMistake>;

/// `words` without the program's name. Options may stand before and after the command; `--` ends them;
/// `--name value` and `--name=value` are one; of an option given twice the last counts. `folder` is where a
/// relative file name begins, as another program that may carry the command out runs elsewhere.
[[nodiscard]] Parsed parseArguments(const QStringList& words, const QString& folder = {});

/// What `--help` prints, ending with a newline.
[[nodiscard]] QString helpText(std::optional<Command> command);

} // namespace kith::cli
