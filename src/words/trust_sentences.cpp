// Who the other is, and what a person brought to prove it: where that could not be settled.
#include "words/end_sentences.h"

namespace kith::words {

using core::Reason;

namespace {

/// Plain text is offered for a bare address alone, never where a key is expected: that would be a way to take
/// the encryption off somebody who is known.
Sentence notKith(const Values& values) {
    const QString title = Sentences::tr("Something answered, but not Kith.");
    if (values.keyExpected)
        return {title,
                Sentences::tr("%1 is not there, or something is in between. Nothing was sent.")
                    .arg(peerOf(values)),
                {Action::TryAgain},
                {}};
    return {title,
            Sentences::tr(
                "Netcat, telnet and classic chat programs need plain text, which nothing protects; they may "
                "have to be started again."),
            {Action::Close, Action::ConnectInPlainText},
            {}};
}

Sentence keyChanged(const Values& values) {
    const QList<Action> actions{Action::KeepStopped, Action::Compare};
    if (values.stop == Stop::NumbersDiffer)
        return {Sentences::tr("Your numbers with %1 differ.").arg(peerOf(values)),
                Sentences::tr("Somebody may be in between: what was said may have been read or changed on "
                              "its way. Nothing more is sent or received. Ask %1 another way.")
                    .arg(peerOf(values)),
                actions,
                {}};
    if (values.stop == Stop::Either)
        return {Sentences::tr("%1 is stopped.").arg(peerOf(values)),
                Sentences::tr("Another key was shown, or your numbers differed: somebody may be in between. "
                              "Nothing is sent or received. Ask %1 another way.")
                    .arg(peerOf(values)),
                actions,
                {}};
    return {Sentences::tr("This may not be %1.").arg(peerOf(values)),
            Sentences::tr(
                "The key at %1 is not the one you know. %2 may have installed Kith anew, or someone is in "
                "between. Nothing was sent. Ask %2 another way.")
                .arg(placeOf(values), peerOf(values)),
            actions,
            {}};
}

Sentence version(Reason reason, const Values& values) {
    if (reason == Reason::VersionTooOld)
        return {Sentences::tr("The Kith of %1 is too old for yours.").arg(peerOf(values)),
                Sentences::tr("Ask the other person to install the latest one."),
                {Action::TryAgain},
                {}};
    return {Sentences::tr("Your Kith is too old for that of %1.").arg(peerOf(values)),
            Sentences::tr("Install the latest one."),
            {Action::TryAgain},
            {}};
}

} // namespace

Sentence trustFailure(Reason reason, const Values& values) {
    const QString nothingSent = Sentences::tr("Someone may be in between. Nothing was sent.");
    if (reason == Reason::NotKith)
        return notKith(values);
    if (reason == Reason::KeyChanged)
        return keyChanged(values);
    if (reason == Reason::VersionTooOld || reason == Reason::VersionTooNew)
        return version(reason, values);
    if (reason == Reason::TlsFailed)
        return {Sentences::tr("The encrypted connection to %1 failed.").arg(placeOf(values)),
                Sentences::tr("It was cut or changed on its way."),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::HostClosed)
        return {Sentences::tr("The host closed without a word."),
                Sentences::tr("It may take only contacts and people with an invite: ask for one."),
                {Action::TryAgain},
                {}};
    if (reason == Reason::NotLetIn)
        return {Sentences::tr("You were not let in."), {}, {Action::AskAgain}, {}};
    if (reason == Reason::Unanswered)
        return {Sentences::tr("Nobody answered for 5 minutes."), {}, {Action::AskAgain}, {}};
    if (reason == Reason::KeyInvalid)
        return {Sentences::tr("%1 showed a key that nobody can have.").arg(peerOf(values)),
                nothingSent,
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::SignatureWrong)
        return {Sentences::tr("%1 could not prove who they are.").arg(peerOf(values)),
                nothingSent,
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::OwnKey)
        return {Sentences::tr("That is you."),
                Sentences::tr(
                    "The Kith there has your own key: it is this one, or a copy of your profile. To try it "
                    "alone, open a practice window."),
                {Action::OpenPracticeWindow},
                {}};
    return {Sentences::tr("You blocked %1.").arg(peerOf(values)), {}, {Action::Unblock}, {}};
}

Sentence sessionFailure(Reason reason, const Values& values) {
    if (reason == Reason::Superseded)
        return {Sentences::tr("Another connection to %1 goes on.").arg(peerOf(values)),
                {},
                {Action::Dismiss},
                {}};
    if (reason == Reason::TooMuch)
        return {Sentences::tr("The program of %1 sent more than anybody needs.").arg(peerOf(values)),
                Sentences::tr("The connection was closed. What was said stays here."),
                {Action::ConnectAgain, Action::Details},
                {}};
    return {Sentences::tr("The program of %1 sent something that makes no sense.").arg(peerOf(values)),
            Sentences::tr("The connection was closed. What was said stays here."),
            {Action::ConnectAgain, Action::Details},
            {}};
}

Sentence broughtFailure(Reason reason, const Values& values) {
    if (reason == Reason::InviteInvalid)
        return {Sentences::tr("That is not a whole invite."),
                Sentences::tr(
                    "It may have been cut off or changed on its way. Ask for it again, and copy all of it."),
                {Action::Edit},
                {}};
    if (reason == Reason::InvitesFull)
        return {Sentences::tr("Too many invites wait to be used."),
                Sentences::tr("At most 64 at a time. Revoke some that nobody needs any more."),
                {Action::ShowInvites},
                {}};
    if (reason == Reason::KithIdInvalid)
        return {Sentences::tr("“%1” is not a Kith ID.").arg(values.peer),
                Sentences::tr("A character may be wrong, or some are missing."),
                {Action::Edit},
                {}};
    if (reason == Reason::KeyFileInvalid)
        return {Sentences::tr("This file holds no key of Kith's."),
                Sentences::tr("Choose the file that “Export key” wrote. Nothing was changed."),
                {Action::ChooseAnotherFile},
                {}};
    if (reason == Reason::PassphraseWrong)
        return {Sentences::tr("The passphrase does not open this key."),
                Sentences::tr("Nothing was changed."),
                {Action::TryAgain},
                {}};
    if (reason == Reason::PassphraseWeak)
        return {
            Sentences::tr("Choose a longer passphrase."),
            Sentences::tr("At least 8 characters: whoever finds the file can try millions of short ones."),
            {Action::Edit},
            {}};
    return {Sentences::tr("Your key cannot be used."),
            Sentences::tr(
                "%1 has to be a whole key file that you alone can read. It was left as it is. Until it is "
                "right, only plain text works.")
                .arg(values.file.isEmpty() ? QStringLiteral("identity.key") : values.file),
            {Action::ShowFiles, Action::Details},
            {}};
}

} // namespace kith::words
