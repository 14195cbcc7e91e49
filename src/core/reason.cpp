// size budget: one switch with a line for each reason, which no split would make clearer.
#include "core/reason.h"

namespace kith::core {

std::string_view code(Reason reason) {
    switch (reason) {
    case Reason::StoppedByUs:
        return "stopped-by-us";
    case Reason::PeerClosed:
        return "peer-closed";
    case Reason::PeerVanished:
        return "peer-vanished";
    case Reason::Declined:
        return "declined";
    case Reason::RequestExpired:
        return "request-expired";
    case Reason::PlainTurnedAway:
        return "plain-turned-away";
    case Reason::SecureOnPlain:
        return "secure-on-plain";
    case Reason::Superseded:
        return "superseded";
    case Reason::ProtocolBroken:
        return "protocol-broken";
    case Reason::TooMuch:
        return "too-much";
    case Reason::AddressInvalid:
        return "address-invalid";
    case Reason::NameNotFound:
        return "name-not-found";
    case Reason::NameLookupFailed:
        return "name-lookup-failed";
    case Reason::ConnectionRefused:
        return "connection-refused";
    case Reason::NoAnswer:
        return "no-answer";
    case Reason::NetworkUnreachable:
        return "network-unreachable";
    case Reason::ConnectFailed:
        return "connect-failed";
    case Reason::OwnAddress:
        return "own-address";
    case Reason::NotKith:
        return "not-kith";
    case Reason::TlsFailed:
        return "tls-failed";
    case Reason::HostClosed:
        return "host-closed";
    case Reason::NotLetIn:
        return "not-let-in";
    case Reason::Unanswered:
        return "unanswered";
    case Reason::VersionTooOld:
        return "version-too-old";
    case Reason::VersionTooNew:
        return "version-too-new";
    case Reason::KeyInvalid:
        return "key-invalid";
    case Reason::SignatureWrong:
        return "signature-wrong";
    case Reason::OwnKey:
        return "own-key";
    case Reason::KeyChanged:
        return "key-changed";
    case Reason::Blocked:
        return "blocked";
    case Reason::InviteInvalid:
        return "invite-invalid";
    case Reason::InvitesFull:
        return "invites-full";
    case Reason::KithIdInvalid:
        return "kith-id-invalid";
    case Reason::KeyFileInvalid:
        return "key-file-invalid";
    case Reason::PassphraseWrong:
        return "passphrase-wrong";
    case Reason::PassphraseWeak:
        return "passphrase-weak";
    case Reason::PortTaken:
        return "port-taken";
    case Reason::PortForbidden:
        return "port-forbidden";
    case Reason::ListenFailed:
        return "listen-failed";
    case Reason::DescriptorsSpent:
        return "descriptors-spent";
    case Reason::WorkerMissing:
        return "worker-missing";
    case Reason::WorkerNotStarted:
        return "worker-not-started";
    case Reason::WorkerSilent:
        return "worker-silent";
    case Reason::WorkerCrashed:
        return "worker-crashed";
    case Reason::WorkerSandboxed:
        return "worker-sandboxed";
    case Reason::SandboxMissing:
        return "sandbox-missing";
    case Reason::WorkerBroke:
        return "worker-broke";
    case Reason::HeldOff:
        return "held-off";
    case Reason::TooManySessions:
        return "too-many-sessions";
    case Reason::StoreNewer:
        return "store-newer";
    case Reason::StoreDamaged:
        return "store-damaged";
    case Reason::StoreReadOnly:
        return "store-read-only";
    case Reason::StoreFull:
        return "store-full";
    case Reason::StoreLocked:
        return "store-locked";
    case Reason::StoreUnavailable:
        return "store-unavailable";
    case Reason::FileFailed:
        return "file-failed";
    case Reason::FileExists:
        return "file-exists";
    case Reason::BackupInvalid:
        return "backup-invalid";
    case Reason::ProfileOccupied:
        return "profile-occupied";
    case Reason::IdentityUnusable:
        return "identity-unusable";
    case Reason::ProfileInUse:
        return "profile-in-use";
    case Reason::ProfileUnusable:
        return "profile-unusable";
    case Reason::TextTooLong:
        return "text-too-long";
    case Reason::OutboxFull:
        return "outbox-full";
    case Reason::NotConnected:
        return "not-connected";
    case Reason::UnknownPeer:
        return "unknown-peer";
    case Reason::UsageError:
        return "usage-error";
    case Reason::Internal:
        return "internal";
    }
    return "internal";
}

std::optional<Reason> reasonFromNumber(std::uint32_t number) {
    for (const Reason reason : allReasons) {
        if (static_cast<std::uint32_t>(reason) == number)
            return reason;
    }
    return std::nullopt;
}

} // namespace kith::core
