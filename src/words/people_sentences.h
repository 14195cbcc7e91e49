// What the terminal says about people, invites and keys: the commands that work on them. Qt Core only; any
// thread of the program.
#pragma once

#include "words/sentences.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace kith::words {

/// How far it is known who somebody is.
enum class Known : quint8 {
    NotVerified,
    ByInvite,
    ByCompare,
    KeyChanged, ///< stopped
};

/// Somebody, as people are listed.
struct Listed {
    QString name;
    QString kithId;
    Known known = Known::NotVerified;
    bool blocked = false;
    bool alike = false; ///< somebody else's name looks the same
};
[[nodiscard]] QString terminalContact(const Listed& person);
/// A key that is blocked and nobody's we know.
[[nodiscard]] QString terminalBlockedKey(const QString& kithId);
[[nodiscard]] QString terminalNoContacts();
/// `typed` is no contact's name or Kith ID.
[[nodiscard]] Sentence terminalUnknownPerson(const QString& typed);

/// What others see beside one's own Kith ID.
[[nodiscard]] QString terminalOwnName(const QString& name);

/// Before the number itself: what to do with it.
[[nodiscard]] QString terminalSafety(const QString& name, Known known);
[[nodiscard]] QString terminalVerified(const QString& name);
/// The numbers differ.
[[nodiscard]] QString terminalStopped(const QString& name);
/// A stopped contact goes on.
[[nodiscard]] QString terminalResumed(const QString& name);
/// ... and nothing had to be done, as it was not stopped.
[[nodiscard]] QString terminalNotStopped(const QString& name);
/// Nobody is let in whom a block keeps out.
[[nodiscard]] Sentence terminalUnblockFirst(const QString& name);
[[nodiscard]] QString terminalUnblocked(const QString& name);
[[nodiscard]] QString terminalNotBlocked(const QString& name);
/// `alias` empty: they are called what they call themselves, `name`, again.
[[nodiscard]] QString terminalRenamed(const QString& name, const QString& alias);

/// Nobody is forgotten, as nobody said yes; and: it is done.
[[nodiscard]] Sentence terminalWouldForget(const QString& name);
[[nodiscard]] QString terminalForgotten(const QString& name);

/// A link was made, good until then. `port`: where to host for it; 0: this profile hosts already.
[[nodiscard]] QString terminalInviteMade(const QDateTime& until, quint16 port);
/// That day is over.
[[nodiscard]] Sentence terminalInviteOver();
/// One row of the list. `by` is whoever came by it; empty: nobody.
[[nodiscard]] QString terminalInvite(const QString& id, const QDateTime& until, const QString& by,
                                     bool alive);
[[nodiscard]] QString terminalNoInvites();
[[nodiscard]] QString terminalInviteRevoked(const QString& id);
[[nodiscard]] Sentence terminalUnknownInvite(const QString& typed);

/// What is asked for where a person types at a terminal; each ends with a space.
[[nodiscard]] QString terminalNewPassphrase();
[[nodiscard]] QString terminalPassphraseAgain();
[[nodiscard]] QString terminalPassphrase();
[[nodiscard]] Sentence terminalPassphrasesDiffer();
[[nodiscard]] QString terminalKeyExported(const QString& file);
[[nodiscard]] QString terminalKeyImported(const QString& kithId);
/// A key is not changed while people are connected by the one there is.
[[nodiscard]] Sentence terminalStillConnected();

} // namespace kith::words
