// Every sentence that a person reads about something that happened: a code and its values in; a title, a text
// and actions out. Window and terminal use the same ones. Qt Core only; GUI thread
// (QCoreApplication::translate).
#pragma once

#include "core/endpoint.h"
#include "core/result.h"
#include "core/sandbox.h"
#include "core/state.h"

#include <QList>
#include <QString>

namespace kith::words {

/// What a person can do about it; the first is the main one. The window makes buttons of them, the terminal
/// leaves them out.
enum class Action : quint8 {
    Edit,
    TryAgain,
    Close,
    ConnectInPlainText,
    UseNextPort,
    OtherPort,
    AskAgain,
    Host,
    AllowPlainText,
    Dismiss,
    Details,
    OpenPracticeWindow,
    ConnectAgain, ///< dials the same address anew, in a conversation of its own
    BeginNewHistory,
    ShowFiles, ///< opens the profile's folder
    Replace,
    ChooseAnotherFile,
    Restore,
    Quit,
    KeepStopped, ///< nothing more: a contact whose key has changed
    Compare,     ///< shows both safety numbers
    Unblock,
    ShowInvites,
};

/// The words of an action's button, e.g. "Try again". UseNextPort takes the port.
[[nodiscard]] QString label(Action action, quint16 port = 0);

/// One thing to tell: what happened, what to try, what to press; numbers and codes only in `details`.
struct Sentence {
    QString title;
    QString text;
    QList<Action> actions;
    QString details;
};

/// Why a contact is stopped.
enum class Stop : quint8 {
    OtherKey,      ///< another key was shown
    NumbersDiffer, ///< our person has compared the safety numbers
    Either,        ///< one of the two, in an earlier run
};

/// The values that a sentence may need; what does not apply is left as it is.
struct Values {
    QString peer;             ///< the name or address the person knows the peer by
    core::Endpoint where;     ///< what was dialled, or hosted on
    bool repeated = false;    ///< not the first time in a row (a crash)
    int seconds = -1;         ///< until the next try by itself; -1 where there is none
    QString profile{};        ///< the folder, where it is about a profile
    QString file{};           ///< the path, where it is about a file
    bool keyExpected = false; ///< a contact or an invite: plain text is no way out
    bool secure = false;      ///< the session is encrypted
    bool verified = false;    ///< ... and it is known who is there
    Stop stop = Stop::OtherKey;
};

/// How a session, a listener or an attempt ended.
[[nodiscard]] Sentence forEnd(const core::End& end, const Values& values);
/// Something that could not be done at all.
[[nodiscard]] Sentence forError(const core::Error& error, const Values& values);

/// The state in a conversation's header: "Connecting to 192.168.1.7…". In the state Waiting `values.seconds`
/// is how long already.
[[nodiscard]] QString stateLine(core::ConversationState state, const Values& values);
/// ... of a contact's that is stopped or blocked, whatever session there is: "Stopped: Ann's key has
/// changed".
[[nodiscard]] QString stoppedLine(const QString& name, Stop why);
[[nodiscard]] QString blockedLine(const QString& name);
/// The mark of one's own message: "Sent 14:03, not confirmed yet". `secure`: to a contact.
[[nodiscard]] QString messageMark(core::MessageState state, const QString& time, bool secure);
/// "Plain text · 127.0.0.1", and " (2)" from the second at once on.
[[nodiscard]] QString conversationTitle(const QString& host, int ordinal);

/// What a connection process is confined by: "seccomp, Landlock 7, no new privileges".
[[nodiscard]] QString sandboxLine(const core::Sandbox& sandbox);

} // namespace kith::words
