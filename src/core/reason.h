// Why something ended or could not be done: the one list of codes. Codes travel between processes, in JSON
// events and in logs; sentences are made of them in words/ alone. Plain C++; any thread, any process.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kith::core {

/// The numbers go over the boundary between program and worker, which are always of one version; the code
/// strings (see code()) stand in JSON output and do not change.
enum class Reason : std::uint8_t {
    // A connection ended.
    StoppedByUs,     ///< SIGUSR1: Disconnect, the conversation closed, Kith quit
    PeerClosed,      ///< end-of-file, or a goodbye
    PeerVanished,    ///< reset, or nothing heard within the limits
    Declined,        ///< our person said no to a request
    RequestExpired,  ///< nobody answered a request in time
    PlainTurnedAway, ///< a plain-text peer where plain text is off
    SecureOnPlain,   ///< a silent peer that was let in as plain text began TLS
    Superseded,      ///< another session with the same person goes on
    ProtocolBroken,  ///< the peer sent what is not legal: a frame too long, unknown, or not now
    TooMuch,         ///< the peer sent more pings or TLS messages than anybody needs

    // A connection could not be made.
    AddressInvalid,     ///< what was typed is not an address
    NameNotFound,       ///< no address for the name
    NameLookupFailed,   ///< the resolver failed or did not answer
    ConnectionRefused,  ///< nothing listens there
    NoAnswer,           ///< no answer within the limit
    NetworkUnreachable, ///< no route to the address
    ConnectFailed,      ///< any other failure of connect(2)
    OwnAddress,         ///< it is this very program that hosts there

    // Who the other is could not be settled.
    NotKith,        ///< something answered, and it does not speak kith/1 inside TLS 1.3
    TlsFailed,      ///< the encrypted connection failed or was cut on the way
    HostClosed,     ///< the host closed without a word: it may be full, or take no strangers
    NotLetIn,       ///< a person over there said no
    Unanswered,     ///< nobody over there answered in time
    VersionTooOld,  ///< the other Kith is too old for this one
    VersionTooNew,  ///< ... or this one for the other
    KeyInvalid,     ///< a key that nobody can have
    SignatureWrong, ///< the other could not prove that the key is theirs
    OwnKey,         ///< it is our own key
    KeyChanged,     ///< not the key that is known for this contact, or that the invite named
    Blocked,        ///< our person has blocked this key or address

    // What a person brought.
    InviteInvalid,   ///< not an invite, or one that was cut off or changed
    InvitesFull,     ///< limits::invitesAlive are alive
    KithIdInvalid,   ///< not a Kith ID
    KeyFileInvalid,  ///< not a key that `key export` wrote
    PassphraseWrong, ///< the key is there, and does not open
    PassphraseWeak,  ///< none, or too short to keep a key safe

    // Hosting.
    PortTaken,        ///< EADDRINUSE, from bind or from listen
    PortForbidden,    ///< EACCES: a port below 1024
    ListenFailed,     ///< any other failure to listen
    DescriptorsSpent, ///< out of descriptors or memory: accepting pauses

    // A worker process.
    WorkerMissing,    ///< kith-worker is not where it was installed
    WorkerNotStarted, ///< fork or exec failed
    WorkerSilent,     ///< it started and did not say that it is ready
    WorkerCrashed,    ///< ended by a signal
    WorkerSandboxed,  ///< ended by its sandbox
    SandboxMissing,   ///< this computer cannot confine it, and nobody has said to go on without
    WorkerBroke,      ///< it ended without saying why, or broke the rules of the boundary
    HeldOff,          ///< its worker crashed too often: not tried again at once
    TooManySessions,  ///< the limit of sessions or of waiting requests is reached

    // The store, and the files of a profile.
    StoreNewer,       ///< the history was written by a newer Kith
    StoreDamaged,     ///< the history is not whole: a page, a record or the file's header is damaged
    StoreReadOnly,    ///< the history can be read and not written
    StoreFull,        ///< no room on the disk
    StoreLocked,      ///< another program holds the history's lock
    StoreUnavailable, ///< the history cannot be opened, or is closed
    FileFailed,       ///< a file to export, back up or restore cannot be read or written
    FileExists,       ///< such a file is there already, and nobody said to replace it
    BackupInvalid,    ///< not a Kith backup, or a damaged one
    ProfileOccupied,  ///< the profile to restore into holds something already

    // The identity.
    IdentityUnusable, ///< the identity's file cannot be read, written or is not private

    // The program.
    ProfileInUse,    ///< another Kith holds this profile's lock
    ProfileUnusable, ///< the profile's folder cannot be made, read or written, or is not private
    TextTooLong,     ///< a message over the limit
    OutboxFull,      ///< the peer does not read, and what waits for it is at its limit
    NotConnected,    ///< sending to somebody who is not there, where nothing is kept for later
    UnknownPeer,     ///< no conversation of that name
    UsageError,      ///< a command line or an event that is not understood
    Internal,        ///< a mistake of ours
};

/// Every reason, for tables and tests.
inline constexpr std::array allReasons = {
    Reason::StoppedByUs,      Reason::PeerClosed,        Reason::PeerVanished,     Reason::Declined,
    Reason::RequestExpired,   Reason::PlainTurnedAway,   Reason::SecureOnPlain,    Reason::Superseded,
    Reason::ProtocolBroken,   Reason::TooMuch,           Reason::AddressInvalid,   Reason::NameNotFound,
    Reason::NameLookupFailed, Reason::ConnectionRefused, Reason::NoAnswer,         Reason::NetworkUnreachable,
    Reason::ConnectFailed,    Reason::OwnAddress,        Reason::NotKith,          Reason::TlsFailed,
    Reason::HostClosed,       Reason::NotLetIn,          Reason::Unanswered,       Reason::VersionTooOld,
    Reason::VersionTooNew,    Reason::KeyInvalid,        Reason::SignatureWrong,   Reason::OwnKey,
    Reason::KeyChanged,       Reason::Blocked,           Reason::InviteInvalid,    Reason::InvitesFull,
    Reason::KithIdInvalid,    Reason::KeyFileInvalid,    Reason::PassphraseWrong,  Reason::PassphraseWeak,
    Reason::PortTaken,        Reason::PortForbidden,     Reason::ListenFailed,     Reason::DescriptorsSpent,
    Reason::WorkerMissing,    Reason::WorkerNotStarted,  Reason::WorkerSilent,     Reason::WorkerCrashed,
    Reason::WorkerSandboxed,  Reason::SandboxMissing,    Reason::WorkerBroke,      Reason::HeldOff,
    Reason::TooManySessions,  Reason::StoreNewer,        Reason::StoreDamaged,     Reason::StoreReadOnly,
    Reason::StoreFull,        Reason::StoreLocked,       Reason::StoreUnavailable, Reason::FileFailed,
    Reason::FileExists,       Reason::BackupInvalid,     Reason::ProfileOccupied,  Reason::IdentityUnusable,
    Reason::ProfileInUse,     Reason::ProfileUnusable,   Reason::TextTooLong,      Reason::OutboxFull,
    Reason::NotConnected,     Reason::UnknownPeer,       Reason::UsageError,       Reason::Internal,
};

/// The stable name of a reason in JSON events, e.g. "peer-closed".
[[nodiscard]] std::string_view code(Reason reason);

/// The reason with that number, or nothing: for decoders.
[[nodiscard]] std::optional<Reason> reasonFromNumber(std::uint32_t number);

} // namespace kith::core
