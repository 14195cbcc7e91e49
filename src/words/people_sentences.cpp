#include "words/people_sentences.h"

#include "words/terminal_context.h"

#include <QLocale>

namespace kith::words {

namespace {

QString knownWords(Known known) {
    switch (known) {
    case Known::NotVerified:
        return Terminal::tr("not verified");
    case Known::ByInvite:
        return Terminal::tr("verified by an invite");
    case Known::ByCompare:
        return Terminal::tr("verified by comparing");
    case Known::KeyChanged:
        return Terminal::tr("stopped, as another key was shown");
    }
    return {};
}

QString shown(const QDateTime& time) {
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

} // namespace

QString terminalContact(const Listed& person) {
    QStringList states{knownWords(person.known)};
    if (person.blocked)
        states += Terminal::tr("blocked");
    if (person.alike)
        states += Terminal::tr("somebody else's name looks the same");
    return Terminal::tr("%1: %2 (%3)")
        .arg(person.name, person.kithId, states.join(Terminal::tr(", ", "between what is listed")));
}

QString terminalBlockedKey(const QString& kithId) {
    return Terminal::tr("Nobody you know: %1 (blocked)").arg(kithId);
}

QString terminalNoContacts() {
    return Terminal::tr("You have no contacts yet. Whoever you let in, or connect to, becomes one.");
}

Sentence terminalUnknownPerson(const QString& typed) {
    return {Terminal::tr("You know nobody by “%1”.").arg(typed),
            Terminal::tr("kith-cli contacts lists names and Kith IDs."),
            {},
            {}};
}

QString terminalOwnName(const QString& name) {
    return Terminal::tr("People you connect with see this Kith ID and the name %1.").arg(name);
}

QString terminalSafety(const QString& name, Known known) {
    if (known == Known::KeyChanged)
        return Terminal::tr(
                   "%1 is stopped: another key was shown, or the numbers differed. This is your safety "
                   "number with the key you know. Read it to each other, by phone or face to face. If "
                   "all twelve groups agree, kith-cli verify goes on with that key.")
            .arg(name);
    if (known == Known::ByCompare)
        return Terminal::tr("Your safety number with %1, which you have compared already.").arg(name);
    return Terminal::tr("Your safety number with %1. Read it to each other, by phone or face to face. If all "
                        "twelve groups agree, nobody is in between: kith-cli verify notes it.")
        .arg(name);
}

QString terminalVerified(const QString& name) {
    return Terminal::tr("%1 is verified: you have compared the safety number.").arg(name);
}

QString terminalStopped(const QString& name) {
    return Terminal::tr("%1 is stopped: somebody may be in between. Nothing is sent or received until "
                        "kith-cli verify says otherwise.")
        .arg(name);
}

QString terminalResumed(const QString& name) {
    return Terminal::tr("%1 goes on with the key you know, not verified.").arg(name);
}

QString terminalNotStopped(const QString& name) {
    return Terminal::tr("%1 is not stopped.").arg(name);
}

Sentence terminalUnblockFirst(const QString& name) {
    return {Terminal::tr("You have blocked %1.").arg(name),
            Terminal::tr("kith-cli unblock takes it back."),
            {},
            {}};
}

QString terminalUnblocked(const QString& name) {
    return Terminal::tr("%1 is not blocked any more.").arg(name);
}

QString terminalNotBlocked(const QString& name) {
    return Terminal::tr("%1 is not blocked.").arg(name);
}

QString terminalRenamed(const QString& name, const QString& alias) {
    return alias.isEmpty() ? Terminal::tr("%1 has no other name here any more.").arg(name)
                           : Terminal::tr("%1 is called %2 here.").arg(name, alias);
}

Sentence terminalWouldForget(const QString& name) {
    return {
        Terminal::tr("This would forget %1: the key, the addresses and everything that was said.").arg(name),
        Terminal::tr("Nothing was erased: add --yes to do it. A block stays in any case."),
        {},
        {}};
}

QString terminalForgotten(const QString& name) {
    return Terminal::tr("%1 was forgotten, with everything that was said.").arg(name);
}

QString terminalInviteMade(const QDateTime& until, quint16 port) {
    QString once =
        Terminal::tr("It lets one person in, until %1. Make another for the next.").arg(shown(until));
    if (port == 0)
        return once;
    return once + u' ' +
           Terminal::tr("You are not hosting: it works while you do, on port %1.").arg(QString::number(port));
}

Sentence terminalInviteOver() {
    return {Terminal::tr("That day is over: nobody could use the invite."), {}, {}, {}};
}

QString terminalInvite(const QString& id, const QDateTime& until, const QString& by, bool alive) {
    if (!by.isEmpty())
        return Terminal::tr("%1: used by %2").arg(id, by);
    return alive ? Terminal::tr("%1: good until %2").arg(id, shown(until))
                 : Terminal::tr("%1: over since %2").arg(id, shown(until));
}

QString terminalNoInvites() {
    return Terminal::tr("There are no invites. kith-cli invite makes one.");
}

QString terminalInviteRevoked(const QString& id) {
    return Terminal::tr("Nobody comes in by %1 any more. Whoever has used it already stays your contact.")
        .arg(id);
}

Sentence terminalUnknownInvite(const QString& typed) {
    return {Terminal::tr("No invite begins with “%1”, or several do.").arg(typed),
            Terminal::tr("kith-cli invites lists them."),
            {},
            {}};
}

QString terminalNewPassphrase() {
    return Terminal::tr("A passphrase for your key, at least 8 characters:") + u' ';
}

QString terminalPassphraseAgain() {
    return Terminal::tr("The same again:") + u' ';
}

QString terminalPassphrase() {
    return Terminal::tr("The passphrase of this key:") + u' ';
}

Sentence terminalPassphrasesDiffer() {
    return {Terminal::tr("The two are not the same."), Terminal::tr("Nothing was exported."), {}, {}};
}

QString terminalKeyExported(const QString& file) {
    return Terminal::tr("Your key is in %1, under the passphrase. Whoever has both can pass for you.")
        .arg(file);
}

QString terminalKeyImported(const QString& kithId) {
    return Terminal::tr(
               "This profile is %1 now. Another key that it had is put aside in its folder, not deleted.")
        .arg(kithId);
}

Sentence terminalStillConnected() {
    return {Terminal::tr("People are connected by the key there is."),
            Terminal::tr("End the conversations first. Nothing was changed."),
            {},
            {}};
}

} // namespace kith::words
