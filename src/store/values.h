// What the store takes and gives: plain values, copied between threads. Times are milliseconds since 1970
// UTC, as QDateTime::toMSecsSinceEpoch() gives them. Any thread.
#pragma once

#include "core/reason.h"
#include "core/result.h"
#include "store/bytes.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace kith::store {

// --- conversations ---------------------------------------------------------------------------------------

enum class ConversationKind : std::uint8_t {
    Plain = 1,   ///< a plain-text peer; each connection is a conversation of its own
    Contact = 2, ///< with somebody known by a key; one for each
};

/// One row of the list of conversations, with what the list shows. Reading all of them costs the same
/// whatever their length.
struct Conversation {
    ConversationId id{};
    ConversationKind kind = ConversationKind::Plain;
    std::optional<PublicKey> key{}; ///< of the contact; nothing in plain text
    QString address{};              ///< plain text: whom with; as core::toText writes it
    QString title{};                ///< what our person called it; empty otherwise
    qint64 startedAt = 0;
    std::optional<qint64> endedAt{}; ///< plain text: the connection is over
    bool keepHistory = true;
    int unread = 0;       ///< entries of the peer's that are not marked as read
    EntryRow lastEntry{}; ///< the newest; 0 where there is none
    qint64 lastArrivedAt = 0;
    bool lastMine = false;
    QString preview{}; ///< the newest entry's first limits::previewCharacters characters
    QString draft{};
};

// --- entries ---------------------------------------------------------------------------------------------

/// What an entry is. A number this version does not know reads as Unknown, and is shown as such.
enum class EntryKind : std::uint8_t { Unknown = 0, Text = 1 };

/// How far an entry has come. Numbers as stored; one that is not known reads as Failed (ours), Received
/// (theirs).
enum class EntryState : std::uint8_t {
    Received = 0,  ///< the peer's
    Waiting = 1,   ///< ours, stored and not yet sent
    Sent = 2,      ///< handed to the connection
    Delivered = 3, ///< the peer's machine has stored it
    Read = 4,      ///< the peer has read it, and says so
    Failed = 5,    ///< it will not arrive; `failure` says why
};

/// The place of an entry in its sender's stream, numbers from 1.
struct StreamPosition {
    StreamId stream{};
    qint64 number = 0;
    bool operator==(const StreamPosition&) const = default;
};

/// What is to be stored. Text over limits::messageText bytes of UTF-8 is refused (TextTooLong).
struct NewEntry {
    ConversationId conversation{};
    EntryId id = EntryId::random();
    bool mine = false;
    EntryKind kind = EntryKind::Text;
    EntryState state = EntryState::Received;
    std::optional<core::Reason> failure{};
    qint64 writtenAt = 0; ///< by its writer's clock
    qint64 arrivedAt = 0; ///< by our clock; of our own entries the same as writtenAt
    QString text{};
    std::optional<StreamPosition> position{}; ///< nothing in plain text
    std::optional<EntryId> refersTo{};        ///< the entry that this one answers or changes
};

/// What is stored.
struct Entry {
    EntryRow row{};
    ConversationId conversation{};
    EntryId id{};
    bool mine = false;
    EntryKind kind = EntryKind::Text;
    EntryState state = EntryState::Received;
    std::optional<core::Reason> failure{};
    qint64 writtenAt = 0;
    qint64 arrivedAt = 0;
    QString text{};
    qint64 number = 0; ///< in its stream; 0 in plain text
    std::optional<EntryId> refersTo{};

    bool operator==(const Entry&) const = default;
};

/// What became of an entry that was to be stored.
struct Appended {
    enum class Outcome : std::uint8_t {
        Stored,      ///< on the disk, flushed
        NotKept,     ///< this conversation keeps no history: nothing was stored, the stream's number was
        Duplicate,   ///< it was stored before; `row` is that one
        Conflicting, ///< another entry with this id is stored: an alarm
    };
    Outcome outcome = Outcome::Stored;
    EntryRow row{}; ///< 0 where NotKept
    bool operator==(const Appended&) const = default;
};

/// How far a stream has come here.
struct Stream {
    StreamId id{};
    bool mine = false;
    qint64 lastNumber = 0;
    std::optional<EntryId> lastEntry{};
    bool ended = false; ///< gets nothing more: a backup was restored, or a new one was begun
    bool operator==(const Stream&) const = default;
};

/// A place in a conversation, and how much around it.
struct PageRequest {
    enum class Anchor : std::uint8_t {
        Latest, ///< the newest `before` entries
        First,  ///< the oldest `after` entries
        Row,    ///< `before` entries before `row`, and `after` from it on, itself the first of those
    };
    ConversationId conversation{};
    Anchor anchor = Anchor::Latest;
    EntryRow row{}; ///< need not exist (any more): the place where it would be
    int before = 50;
    int after = 0;
};

/// Entries in order, oldest first; at most limits::pageEntries and limits::pageText.
struct Page {
    QList<Entry> entries{};
    bool moreBefore = false;
    bool moreAfter = false;
    /// A part of the file could not be read: this is what could, and moreBefore/moreAfter are guesses.
    bool damaged = false;
};

// --- search ----------------------------------------------------------------------------------------------

/// What to look for. Words are folded as fold.h says; words next to each other without white space
/// ("don't", Chinese, Korean) must stand so; all must occur; the last also finds longer words beginning
/// with it. With no words, everything of those days is found. Days go by arrivedAt.
struct SearchRequest {
    QString words{};
    std::optional<ConversationId> conversation{}; ///< nothing: everywhere
    std::optional<qint64> from{};                 ///< at or after
    std::optional<qint64> until{};                ///< before
    bool oldestFirst = false;
    EntryRow after{}; ///< the last hit of the answer before, to go on from; 0 to begin
    int limit = 50;   ///< at most limits::searchHits
};

/// Characters of Entry::text (UTF-16 units, as QString counts).
struct TextRange {
    qsizetype from = 0;
    qsizetype length = 0;
    bool operator==(const TextRange&) const = default;
};

/// An entry that was found, and why.
struct SearchHit {
    Entry entry{};
    QList<TextRange> matches{}; ///< where the words stand in entry.text, in order, not overlapping
};

/// One answer of a search; `more`: there are further hits after the last of these.
struct SearchResult {
    QList<SearchHit> hits{};
    QList<Conversation> conversations{}; ///< that the hits are of, each once
    bool more = false;
};

// --- people ----------------------------------------------------------------------------------------------

enum class Trust : std::uint8_t {
    Unverified = 0,
    ByInvite = 1,   ///< an invite of theirs carried the key
    ByCompare = 2,  ///< the safety numbers were compared
    KeyChanged = 3, ///< stopped until a person decides
};

/// Somebody known by a key.
struct Contact {
    PublicKey key{};
    QString name{};  ///< what they call themselves; cleaned by core::cleanName
    QString alias{}; ///< what our person calls them; empty: nothing
    Trust trust = Trust::Unverified;
    qint64 metAt = 0;
    bool expected = false; ///< let in ahead, whatever they know of us, until they come
    bool operator==(const Contact&) const = default;
};

/// Where a contact was reached, came from, or says to be.
struct ContactAddress {
    QString host{};
    quint16 port = 0;  ///< 0: they came from there, and cannot be called there
    QString network{}; ///< where it was learned; empty: good everywhere
    qint64 seenAt = 0;
    bool reached = false; ///< their key has answered there
    bool operator==(const ContactAddress&) const = default;
};

/// An invite of ours, as PROTOCOL.md, "Invites", has it; the link is made of it elsewhere.
struct Invite {
    InviteId id{};
    InviteSecret secret{};
    qint64 madeAt = 0;
    qint64 expiresAt = 0;
    std::optional<PublicKey> usedBy{};
    bool shown = false; ///< made to be shown by a program that hosts, and for nobody
    bool operator==(const Invite&) const = default;
};

/// What became of an invite that somebody brought. Its proof was checked by the caller.
enum class InviteUse : std::uint8_t {
    Accepted, ///< spent now, or by this same key before; the contact is stored
    Unknown,  ///< never made, or revoked
    Expired,
    Spent, ///< by another key
};

/// A key or an address that our person wants nothing of: exactly one of both.
struct Block {
    std::optional<PublicKey> key{};
    QString address{};
    qint64 since = 0;
    bool operator==(const Block&) const = default;
};

// --- files -----------------------------------------------------------------------------------------------

enum class ExportFormat : std::uint8_t {
    /// For people: a heading for each conversation, then `DATE TIME NAME: text`, local time; each further
    /// line
    /// of a message begins with `| `. Control and direction characters are written as core::escapeForTerminal
    /// writes them.
    Text,
    /// One object: {"kith_export":1,"conversations":[{"id","kind":"plain"|"contact","name","address","key",
    /// "started","ended","messages":[{"id","mine","state","failure","time","arrived","text"}…]}…]}. Times are
    /// RFC 3339 in UTC, ids and keys hexadecimal; what there is not is left out.
    Json,
};

/// What to write out, how, and where to.
struct ExportRequest {
    QList<ConversationId> conversations{}; ///< none: all of them
    ExportFormat format = ExportFormat::Text;
    QString ownName{};    ///< for our own entries, in text
    QString file{};       ///< where to; empty: to the descriptor
    int descriptor = -1;  ///< stays the caller's, and open until the future finishes
    bool replace = false; ///< a file of that name may be replaced
};

/// What was written out.
struct Exported {
    int conversations = 0;
    qint64 entries = 0;
    bool operator==(const Exported&) const = default;
};

/// Where to back up to, and what beside the history.
struct BackupRequest {
    QString file{};
    bool replace = false; ///< a file of that name may be replaced
    /// Names of files in the profile's folder to take along: the identity's file. Those that are not there
    /// are left out.
    QStringList files{};
};

/// Which backup to make this profile of.
struct RestoreRequest {
    QString file{};
    bool replace = false; ///< what the profile holds may be put aside (into replaced-TIME/, never deleted)
};

/// What a restore did.
struct Restored {
    QStringList files{}; ///< what was restored beside the history
    QString putAside{};  ///< the folder that holds what was there before; empty where there was nothing
};

// --- opening ---------------------------------------------------------------------------------------------

/// How the history was opened.
struct Opened {
    bool readOnly = false;
    /// Why, where readOnly: StoreReadOnly, StoreDamaged.
    std::optional<core::Reason> why{};
    /// Where readOnly because of damage: the copy that is being read. The file itself is as it was found.
    QString copy{};
    /// The write-ahead log was damaged and what stood after that place in it is lost; a copy is kept here.
    QString damagedLog{};
    int migratedFrom = 0; ///< the version before; 0 where it was new or current
    bool created = false;
    bool restored = false; ///< from a backup, since it was last opened
};

} // namespace kith::store
