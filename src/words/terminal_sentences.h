// What the terminal says that the window has no use for: notices about lines, commands and peers. Everything
// that happened to a connection stands in sentences.h. Qt Core only; any thread of the program.
#pragma once

#include "words/sentences.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace kith::words {

/// forError() and forEnd() for the terminal: where the window's words speak of its message box or its
/// buttons, the terminal has its own.
[[nodiscard]] Sentence forTerminalError(const core::Error& error, const Values& values);
[[nodiscard]] Sentence forTerminalEnd(const core::End& end, const Values& values);
/// forError() for a command that works on the history: `values.file` is the file it was to read or make, or
/// of a damaged history the copy that is read.
[[nodiscard]] Sentence forCommandError(const core::Error& error, const Values& values);

/// Title and text in one line, and the details where the window would have a button for them.
[[nodiscard]] QString inOneLine(const Sentence& sentence);

/// It listens; `addresses` as others type them, best first, may be empty.
[[nodiscard]] QString terminalHosting(quint16 port, const QStringList& addresses);
/// A stranger asks. With `several` waiting at once the commands need the name.
[[nodiscard]] QString terminalRequest(const QString& name, bool several);
/// Somebody known by a key alone, who asks to come in.
struct Stranger {
    QString name;              ///< what they call themselves; may be empty
    QString shortId;           ///< the beginning of their Kith ID
    QString where;             ///< their address
    bool likeAContact = false; ///< somebody else is called so
    bool asIfFirst = false;    ///< the key is a contact's, and the other does not know ours (any more)
};
[[nodiscard]] QString terminalSecureRequest(const Stranger& stranger, bool several);
/// A person over there is asked about us.
[[nodiscard]] QString terminalWaitsAtHost();
/// This key was not known before: nobody has shown yet whose it is.
[[nodiscard]] QString terminalFirstContact(const QString& name, const QString& kithId);
/// The key that is known, and the one that was shown instead.
[[nodiscard]] QString terminalBothNumbers(const QString& name, const QString& known, const QString& other);
[[nodiscard]] QString terminalBlocked(const QString& name, const QString& kithId);
[[nodiscard]] QString terminalNoKeyToBlock(const QString& name);
[[nodiscard]] QString terminalHowToInvite();
/// What a stranger has typed so far, in quotation marks.
[[nodiscard]] QString terminalTypedMeanwhile(const QString& text);

/// Whom the next line goes to.
[[nodiscard]] QString terminalLinesGoTo(const QString& name);
/// The one whom lines went to has gone, and others are there.
[[nodiscard]] QString terminalChooseAgain(const QString& name);
/// Nobody has come yet: what is typed waits.
[[nodiscard]] QString terminalLinesWait();
/// One's own line that did not go out.
[[nodiscard]] QString terminalNotSent(const QString& text);
/// Lines that waited for a peer who never came.
[[nodiscard]] QString terminalNeverSent(int lines);

/// One row of the answer to /who.
[[nodiscard]] QString terminalWho(const QString& name, const QString& address, const QString& state,
                                  bool chosen);
[[nodiscard]] QString terminalNobody();
[[nodiscard]] QString terminalNobodyAsks();
/// Somebody known by a key alone, who asked and is gone; `typed` means them behind /accept.
[[nodiscard]] QString terminalMissed(const QString& name, const QString& typed);
/// So many more have asked, of whom nothing else is kept.
[[nodiscard]] QString terminalFolded(int requests);
/// A request is answered: now, or for the next time.
[[nodiscard]] QString terminalLetIn(const QString& name);
[[nodiscard]] QString terminalLetInLater(const QString& name);
/// The name fits several peers.
[[nodiscard]] QString terminalAmbiguous(const QString& typed, const QStringList& names);
[[nodiscard]] QString terminalUnknownCommand(const QString& word);
/// The answer to /help: one line for each command.
[[nodiscard]] QString terminalCommands();

/// The file of --log cannot be written to; `why` in the system's words.
[[nodiscard]] QString terminalNoLog(const QString& file, const QString& why);

/// Answers to a command that another program hands over.
[[nodiscard]] QString terminalAlreadyHosting(quint16 port);
[[nodiscard]] QString terminalHoldsProfile();
/// ... where it is the window that has the profile open.
[[nodiscard]] QString windowHoldsProfile();
[[nodiscard]] QString windowDecides();

/// A command cannot be handed over: another one runs there.
[[nodiscard]] Sentence terminalCommandRuns();
/// ... or the program that carried it out ended before it was done.
[[nodiscard]] Sentence terminalAnswerBroke();

// --- commands that work on the history -------------------------------------------------------------------

/// The heading of a day.
[[nodiscard]] QString terminalDay(const QDate& day);
/// Who wrote one's own message; `unsent`: it never went out.
[[nodiscard]] QString terminalYou(bool unsent);
/// `typed` may be empty: there were only days.
[[nodiscard]] QString terminalNothingFound(const QString& typed);
[[nodiscard]] QString terminalExported(const QString& file, qint64 messages);
[[nodiscard]] QString terminalBackedUp(const QString& file, qint64 bytes);
/// `putAside` is the folder with what was there before; empty where there was nothing.
[[nodiscard]] QString terminalRestored(const QString& putAside);
/// A backup is not restored into a profile that is open.
[[nodiscard]] Sentence terminalCloseFirst();

/// A contact with whom nothing was said, or of which nothing is kept.
[[nodiscard]] QString terminalNothingSaid(const QString& name);

/// One conversation of those that would be erased: whom with, when, and how its last message begins.
/// `address`: in plain text.
[[nodiscard]] QString terminalConversation(const QString& name, const QString& address,
                                           const QDateTime& begun, const QDateTime& last,
                                           const QString& preview);
/// Nothing was erased, as nobody said yes. `whole`: the conversations too.
[[nodiscard]] Sentence terminalWouldErase(const QString& name, int conversations, bool whole);
[[nodiscard]] QString terminalErased(int conversations, bool whole);
/// It is out of sight, and not yet out of the files.
[[nodiscard]] QString terminalStillErasing();

/// Nobody to keep, or not to keep, anything with.
[[nodiscard]] Sentence terminalNobodyToKeep(const QString& typed);
[[nodiscard]] QString terminalKeeps(int conversations, bool keep);

} // namespace kith::words
