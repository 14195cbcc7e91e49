// What happens in a terminal chat, for whoever writes it down.
#pragma once

#include "core/state.h"
#include "words/sentences.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace kith::cli {

/// Takes bytes that make whole lines.
using Writer = std::function<void(const QByteArray& bytes)>;

/// A peer as events name it. A value.
struct PeerLabel {
    QString peer;       ///< KITH-ID of somebody known by a key; ADDRESS:PORT in plain text
    QString name;       ///< what they are called; in plain text the address, numbered while several are alike
    qint64 worker = 0;  ///< the pid of its process; 0 where there is none
    int number = 0;     ///< tells this conversation from the others of this run
    bool named = false; ///< more than one peer is or was there: lines need the name
    bool secure = false;     ///< encrypted, and known by a key
    bool verified = false;   ///< ... which an invite brought, or which was compared
    QString shortId{};       ///< the beginning of the Kith ID; empty in plain text
    QString where{};         ///< the host as it is shown, without the port
    bool alike = false;      ///< the name is no help: somebody else's looks the same
    core::Sandbox sandbox{}; ///< what that process is confined by

    /// The name for a person to read, with the Kith ID where the name alone is no help.
    [[nodiscard]] QString shown() const {
        return alike ? QString(name + QLatin1String(" (") + shortId + QLatin1Char(')')) : name;
    }
};

/// How a stranger asks.
struct Asking {
    bool several = false;   ///< others wait for an answer too
    bool asIfFirst = false; ///< the key is a contact's, and the other does not know ours
};

/// Takes every event as it happens, in the order of happening. Owned by main(); main thread. A sink has no
/// way to fail: what cannot be written is its own business.
class EventSink {
public:
    EventSink() = default;
    EventSink(const EventSink&) = delete;
    EventSink& operator=(const EventSink&) = delete;
    virtual ~EventSink() = default;

    /// `addresses`: where others reach this computer, as ADDRESS:PORT and as a person types them. `invite`
    /// may be empty.
    virtual void listening(quint16 port, const QStringList& addresses, const QStringList& shown,
                           const QString& invite) = 0;
    /// An attempt began, or a person over there is asked; `sentence` says so.
    virtual void connecting(const PeerLabel& peer, const QString& sentence) = 0;
    virtual void connected(const PeerLabel& peer, const QString& sentence) = 0;
    /// A stranger asks.
    virtual void request(const PeerLabel& peer, const Asking& how) = 0;
    /// What the stranger typed meanwhile.
    virtual void preview(const PeerLabel& peer, const QString& text) = 0;
    virtual void message(const PeerLabel& peer, const QString& id, const QDateTime& time,
                         const QString& text) = 0;
    /// What became of a line of one's own; `why` where it failed.
    virtual void messageState(const QString& id, core::MessageState state, std::optional<core::Reason> why,
                              const QString& text) = 0;
    virtual void closed(const PeerLabel& peer, const core::End& end, const words::Sentence& sentence) = 0;
    virtual void error(core::Reason reason, const words::Sentence& sentence) = 0;
    /// Another key than the one that is known for this peer was shown: the safety numbers of both.
    virtual void keyChanged(const PeerLabel& peer, const QString& known, const QString& other) = 0;
    /// Something that only a person who types wants to read; may have several lines.
    virtual void notice(const QString& text) = 0;
};

} // namespace kith::cli
