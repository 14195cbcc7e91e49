// What --help prints: helpText() of arguments.h.
#include "cli/arguments.h"

namespace kith::cli {

namespace {

constexpr auto generalHelp = R"(Talk directly, computer to computer, in a terminal.

  kith-cli [--profile DIR] [--log FILE] COMMAND [OPTIONS]

  host                   wait for someone to connect, and chat
  connect ADDRESS|-      go to someone who hosts, or by an invite, and chat
  invite                 a link that lets one person in and proves that it is you
  invites [revoke ID]    the invites there are; take one back
  contacts               everybody you know
  id                     who you are
  safety PEER            the number that two people compare
  verify PEER            you have compared it
  accept PEER            let in who asks, or who asked, the next time
  block PEER             let them in no more; unblock PEER takes it back
  rename PEER NAME       what you call them
  key export|import FILE your key in a file, and back
  history [PEER]         what was said
  search WORDS...        find it
  export [PEER]          all of it, as text or JSON
  backup FILE            the whole profile in one file
  restore FILE           a profile from such a file
  clear PEER             erase what was said
  delete PEER            forget somebody, with everything that was said
  keep PEER on|off       whether what is said is kept

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
  --sessions N   at most N connections at once, 1 to 1024. Without it: as the profile says, 256 at first
  --no-history   keep nothing of what is said
  --sandbox-optional
                 go on where this computer cannot confine the connection processes (SECURITY.md)
  --json         one JSON object a line, in both directions

For experts:
  --no-penalties never hold an address off for what comes from it: for measurements, and in a network where
                 you trust everybody. All other limits stay
)";

constexpr auto connectHelp = R"(kith-cli [--profile DIR] [--log FILE] connect ADDRESS|- [OPTIONS]

Connects to a host and chats. ADDRESS is an invite (kith://...), or a name or an address, with :PORT where it
is not 5188, for example 192.168.1.7, [fe80::1%eth0]:5188 or example.org:5189. With - the first line of
standard input is the address: other users of this computer can read a command line, and an invite is a
secret. Whoever an invite names is verified; whoever answers at an address that was not known is not.

  --plain        in plain text, for netcat, telnet and classic chat programs. Nothing protects it
  --new          whoever answers at ADDRESS is somebody new. An address where you have met somebody expects
                 their key, and with another one it connects to nobody; this is how to go on with that key.
                 The contact you have stays stopped until kith-cli verify says otherwise
  --no-history   keep nothing of what is said
  --sandbox-optional
                 go on where this computer cannot confine the connection processes (SECURITY.md)
  --json         one JSON object a line, in both directions
)";

constexpr auto chatHelp = R"(
A line that begins with / is a command: /to NAME, /who, /accept [NAME], /decline [NAME], /block [NAME],
/quit, /help. Who asked and is gone can still be accepted, for the next time; /who lists them. // sends a line
that begins with /. Lines typed before anybody is there wait for the first who
comes. At the end of input, what waits is sent, and then all ends. Input is taken in order and is not read
while too much of it waits to be sent; output that nobody reads makes the peers wait in the same way. What is
said is kept in the profile, unless --no-history says otherwise, and kith-cli history shows it; a line that
cannot be kept is not sent.
)";

constexpr auto chatJsonHelp = R"(
With --json, standard input takes {"to":PEER,"text":TEXT} ("to" may be left out), {"accept":PEER},
{"decline":PEER} and {"block":PEER}; events are "listening", "connected", "request", "message", "state",
"closed", "missed", "accepted", "folded", "key-changed" and "error". "listening" has an invite of its own,
which was given to nobody and nobody has used. "missed" is somebody who asked and is gone: {"accept":PEER}
lets them in the next time, and "accepted" says so. "folded" has the number of those who asked and of whom
nothing else is kept. "connected" has a sandbox, what confines the connection's process: seccomp and
no_new_privs, true or false, as the kernel says, and landlock, the ABI that it applied, 0 for none.
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

Erases the conversations with PEER and what was said in them, and forgets a contact: the key, the names and
the addresses. One that is open is ended first. A block stays. It ends when no byte of what was said is left
in the history's files; backups and copies of damaged histories are not touched.

  --yes          do it. Without it, it is said what would be erased
  --json         what goes wrong as a JSON object
)";

constexpr auto keepHelp = R"(kith-cli [--profile DIR] [--log FILE] keep PEER on|off [--json]

Decides for the conversations with PEER whether what is said from here on is kept. What is kept already
stays; kith-cli clear erases it. In plain text each connection is a conversation of its own and begins with
on: there PEER has to be connected to a running Kith.
)";

constexpr auto peerHelp = R"(
PEER is a contact's name or Kith ID, or in plain text an address (HOST or HOST:PORT), or the beginning of
one of them, as long as it fits one person or host. Several conversations with a host, one for each
connection, are all meant.
)";

constexpr auto personHelp = R"(
PEER is a name or a Kith ID, as kith-cli contacts lists them, or the beginning of one, as long as it fits one
person; of a Kith ID at least 4 characters.
)";

constexpr auto idHelp = R"(kith-cli [--profile DIR] [--log FILE] id [--json]

Writes your Kith ID: your public key, by which others know that it is you.

  --json         an object with "id" and "name"
)";

constexpr auto inviteHelp = R"(kith-cli [--profile DIR] [--log FILE] invite [OPTIONS]

Writes a link for one person to connect by, while you host. It lets its bearer in without a question, and
proves to them that it is really you. It works once: the same person may come again, nobody else.

  --until DATE   good until the end of DATE (YYYY-MM-DD) instead of for 7 days
  --once         once, for 7 days: as without it
  --json         an object with "id", "invite" and "expires"
)";

constexpr auto invitesHelp = R"(kith-cli [--profile DIR] [--log FILE] invites [revoke ID] [OPTIONS]

Lists the invites you have made, those used or over in the last 30 days among them. With revoke, nobody comes
in by that one any more; ID is its first word in the list, or a unique beginning of it.

  --json         one "invite" object a line: id, state (waiting, used, expired), made, expires, peer
)";

constexpr auto contactsHelp = R"(kith-cli [--profile DIR] [--log FILE] contacts [OPTIONS]

Lists everybody you know by a key, whether they are verified, and whom you have blocked.

  --json         one "contact" object a line: peer, name, calls_themselves, verified, trust (unverified,
                 invite, compared, key-changed), blocked, addresses; a "blocked" object for a key that is no
                 contact's
)";

constexpr auto safetyHelp = R"(kith-cli [--profile DIR] [--log FILE] safety PEER [OPTIONS]

Writes the safety number of the two of you, the same at both ends. Read it to each other, by phone or face to
face: if all twelve groups agree, nobody is in between.

  --json         an object with peer, name, verified, trust, safety; "other" is the number with a key that was
                 shown instead
)";

constexpr auto verifyHelp = R"(kith-cli [--profile DIR] [--log FILE] verify PEER [OPTIONS]

Notes that the two of you have compared the safety number (kith-cli safety) and that it agrees. It also goes
on with somebody who was stopped as another key was shown.

  --differ       it does not agree: the contact is stopped
  --resume       it was not compared: somebody who was stopped goes on with the key you know, not verified
  --json         the person as of contacts
)";

constexpr auto acceptHelp = R"(kith-cli [--profile DIR] [--log FILE] accept PEER [OPTIONS]

Lets PEER in, who asks a running Kith of this profile; who asked and is gone comes in without a question the
next time. PEER is a name, an address or a Kith ID, or the beginning of one, as it fits one request; or,
whether they have asked or not, a contact or the whole Kith ID of anybody.

  --json         the person as of contacts
)";

constexpr auto blockHelp = R"(kith-cli [--profile DIR] [--log FILE] block PEER [OPTIONS]

Ends what there is with PEER and lets them in no more; they are not told. PEER may be the whole Kith ID of
somebody you do not know.

  --json         the person as of contacts
)";

constexpr auto unblockHelp = R"(kith-cli [--profile DIR] [--log FILE] unblock PEER [OPTIONS]

Takes a block back.

  --json         the person as of contacts
)";

constexpr auto renameHelp = R"(kith-cli [--profile DIR] [--log FILE] rename PEER NAME [OPTIONS]

What you call PEER, whatever they call themselves. An empty NAME takes it away. Nobody else sees it.

  --json         the person as of contacts
)";

constexpr auto keyHelp = R"(kith-cli [--profile DIR] [--log FILE] key export|import FILE [OPTIONS]

Writes your key to FILE under a passphrase, or makes this profile the key of such a file; the key there was is
put aside in the profile's folder, never deleted. Whoever has FILE and passphrase can pass for you. The
passphrase is asked for in a terminal; otherwise it is the first line of standard input. Nobody may be
connected while a key is imported.

  --replace      export: where FILE is there already, replace it
  --json         what goes wrong as a JSON object; import: as of id
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
    case Command::Id:
        return text(idHelp);
    case Command::Invite:
        return text(inviteHelp);
    case Command::Invites:
        return text(invitesHelp);
    case Command::Contacts:
        return text(contactsHelp);
    case Command::Safety:
        return text(safetyHelp) + text(personHelp);
    case Command::Verify:
        return text(verifyHelp) + text(personHelp);
    case Command::Accept:
        return text(acceptHelp);
    case Command::Block:
        return text(blockHelp) + text(personHelp);
    case Command::Unblock:
        return text(unblockHelp) + text(personHelp);
    case Command::Rename:
        return text(renameHelp) + text(personHelp);
    case Command::Key:
        return text(keyHelp);
    }
    return {};
}

} // namespace kith::cli
