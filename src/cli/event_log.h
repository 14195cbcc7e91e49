// The log of a terminal chat: what happened, when, in which process; nothing of what was said or by whom.
#pragma once

#include "cli/event_sink.h"
#include "model/messenger.h"

namespace kith::cli {

/// Hands every event on to another sink and writes a line for it: time, event, code, number of the
/// conversation, pid of its worker. No names, addresses, keys or texts. Owned by main(); main thread; `next`
/// must outlive it.
class EventLog final : public EventSink {
public:
    EventLog(EventSink& next, Writer log);

    void listening(quint16 port, const QStringList& addresses, const QStringList& shown,
                   const QString& invite) override;
    void connecting(const PeerLabel& peer, const QString& sentence) override;
    void connected(const PeerLabel& peer, const QString& sentence) override;
    void request(const PeerLabel& peer, const Asking& how) override;
    void missed(const PeerLabel& peer) override;
    void folded(int requests) override;
    void accepted(const PeerLabel& peer) override;
    void preview(const PeerLabel& peer, const QString& text) override;
    void message(const PeerLabel& peer, const QString& id, const QDateTime& time,
                 const QString& text) override;
    void messageState(const QString& id, core::MessageState state, std::optional<core::Reason> why,
                      const QString& text) override;
    void closed(const PeerLabel& peer, const core::End& end, const words::Sentence& sentence) override;
    void error(core::Reason reason, const words::Sentence& sentence) override;
    void keyChanged(const PeerLabel& peer, const QString& known, const QString& other) override;
    void notice(const QString& text) override;
    /// Who came to the door, where somebody did; in the log alone.
    void door(const model::DoorCounts& counts);

private:
    void write(QLatin1StringView event, const PeerLabel* peer, const QString& more = {});

    EventSink& next_;
    Writer log_;
};

} // namespace kith::cli
