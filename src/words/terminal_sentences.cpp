#include "words/terminal_sentences.h"

#include <QCoreApplication>

namespace kith::words {

namespace {

/// The translation context of this file. Never made; it lends its tr() to free functions.
class Terminal final {
    Q_DECLARE_TR_FUNCTIONS(Terminal)
public:
    Terminal() = delete;
};

/// What differs for somebody who has no message box and no buttons.
void adapt(Sentence& sentence, core::Reason reason, const Values& values) {
    using core::Reason;
    if (reason == Reason::PlainNotChosen) {
        sentence.text = Terminal::tr(
            "Nothing protects plain text: anyone on the way can read and change it. This Kith speaks "
            "nothing else yet; add --plain to choose it.");
    } else if (reason == Reason::OwnAddress) {
        sentence.text =
            Terminal::tr("To try it alone, start another one with --profile and a folder of its own.");
    } else if (reason == Reason::TextTooLong) {
        sentence.text = Terminal::tr("At most 64 KiB go in one message. Nothing was sent.");
    } else if (reason == Reason::NotConnected || reason == Reason::OutboxFull) {
        if (reason == Reason::NotConnected && values.peer.isEmpty())
            sentence.title = Terminal::tr("Nobody is connected.");
        sentence.text = Terminal::tr("Nothing was sent.");
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

QString windowDecidesWhoComesIn() {
    return Terminal::tr(
        "This profile is open in the window of Kith, which asks about everybody who comes in. "
        "Leave out --accept and --once, or use another --profile.");
}

} // namespace kith::words
