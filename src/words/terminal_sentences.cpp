#include "words/terminal_sentences.h"

#include <QCoreApplication>
#include <QLocale>

namespace kith::words {

namespace {

/// The translation context of this file. Never made; it lends its tr() to free functions.
class Terminal final {
    Q_DECLARE_TR_FUNCTIONS(Terminal)
public:
    Terminal() = delete;
};

/// ... about who somebody is: what the window has buttons for, the terminal has commands for.
void adaptTrust(Sentence& sentence, core::Reason reason) {
    using core::Reason;
    if (reason == Reason::KeyChanged)
        sentence.text +=
            u' ' +
            Terminal::tr("kith-cli safety shows the number to compare, kith-cli verify goes on with the "
                         "key you know, and kith-cli connect ADDRESS --new takes whoever answers there "
                         "for somebody new.");
    else if (reason == Reason::Blocked)
        sentence.text = Terminal::tr("kith-cli unblock takes it back.");
    else if (reason == Reason::InvitesFull)
        sentence.text =
            Terminal::tr("At most 64 at a time: kith-cli invites lists them and revokes those that "
                         "nobody needs any more.");
    else if (reason == Reason::KeyFileInvalid)
        sentence.text =
            Terminal::tr("It takes a file that kith-cli key export, or “Export key” in the window, "
                         "wrote. Nothing was changed.");
}

/// What differs for somebody who has no message box and no buttons.
void adapt(Sentence& sentence, core::Reason reason, const Values& values) {
    using core::Reason;
    if (reason == Reason::NotKith && !values.keyExpected) {
        sentence.text += u' ' + Terminal::tr("--plain chooses it.");
    } else if (reason == Reason::KeyChanged || reason == Reason::Blocked || reason == Reason::InvitesFull ||
               reason == Reason::KeyFileInvalid) {
        adaptTrust(sentence, reason);
    } else if (reason == Reason::OwnAddress) {
        sentence.text =
            Terminal::tr("To try it alone, start another one with --profile and a folder of its own.");
    } else if (reason == Reason::SandboxMissing) {
        sentence.text = Terminal::tr("--sandbox-optional goes on without.");
    } else if (reason == Reason::TextTooLong) {
        sentence.text = Terminal::tr("At most 64 KiB go in one message. Nothing was sent.");
    } else if (reason == Reason::NotConnected || reason == Reason::OutboxFull) {
        if (reason == Reason::NotConnected && values.peer.isEmpty())
            sentence.title = Terminal::tr("Nobody is connected.");
        sentence.text = Terminal::tr("Nothing was sent.");
    } else if (reason == Reason::StoreFull) {
        sentence.text =
            Terminal::tr("What cannot be kept is not sent. Clearing a history makes room: kith-cli clear.");
    } else if (reason == Reason::StoreDamaged) {
        const QString from = values.file.isEmpty()
                                 ? Terminal::tr("What can be read is shown.")
                                 : Terminal::tr("What can be read comes from the copy %1.").arg(values.file);
        sentence.text =
            Terminal::tr("%1 Nothing was deleted. New messages are not kept until a new history is begun "
                         "in the window of Kith.")
                .arg(from);
    } else if (reason == Reason::FileExists) {
        sentence.text = Terminal::tr("%1 was not touched; --replace replaces it.").arg(values.file);
    } else if (reason == Reason::ProfileOccupied) {
        sentence.text =
            Terminal::tr("--replace puts what is there aside, in a folder of its own; nothing is deleted.");
    }
}

} // namespace

Sentence forTerminalError(const core::Error& error, const Values& values) {
    Sentence sentence = forError(error, values);
    adapt(sentence, error.reason, values);
    return sentence;
}

Sentence forTerminalEnd(const core::End& end, const Values& values) {
    Sentence sentence = forEnd(end, values);
    adapt(sentence, end.reason, values);
    return sentence;
}

Sentence forCommandError(const core::Error& error, const Values& values) {
    Sentence sentence = forTerminalError(error, values);
    if (error.reason == core::Reason::StoreFull)
        sentence.text = Terminal::tr("Nothing was changed. Clearing a history makes room: kith-cli clear.");
    return sentence;
}

QString inOneLine(const Sentence& sentence) {
    QString line = sentence.title;
    if (!sentence.text.isEmpty())
        line += QLatin1Char(' ') + sentence.text;
    if (sentence.actions.contains(Action::Details) && !sentence.details.isEmpty())
        line += QLatin1Char(' ') + label(Action::Details) + QLatin1String(": ") + sentence.details;
    return line;
}

QString terminalHosting(quint16 port, const QStringList& addresses) {
    if (addresses.isEmpty())
        return Terminal::tr(
                   "You are hosting on port %1. This computer is in no network: only its own programs "
                   "can connect, to 127.0.0.1.")
            .arg(port);
    return Terminal::tr("You are hosting on port %1. On the same network, the other person connects to %2")
        .arg(port)
        .arg(addresses.join(QLatin1String(", ")));
}

QString terminalRequest(const QString& name, bool several) {
    if (several)
        return Terminal::tr("A plain-text program at %1 wants to chat. /accept %1 or /decline %1").arg(name);
    return Terminal::tr("A plain-text program at %1 wants to chat. /accept or /decline").arg(name);
}

QString terminalSecureRequest(const Stranger& stranger, bool several) {
    const QString who =
        stranger.name.isEmpty()
            ? Terminal::tr("Somebody (%1) at %2").arg(stranger.shortId, stranger.where)
            : Terminal::tr("“%1” (%2) at %3").arg(stranger.name, stranger.shortId, stranger.where);
    QString line =
        stranger.asIfFirst
            ? Terminal::tr("%1 connects as if for the first time, with the same key as before.").arg(who)
            : Terminal::tr("%1 wants to chat. The name is what they call themselves.").arg(who);
    if (stranger.likeAContact)
        line += QLatin1Char(' ') + Terminal::tr("Somebody you know has a name like that, and another key.");
    QString typed = stranger.shortId;
    typed.remove(u'…');
    line += QLatin1Char(' ');
    line += several ? Terminal::tr("/accept %1, /decline %1 or /block %1").arg(typed)
                    : Terminal::tr("/accept, /decline or /block");
    return line;
}

QString terminalWaitsAtHost() {
    return Terminal::tr("Waiting for the other person to let you in.");
}

QString terminalFirstContact(const QString& name, const QString& kithId) {
    return Terminal::tr("The key of %1 was not known before and is not verified: %2\n"
                        "kith-cli safety shows the number that the two of you can compare.")
        .arg(name, kithId);
}

QString terminalBothNumbers(const QString& name, const QString& known, const QString& other) {
    return Terminal::tr("Your safety number with %1, with the key you know:\n"
                        "%2\n"
                        "With the key that was shown instead:\n"
                        "%3")
        .arg(name, known, other);
}

QString terminalBlocked(const QString& name, const QString& kithId) {
    return Terminal::tr("%1 is blocked. kith-cli unblock %2 takes it back.").arg(name, kithId);
}

QString terminalNoKeyToBlock(const QString& name) {
    return Terminal::tr("%1 speaks plain text and has no key that could be blocked; /decline turns it away.")
        .arg(name);
}

QString terminalHowToInvite() {
    return Terminal::tr("kith-cli invite makes a link that lets one person in without a question and proves "
                        "that it is really you.");
}

QString terminalTypedMeanwhile(const QString& text) {
    return Terminal::tr("It has typed: “%1”").arg(text);
}

QString terminalLinesGoTo(const QString& name) {
    return Terminal::tr("What you type goes to %1.").arg(name);
}

QString terminalChooseAgain(const QString& name) {
    return Terminal::tr("%1 is gone. Choose with /to NAME who gets what you type.").arg(name);
}

QString terminalLinesWait() {
    return Terminal::tr("Nobody is here yet: what you type waits for the first who comes.");
}

QString terminalNotSent(const QString& text) {
    return Terminal::tr("Not sent: %1").arg(text);
}

QString terminalNeverSent(int lines) {
    return lines == 1 ? Terminal::tr("One line was not sent: nobody was there.")
                      : Terminal::tr("%1 lines were not sent: nobody was there.").arg(lines);
}

QString terminalWho(const QString& name, const QString& address, const QString& state, bool chosen) {
    const QString row = Terminal::tr("%1, at %2: %3").arg(name, address, state);
    return chosen ? Terminal::tr("%1 (gets what you type)").arg(row) : row;
}

QString terminalNobody() {
    return Terminal::tr("Nobody is connected.");
}

QString terminalNobodyAsks() {
    return Terminal::tr("Nobody waits for an answer.");
}

QString terminalAmbiguous(const QString& typed, const QStringList& names) {
    const QString list = names.join(QLatin1String(", "));
    return typed.isEmpty() ? Terminal::tr("Say which one: %1").arg(list)
                           : Terminal::tr("“%1” fits several: %2").arg(typed, list);
}

QString terminalUnknownCommand(const QString& word) {
    return Terminal::tr(
               "There is no command %1; /help lists them. To send a line that begins with /, type // "
               "instead. Nothing was sent.")
        .arg(word);
}

QString terminalCommands() {
    return Terminal::tr("/to NAME         send what you type to NAME\n"
                        "/who             who is here and who asks\n"
                        "/accept [NAME]   let in who asks\n"
                        "/decline [NAME]  do not let them in\n"
                        "/block [NAME]    let them in no more, ever\n"
                        "/quit            end every conversation and leave\n"
                        "/help            this list\n"
                        "//...            send a line that begins with /");
}

QString terminalNoLog(const QString& file, const QString& why) {
    return Terminal::tr("The log %1 cannot be written: %2").arg(file, why);
}

QString terminalAlreadyHosting(quint16 port) {
    return Terminal::tr("The terminal that has this profile open already hosts, on port %1.").arg(port);
}

QString terminalHoldsProfile() {
    return Terminal::tr("This profile is open in a terminal. Close Kith there, or choose another profile.");
}

QString windowHoldsProfile() {
    return Terminal::tr("This profile is open in the window of Kith, which does not know that command.");
}

QString windowDecides() {
    return Terminal::tr(
        "This profile is open in the window of Kith, which asks about everybody who comes in and keeps "
        "what is said. Leave out --accept, --once and --no-history, or use another --profile.");
}

Sentence terminalCommandRuns() {
    return {Terminal::tr("A command of kith-cli is at work on this profile."),
            Terminal::tr("Try again when it is done, or use another --profile."),
            {},
            {}};
}

Sentence terminalAnswerBroke() {
    return {Terminal::tr("The Kith that had this profile open ended before it was done."),
            Terminal::tr("Try again."),
            {},
            {}};
}

QString terminalDay(const QDate& day) {
    return u"== " + QLocale().toString(day, QLocale::LongFormat) + u" ==";
}

QString terminalYou(bool unsent) {
    return unsent ? Terminal::tr("You (not sent)") : Terminal::tr("You");
}

QString terminalNothingFound(const QString& typed) {
    return typed.isEmpty() ? Terminal::tr("Nothing found.")
                           : Terminal::tr("Nothing found for “%1”.").arg(typed);
}

QString terminalExported(const QString& file, qint64 messages) {
    return messages == 1
               ? Terminal::tr("One message was written to %1.").arg(file)
               : Terminal::tr("%1 messages were written to %2.").arg(QString::number(messages), file);
}

QString terminalBackedUp(const QString& file, qint64 bytes) {
    return Terminal::
        tr("The backup %1 is whole, %2 bytes. Whoever has it can read everything in it, and pass for you.")
            .arg(file, QString::number(bytes));
}

QString terminalRestored(const QString& putAside) {
    return putAside.isEmpty()
               ? Terminal::tr("The profile was restored.")
               : Terminal::tr("The profile was restored. What it held before is in %1.").arg(putAside);
}

Sentence terminalCloseFirst() {
    return {
        Terminal::tr("This profile is open in another Kith."),
        Terminal::tr(
            "Close it first: a backup is restored into a profile that nobody uses. Nothing was restored."),
        {},
        {}};
}

QString terminalNothingSaid(const QString& name) {
    return Terminal::tr("Nothing that was said with %1 is kept.").arg(name);
}

QString terminalConversation(const QString& name, const QString& address, const QDateTime& begun,
                             const QDateTime& last, const QString& preview) {
    const QLocale locale;
    const QString from = locale.toString(begun, QLocale::ShortFormat);
    const QString to = locale.toString(last, QLocale::ShortFormat);
    const QString row = address.isEmpty()
                            ? Terminal::tr("%1: from %2 to %3").arg(name, from, to)
                            : Terminal::tr("%1, at %2: from %3 to %4").arg(name, address, from, to);
    return preview.isEmpty() ? row : Terminal::tr("%1, at last “%2”").arg(row, preview);
}

Sentence terminalWouldErase(const QString& name, int conversations, bool whole) {
    const QString number = QString::number(conversations);
    QString title;
    if (conversations == 1)
        title = whole
                    ? Terminal::tr("This would delete one conversation with %1 and everything said in it.")
                          .arg(name)
                    : Terminal::tr("This would erase everything said in one conversation with %1.").arg(name);
    else
        title = whole
                    ? Terminal::tr("This would delete %1 conversations with %2 and everything said in them.")
                          .arg(number, name)
                    : Terminal::tr("This would erase everything said in %1 conversations with %2.")
                          .arg(number, name);
    return {title, Terminal::tr("Nothing was erased: add --yes to do it."), {}, {}};
}

QString terminalErased(int conversations, bool whole) {
    if (conversations == 1)
        return whole ? Terminal::tr("One conversation was deleted.")
                     : Terminal::tr("One conversation was cleared.");
    return whole ? Terminal::tr("%1 conversations were deleted.").arg(conversations)
                 : Terminal::tr("%1 conversations were cleared.").arg(conversations);
}

QString terminalStillErasing() {
    return Terminal::tr(
        "Nobody sees it any more. It leaves the files bit by bit, whenever the profile is open.");
}

Sentence terminalNobodyToKeep(const QString& typed) {
    return {Terminal::tr("No conversation with “%1” is open.").arg(typed),
            Terminal::tr(
                "In plain text each connection is a conversation of its own: keep is for one that goes on."),
            {},
            {}};
}

QString terminalKeeps(int conversations, bool keep) {
    if (conversations == 1)
        return keep ? Terminal::tr("From here on what is said in this conversation is kept.")
                    : Terminal::tr("From here on nothing said in this conversation is kept.");
    return keep ? Terminal::tr("From here on what is said in these %1 conversations is kept.")
                      .arg(conversations)
                : Terminal::tr("From here on nothing said in these %1 conversations is kept.")
                      .arg(conversations);
}

} // namespace kith::words
