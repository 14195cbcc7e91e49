// What --help prints: helpText() of arguments.h.
#include "cli/arguments.h"

namespace kith::cli {

namespace {

constexpr auto generalHelp = R"(Talk directly, computer to computer, in a terminal.

  kith-cli [--profile DIR] [--log FILE] COMMAND [OPTIONS]

  host                wait for someone to connect, and chat
  connect ADDRESS|-   go to someone who hosts, and chat
  history [PEER]      what was said
  search WORDS...     find it
  export [PEER]       all of it, as text or JSON
  backup FILE         the whole profile in one file
  restore FILE        a profile from such a file
  clear PEER          erase what was said
  delete PEER         erase the conversations too
  keep PEER on|off    whether what is said is kept

In a chat a line typed is a message; a message received is a line on standard output; everything else goes to
standard error. Each command explains itself, e.g. kith-cli host --help.

  --profile DIR  the folder of the profile. If a running Kith has it open, that one carries the command out
  --log FILE     append what happens to FILE: codes, process numbers and times; no names, keys or texts
  --help         this text
  --version      the version

Exit status: 0 ended well, 1 could not, 2 the command line is not understood.
)";

constexpr auto hostHelp = R"(kith-cli [--profile DIR] [--log FILE] host [OPTIONS]

Waits for people to connect and chats with them.

  --port N       listen on this port instead of 5188; 0: any that is free
  --plain        let plain-text programs in too: netcat, telnet, classic chat programs. Nothing protects them
  --accept WHO   ask (each is asked about, as you choose with /accept and /decline), known (only people you
                 know; a plain-text program never is) or all. Without it: ask
  --once         end after the first conversation
  --no-history   keep nothing of what is said
  --json         one JSON object a line, in both directions
)";

constexpr auto connectHelp = R"(kith-cli [--profile DIR] [--log FILE] connect ADDRESS|- [OPTIONS]

Connects to a host and chats. ADDRESS is a name or an address, with :PORT where it is not 5188, for example
192.168.1.7, [fe80::1%eth0]:5188 or example.org:5189. With - the first line of standard input is the address.

  --plain        in plain text, for netcat, telnet and classic chat programs. Nothing protects it
  --no-history   keep nothing of what is said
  --json         one JSON object a line, in both directions
)";

constexpr auto chatHelp = R"(
A line that begins with / is a command: /to NAME, /who, /accept [NAME], /decline [NAME], /quit, /help.
// sends a line that begins with /. Lines typed before anybody is there wait for the first who comes. At the
end of input, what waits is sent, and then all ends. Input is taken in order and is not read while too much of
it waits to be sent; output that nobody reads makes the peers wait in the same way. What is said is kept in
the profile, unless --no-history says otherwise, and kith-cli history shows it; a line that cannot be kept is
not sent.
)";

constexpr auto chatJsonHelp = R"(
With --json, standard input takes {"to":PEER,"text":TEXT} ("to" may be left out), {"accept":PEER} and
{"decline":PEER}; events are "listening", "connected", "request", "message", "state", "closed" and "error".
)";

constexpr auto historyHelp = R"(kith-cli [--profile DIR] [--log FILE] history [PEER] [--json]

Writes what was said with PEER, or with everybody, oldest first: a heading for each day, then time, name and
text. Further lines of a message begin with "| ".

  --json         one "message" object a line: peer, name, id, time, mine, text; of one's own also its state
)";

constexpr auto searchHelp = R"(kith-cli [--profile DIR] [--log FILE] search [WORDS...] [OPTIONS]

Writes the messages that have all of WORDS, oldest first, as history does. Accents and capitals do not
matter; the last word also finds longer ones. Words without a space between them, as in Chinese and Japanese,
must stand next to each other. With days and no words, everything of those days is found.

  --from DATE    of this day (YYYY-MM-DD) and later
  --until DATE   of this day and earlier
  --peer PEER    with PEER alone
  --json         one "message" object a line, as of history
)";

constexpr auto exportHelp = R"(kith-cli [--profile DIR] [--log FILE] export [PEER] [OPTIONS]

Writes whole conversations, with PEER or with everybody: as text, to standard output.

  --json         one JSON object with all conversations and their messages
  --output FILE  to FILE instead. It is there when it is whole, and only you can read it
  --replace      where FILE is there already, replace it
)";

constexpr auto backupHelp = R"(kith-cli [--profile DIR] [--log FILE] backup FILE [OPTIONS]

Makes one file of the whole profile, also while it is in use. Whoever has that file can read everything in it.

  --replace      where FILE is there already, replace it
  --json         what goes wrong as a JSON object
)";

constexpr auto restoreHelp = R"(kith-cli [--profile DIR] [--log FILE] restore FILE [OPTIONS]

Makes this profile of a backup. FILE is checked before anything is touched. No Kith may have the profile open.

  --replace      where the profile holds something already, put that aside, in a folder of its own inside the
                 profile; nothing is deleted
  --json         what goes wrong as a JSON object
)";

constexpr auto clearHelp = R"(kith-cli [--profile DIR] [--log FILE] clear PEER [OPTIONS]

Erases what was said with PEER. The conversations stay, empty. It ends when no byte of it is left in the
history's files; backups and copies of damaged histories are not touched.

  --yes          do it. Without it, it is said what would be erased
  --json         what goes wrong as a JSON object
)";

constexpr auto deleteHelp = R"(kith-cli [--profile DIR] [--log FILE] delete PEER [OPTIONS]

Erases the conversations with PEER and what was said in them. One that is open is ended first. It ends when no
byte of it is left in the history's files; backups and copies of damaged histories are not touched.

  --yes          do it. Without it, it is said what would be erased
  --json         what goes wrong as a JSON object
)";

constexpr auto keepHelp = R"(kith-cli [--profile DIR] [--log FILE] keep PEER on|off [--json]

Decides for the conversations with PEER that are open in a running Kith whether what is said from here on is
kept. What is kept already stays; kith-cli clear erases it. In plain text each connection is a conversation of
its own and begins with on.
)";

constexpr auto peerHelp = R"(
PEER is an address (HOST or HOST:PORT) or the beginning of one, as long as it fits one host. Several
conversations with that host, one for each connection, are all meant.
)";

QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}

} // namespace

QString helpText(std::optional<Command> command) {
    if (!command)
        return text(generalHelp);
    switch (*command) {
    case Command::Host:
        return text(hostHelp) + text(chatHelp) + text(chatJsonHelp);
    case Command::Connect:
        return text(connectHelp) + text(chatHelp) + text(chatJsonHelp);
    case Command::History:
        return text(historyHelp) + text(peerHelp);
    case Command::Search:
        return text(searchHelp) + text(peerHelp);
    case Command::Export:
        return text(exportHelp) + text(peerHelp);
    case Command::Backup:
        return text(backupHelp);
    case Command::Restore:
        return text(restoreHelp);
    case Command::Clear:
        return text(clearHelp) + text(peerHelp);
    case Command::Delete:
        return text(deleteHelp) + text(peerHelp);
    case Command::Keep:
        return text(keepHelp) + text(peerHelp);
    }
    return {};
}

} // namespace kith::cli
