#include "words/end_sentences.h"

namespace kith::words {

using core::HostKind;
using core::Reason;

namespace {

QString hostOf(const Values& values) {
    return QString::fromStdString(values.where.host);
}

QString placeOf(const Values& values) {
    return QString::fromStdString(core::toDisplay(values.where));
}

/// The peer's name where one is known, its address otherwise.
QString peerOf(const Values& values) {
    return values.peer.isEmpty() ? hostOf(values) : values.peer;
}

Sentence noAnswer(const Values& values) {
    const QString title = Sentences::tr("No answer from %1 in 10 seconds.").arg(hostOf(values));
    const QList<Action> actions{Action::TryAgain};
    switch (core::hostKind(values.where.host)) {
    case HostKind::Public:
        return {title,
                Sentences::tr("The router there may not pass port %1 on.").arg(values.where.port),
                actions,
                {}};
    case HostKind::Name:
        return {title,
                Sentences::tr("A firewall or router there may not pass port %1 on.").arg(values.where.port),
                actions,
                {}};
    case HostKind::Loopback:
    case HostKind::LinkLocal:
    case HostKind::Private:
        break;
    }
    return {title,
            Sentences::tr("It works only inside its own network; if you are both there, a firewall on that "
                          "computer is the likeliest reason."),
            actions,
            {}};
}

Sentence portTaken(const Values& values) {
    const auto next = static_cast<quint16>(values.where.port + 1);
    const core::Endpoint there{values.where.host, next};
    QString text = Sentences::tr("Host on %1?").arg(next);
    if (!values.where.host.empty())
        text +=
            QLatin1Char(' ') +
            Sentences::tr("The other person then types %1.").arg(QString::fromStdString(core::toText(there)));
    return {Sentences::tr("Port %1 is taken by another program.").arg(values.where.port),
            text,
            {Action::UseNextPort, Action::OtherPort},
            {}};
}

/// "Trying again in 4 s.", where it tries by itself.
QString retry(const Values& values) {
    if (values.seconds < 0)
        return {};
    return QLatin1Char(' ') + Sentences::tr("Trying again in %1 s.").arg(values.seconds);
}

Sentence crashed(const Values& values) {
    if (values.repeated)
        return {Sentences::tr("The process for %1 crashed again.").arg(peerOf(values)),
                Sentences::tr("It crashed twice; Kith waits 1 minute before the next connection.") +
                    retry(values),
                {Action::ConnectAgain, Action::Details},
                {}};
    return {Sentences::tr("The process for %1 crashed.").arg(peerOf(values)),
            Sentences::tr("It ended alone: your other conversations go on, and what was said stays here.") +
                retry(values),
            {Action::ConnectAgain, Action::Details},
            {}};
}

} // namespace

Sentence conversationEnd(Reason reason, const Values& values) {
    const QString peer = peerOf(values);
    if (reason == Reason::StoppedByUs)
        return {Sentences::tr("You disconnected."), {}, {Action::ConnectAgain}, {}};
    if (reason == Reason::PeerClosed)
        return {Sentences::tr("%1 ended the conversation.").arg(peer), {}, {Action::ConnectAgain}, {}};
    if (reason == Reason::PeerVanished)
        return {Sentences::tr("Connection to %1 lost.").arg(peer),
                Sentences::tr("The program or the network there stopped without a word.") + retry(values),
                {Action::ConnectAgain},
                {}};
    if (reason == Reason::Declined)
        return {Sentences::tr("You declined %1.").arg(peer), {}, {Action::Dismiss}, {}};
    if (reason == Reason::RequestExpired)
        return {Sentences::tr("%1 asked to chat.").arg(peer),
                Sentences::tr("Nobody answered for 5 minutes."),
                {Action::Dismiss},
                {}};
    if (reason == Reason::PlainTurnedAway)
        return {Sentences::tr("A plain-text program at %1 was turned away.").arg(peer),
                Sentences::tr("Plain text is off for it: anyone on the way could read it."),
                {Action::AllowPlainText, Action::Dismiss},
                {}};
    return {Sentences::tr("A program at %1 tried an encrypted connection.").arg(peer),
            Sentences::tr("You had let it in as a plain-text program. It can connect once more."),
            {Action::Dismiss},
            {}};
}

Sentence connectFailure(Reason reason, const Values& values) {
    const QString host = hostOf(values);
    const QString checkSpelling =
        Sentences::tr("Check the spelling, or use the address that the other Kith shows under Host.");
    if (reason == Reason::AddressInvalid)
        return {Sentences::tr("“%1” is not an address.").arg(values.peer),
                Sentences::tr("Type a name or an address such as 192.168.1.7, and a port if it is not 5188: "
                              "192.168.1.7:5189."),
                {Action::Edit},
                {}};
    if (reason == Reason::NameNotFound)
        return {
            Sentences::tr("No computer named “%1” was found.").arg(host), checkSpelling, {Action::Edit}, {}};
    if (reason == Reason::NameLookupFailed)
        return {Sentences::tr("The name “%1” could not be looked up.").arg(host),
                Sentences::tr(
                    "The name service of your network did not answer. Try again, or use the address that "
                    "the other Kith shows under Host."),
                {Action::TryAgain, Action::Edit},
                {}};
    if (reason == Reason::ConnectionRefused)
        return {Sentences::tr("%1 answered, but nothing accepts connections on port %2.")
                    .arg(host, QString::number(values.where.port)),
                Sentences::tr("Ask the other person to press Host, and which port they see."),
                {Action::TryAgain},
                {}};
    if (reason == Reason::NoAnswer)
        return noAnswer(values);
    if (reason == Reason::NetworkUnreachable)
        return {Sentences::tr("There is no way from here to %1.").arg(host),
                Sentences::tr("This computer may be offline, or not in a network that reaches that address."),
                {Action::TryAgain},
                {}};
    if (reason == Reason::OwnAddress)
        return {Sentences::tr("That is this same Kith."),
                Sentences::tr("To try it alone, open a practice window."),
                {Action::OpenPracticeWindow},
                {}};
    return {Sentences::tr("Connecting to %1 failed.").arg(placeOf(values)),
            Sentences::tr("The system refused it; Details says how."),
            {Action::TryAgain, Action::Details},
            {}};
}

Sentence hostFailure(Reason reason, const Values& values) {
    if (reason == Reason::PortTaken)
        return portTaken(values);
    if (reason == Reason::PortForbidden)
        return {
            Sentences::tr("This computer does not let you host on port %1.").arg(values.where.port),
            Sentences::tr("Ports below 1024 are kept for the system. Use 5188 or another one above 1023."),
            {Action::OtherPort},
            {}};
    if (reason == Reason::DescriptorsSpent)
        return {Sentences::tr("This computer has no room for more connections."),
                Sentences::tr("Nobody new comes in until some programs or connections are closed.") +
                    retry(values),
                {Action::Dismiss, Action::Details},
                {}};
    return {Sentences::tr("Kith could not host on port %1.").arg(values.where.port),
            Sentences::tr("The system refused it; Details says how. Another port may do."),
            {Action::TryAgain, Action::OtherPort, Action::Details},
            {}};
}

Sentence workerFailure(Reason reason, const Values& values) {
    const QString notStarted = Sentences::tr("Kith could not start a connection process.");
    if (reason == Reason::WorkerMissing)
        return {
            notStarted, Sentences::tr("kith-worker is missing: install Kith again."), {Action::Details}, {}};
    if (reason == Reason::WorkerNotStarted)
        return {notStarted,
                Sentences::tr("Too many programs may be running on this computer."),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::WorkerSilent)
        return {notStarted,
                Sentences::tr("It began and did not answer in 10 seconds; this computer may be very busy."),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::WorkerCrashed)
        return crashed(values);
    if (reason == Reason::WorkerSandboxed)
        return {Sentences::tr("The process for %1 was stopped by its sandbox.").arg(peerOf(values)),
                Sentences::tr("It tried something that a connection may not do. Nothing else was touched."),
                {Action::ConnectAgain, Action::Details},
                {}};
    if (reason == Reason::SandboxMissing)
        return {Sentences::tr("This computer cannot confine a connection process."),
                Sentences::tr(
                    "A process that talks to the network should reach nothing else, and this system does "
                    "not let Kith see to that. In the settings you can go on without."),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::HeldOff)
        return {Sentences::tr("%1 is held off for a minute.").arg(peerOf(values)),
                Sentences::tr("The process for it crashed twice in a row.") + retry(values),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::TooManySessions)
        return {notStarted,
                Sentences::tr("Too many conversations are open at once. End some that you do not need."),
                {Action::TryAgain},
                {}};
    return {Sentences::tr("The process for %1 broke off.").arg(peerOf(values)),
            Sentences::tr("It ended without saying why. Your other conversations go on."),
            {Action::ConnectAgain, Action::Details},
            {}};
}

Sentence programFailure(Reason reason, const Values& values) {
    if (reason == Reason::ProfileInUse)
        return {Sentences::tr("This profile is open in another Kith."),
                Sentences::tr("It did not answer. Close it, or start Kith with another profile. (%1)")
                    .arg(values.profile),
                {Action::TryAgain, Action::Close},
                {}};
    if (reason == Reason::ProfileUnusable)
        return {Sentences::tr("Kith cannot use its folder."),
                Sentences::tr("%1 has to be a folder that you alone can read and write.").arg(values.profile),
                {Action::Close, Action::Details},
                {}};
    if (reason == Reason::TextTooLong)
        return {Sentences::tr("This message is too long."),
                Sentences::tr("At most 64 KiB go in one message. It stays in the box, unsent."),
                {Action::Edit},
                {}};
    if (reason == Reason::OutboxFull)
        return {
            Sentences::tr("%1 does not read what you send.").arg(peerOf(values)),
            Sentences::tr("As much as can wait for it waits already. The message stays in the box, unsent."),
            {Action::Edit},
            {}};
    if (reason == Reason::NotConnected)
        return {Sentences::tr("Not connected to %1.").arg(peerOf(values)),
                Sentences::tr("Plain text keeps nothing for later. The message stays in the box, unsent."),
                {Action::ConnectAgain},
                {}};
    if (reason == Reason::UnknownPeer)
        return {
            Sentences::tr("There is no conversation with “%1”.").arg(values.peer), {}, {Action::Dismiss}, {}};
    if (reason == Reason::UsageError)
        return {Sentences::tr("Kith did not understand that."), {}, {Action::Dismiss, Action::Details}, {}};
    return {Sentences::tr("Something went wrong inside Kith."),
            Sentences::tr("Please report it, with the line under Details."),
            {Action::Dismiss, Action::Details},
            {}};
}

} // namespace kith::words
