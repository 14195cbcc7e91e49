#include "words/sentences.h"

#include "words/end_sentences.h"

#include <QLatin1String>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cstring>

namespace kith::words {

using core::ConversationState;
using core::MessageState;
using core::Reason;

namespace {

// Two functions share the reasons, so the compiler cannot see that none is left out: lint/words.py does.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"

/// What has to do with this computer: its programs, its files, what a person brought.
Sentence ownSentence(Reason reason, const Values& values) {
    switch (reason) {
    case Reason::InviteInvalid:
    case Reason::InvitesFull:
    case Reason::KithIdInvalid:
    case Reason::KeyFileInvalid:
    case Reason::PassphraseWrong:
    case Reason::PassphraseWeak:
    case Reason::IdentityUnusable:
        return broughtFailure(reason, values);
    case Reason::PortTaken:
    case Reason::PortForbidden:
    case Reason::ListenFailed:
    case Reason::DescriptorsSpent:
        return hostFailure(reason, values);
    case Reason::WorkerMissing:
    case Reason::WorkerNotStarted:
    case Reason::WorkerSilent:
    case Reason::WorkerCrashed:
    case Reason::WorkerSandboxed:
    case Reason::SandboxMissing:
    case Reason::WorkerBroke:
    case Reason::HeldOff:
    case Reason::TooManySessions:
        return workerFailure(reason, values);
    case Reason::StoreNewer:
    case Reason::StoreDamaged:
    case Reason::StoreReadOnly:
    case Reason::StoreFull:
    case Reason::StoreLocked:
    case Reason::StoreUnavailable:
        return storeFailure(reason, values);
    case Reason::FileFailed:
    case Reason::FileExists:
    case Reason::BackupInvalid:
    case Reason::ProfileOccupied:
        return fileFailure(reason, values);
    case Reason::ProfileInUse:
    case Reason::ProfileUnusable:
    case Reason::TextTooLong:
    case Reason::OutboxFull:
    case Reason::NotConnected:
    case Reason::UnknownPeer:
    case Reason::UsageError:
    case Reason::Internal:
        return programFailure(reason, values);
    default:
        return {};
    }
}

Sentence sentenceOf(Reason reason, const Values& values) {
    switch (reason) {
    case Reason::StoppedByUs:
    case Reason::PeerClosed:
    case Reason::PeerVanished:
    case Reason::Declined:
    case Reason::RequestExpired:
    case Reason::PlainTurnedAway:
    case Reason::SecureOnPlain:
        return conversationEnd(reason, values);
    case Reason::AddressInvalid:
    case Reason::NameNotFound:
    case Reason::NameLookupFailed:
    case Reason::ConnectionRefused:
    case Reason::NoAnswer:
    case Reason::NetworkUnreachable:
    case Reason::ConnectFailed:
    case Reason::OwnAddress:
        return connectFailure(reason, values);
    case Reason::NotKith:
    case Reason::TlsFailed:
    case Reason::HostClosed:
    case Reason::NotLetIn:
    case Reason::Unanswered:
    case Reason::VersionTooOld:
    case Reason::VersionTooNew:
    case Reason::KeyInvalid:
    case Reason::SignatureWrong:
    case Reason::OwnKey:
    case Reason::KeyChanged:
    case Reason::Blocked:
        return trustFailure(reason, values);
    case Reason::Superseded:
    case Reason::ProtocolBroken:
    case Reason::TooMuch:
        return sessionFailure(reason, values);
    default:
        return ownSentence(reason, values);
    }
}

#pragma GCC diagnostic pop

/// What `number` counts, so that Details can say it in the system's words: an errno, a signal, a system call
/// or nothing known.
enum class NumberKind : quint8 { None, SystemError, Signal, SystemCall };

NumberKind numberKind(Reason reason) {
    if (reason == Reason::WorkerCrashed)
        return NumberKind::Signal;
    if (reason == Reason::WorkerSandboxed)
        return NumberKind::SystemCall;
    constexpr std::array system = {
        Reason::PeerVanished,       Reason::ConnectionRefused, Reason::NoAnswer,
        Reason::NetworkUnreachable, Reason::ConnectFailed,     Reason::PortTaken,
        Reason::PortForbidden,      Reason::ListenFailed,      Reason::DescriptorsSpent,
        Reason::WorkerNotStarted,   Reason::ProfileUnusable,   Reason::FileFailed,
        Reason::TlsFailed,          Reason::HostClosed,        Reason::IdentityUnusable,
        Reason::SandboxMissing,
    };
    return std::find(system.begin(), system.end(), reason) != system.end() ? NumberKind::SystemError
                                                                           : NumberKind::None;
}

/// For support and logs, so never translated.
QString detailsOf(Reason reason, int number) {
    const std::string_view name = core::code(reason);
    QString details = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    if (number == 0)
        return details;
    switch (numberKind(reason)) {
    case NumberKind::SystemError:
        return details + QLatin1String(": ") + QString::fromLocal8Bit(std::strerror(number)) +
               QLatin1String(" (") + QString::number(number) + QLatin1Char(')');
    case NumberKind::Signal:
        return details + QLatin1String(": ") + QString::fromLocal8Bit(strsignal(number)) +
               QLatin1String(" (") + QString::number(number) + QLatin1Char(')');
    case NumberKind::SystemCall:
        return details + QLatin1String(": system call ") + QString::number(number);
    case NumberKind::None:
        break;
    }
    return details + QLatin1String(": ") + QString::number(number);
}

void addLine(QString& text, const QString& line) {
    if (!text.isEmpty())
        text += QLatin1Char(' ');
    text += line;
}

} // namespace

QString label(Action action, quint16 port) {
    switch (action) {
    case Action::Edit:
        return Sentences::tr("Edit");
    case Action::TryAgain:
        return Sentences::tr("Try again");
    case Action::Close:
        return Sentences::tr("Close");
    case Action::ConnectInPlainText:
        return Sentences::tr("Connect in plain text");
    case Action::UseNextPort:
        return Sentences::tr("Use %1").arg(port);
    case Action::OtherPort:
        return Sentences::tr("Other port…");
    case Action::AskAgain:
        return Sentences::tr("Ask again");
    case Action::Host:
        return Sentences::tr("Host");
    case Action::AllowPlainText:
        return Sentences::tr("Allow plain text…");
    case Action::Dismiss:
        return Sentences::tr("Dismiss");
    case Action::Details:
        return Sentences::tr("Details");
    case Action::OpenPracticeWindow:
        return Sentences::tr("Open practice window");
    case Action::ConnectAgain:
        return Sentences::tr("Connect again");
    case Action::BeginNewHistory:
        return Sentences::tr("Begin a new history");
    case Action::ShowFiles:
        return Sentences::tr("Show the files");
    case Action::Replace:
        return Sentences::tr("Replace");
    case Action::ChooseAnotherFile:
        return Sentences::tr("Choose another file…");
    case Action::Restore:
        return Sentences::tr("Restore");
    case Action::Quit:
        return Sentences::tr("Quit");
    case Action::KeepStopped:
        return Sentences::tr("Keep stopped");
    case Action::Compare:
        return Sentences::tr("Compare…");
    case Action::Unblock:
        return Sentences::tr("Unblock");
    case Action::ShowInvites:
        return Sentences::tr("Show invites");
    }
    return {};
}

Sentence forEnd(const core::End& end, const Values& values) {
    Sentence sentence = sentenceOf(end.reason, values);
    if (end.unsent == 1)
        addLine(sentence.text, Sentences::tr("One message did not go out; it is marked."));
    else if (end.unsent > 1)
        addLine(sentence.text, Sentences::tr("%1 messages did not go out; they are marked.").arg(end.unsent));
    sentence.details = detailsOf(end.reason, end.number);
    return sentence;
}

Sentence forError(const core::Error& error, const Values& values) {
    Sentence sentence = sentenceOf(error.reason, values);
    sentence.details = detailsOf(error.reason, error.number);
    return sentence;
}

namespace {

/// "0:42".
QString minutes(int seconds) {
    const int whole = std::max(seconds, 0);
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString openLine(const Values& values) {
    if (!values.secure)
        return Sentences::tr("Connected · plain text: anyone on the way can read this");
    return values.verified ? Sentences::tr("Connected · encrypted · verified")
                           : Sentences::tr("Connected · encrypted · not verified");
}

} // namespace

QString stateLine(ConversationState state, const Values& values) {
    switch (state) {
    case ConversationState::Connecting:
        return Sentences::tr("Connecting to %1…").arg(QString::fromStdString(core::toDisplay(values.where)));
    case ConversationState::Waiting:
        return Sentences::tr("Waiting for the other person to let you in · %1").arg(minutes(values.seconds));
    case ConversationState::Asking:
        return Sentences::tr("Waiting for your answer");
    case ConversationState::Open:
        return openLine(values);
    case ConversationState::Closing:
        return Sentences::tr("Disconnecting…");
    case ConversationState::Ended:
        return Sentences::tr("Not connected");
    }
    return {};
}

QString stoppedLine(const QString& name, Stop why) {
    switch (why) {
    case Stop::OtherKey:
        return Sentences::tr("Stopped: %1's key has changed").arg(name);
    case Stop::NumbersDiffer:
        return Sentences::tr("Stopped: your numbers with %1 differ").arg(name);
    case Stop::Either:
        break;
    }
    return Sentences::tr("Stopped: %1's key has changed, or your numbers differed").arg(name);
}

QString blockedLine(const QString& name) {
    return Sentences::tr("You blocked %1").arg(name);
}

QString messageMark(MessageState state, const QString& time, bool secure) {
    switch (state) {
    case MessageState::Waiting:
        return Sentences::tr("Waiting: it has not left this computer yet");
    case MessageState::Sent:
        if (secure)
            return Sentences::tr("Sent %1, not confirmed yet").arg(time);
        return Sentences::tr("Sent %1, not confirmed: plain text knows no receipts").arg(time);
    case MessageState::Failed:
        return Sentences::tr("Not sent: the conversation ended before it went out");
    }
    return {};
}

QString conversationTitle(const QString& host, int ordinal) {
    const QString title = Sentences::tr("Plain text · %1").arg(host);
    return ordinal > 1 ? Sentences::tr("%1 (%2)").arg(title, QString::number(ordinal)) : title;
}

QString sandboxLine(const core::Sandbox& sandbox) {
    QStringList parts;
    if (sandbox.seccomp)
        parts << QStringLiteral("seccomp");
    if (sandbox.landlock > 0)
        parts << QStringLiteral("Landlock %1").arg(sandbox.landlock);
    if (sandbox.noNewPrivileges)
        parts << Sentences::tr("no new privileges");
    if (sandbox.seatbelt)
        parts << QStringLiteral("sandbox_init");
    if (parts.isEmpty())
        return Sentences::tr("not confined");
    return sandbox.whole() ? parts.join(Sentences::tr(", "))
                           : Sentences::tr("%1 alone").arg(parts.join(Sentences::tr(", ")));
}

} // namespace kith::words
