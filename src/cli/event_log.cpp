#include "cli/event_log.h"

#include "cli/json_output.h"
#include "cli/log_line.h"

#include <utility>

namespace kith::cli {

using namespace Qt::StringLiterals;

EventLog::EventLog(EventSink& next, Writer log)
    : next_(next)
    , log_(std::move(log)) {}

void EventLog::listening(quint16 port, const QStringList& addresses, const QStringList& shown,
                         const QString& invite) {
    write("listening"_L1, nullptr, u"port="_s + QString::number(port));
    next_.listening(port, addresses, shown, invite);
}

void EventLog::connecting(const PeerLabel& peer, const QString& sentence) {
    write("connecting"_L1, &peer);
    next_.connecting(peer, sentence);
}

void EventLog::connected(const PeerLabel& peer, const QString& sentence) {
    write("connected"_L1, &peer);
    next_.connected(peer, sentence);
}

void EventLog::request(const PeerLabel& peer, const Asking& how) {
    write("request"_L1, &peer);
    next_.request(peer, how);
}

void EventLog::missed(const PeerLabel& peer) {
    write("missed"_L1, &peer);
    next_.missed(peer);
}

void EventLog::folded(int requests) {
    write("folded"_L1, nullptr, u"requests="_s + QString::number(requests));
    next_.folded(requests);
}

void EventLog::accepted(const PeerLabel& peer) {
    write("accepted"_L1, &peer);
    next_.accepted(peer);
}

void EventLog::preview(const PeerLabel& peer, const QString& text) {
    next_.preview(peer, text);
}

void EventLog::message(const PeerLabel& peer, const QString& id, const QDateTime& time, const QString& text) {
    write("message"_L1, &peer, u"id="_s + id);
    next_.message(peer, id, time, text);
}

void EventLog::messageState(const QString& id, core::MessageState state, std::optional<core::Reason> why,
                            const QString& text) {
    QString more = u"id="_s + id + u" state="_s + stateName(state);
    if (why)
        more += u" why="_s + reasonCode(*why);
    write("state"_L1, nullptr, more);
    next_.messageState(id, state, why, text);
}

void EventLog::closed(const PeerLabel& peer, const core::End& end, const words::Sentence& sentence) {
    write("closed"_L1, &peer,
          u"reason="_s + reasonCode(end.reason) + u" number="_s + QString::number(end.number) +
              u" unsent="_s + QString::number(end.unsent));
    next_.closed(peer, end, sentence);
}

void EventLog::error(core::Reason reason, const words::Sentence& sentence) {
    write("error"_L1, nullptr, u"code="_s + reasonCode(reason));
    next_.error(reason, sentence);
}

void EventLog::keyChanged(const PeerLabel& peer, const QString& known, const QString& other) {
    write("key-changed"_L1, &peer);
    next_.keyChanged(peer, known, other);
}

void EventLog::notice(const QString& text) {
    next_.notice(text);
}

void EventLog::door(const model::DoorCounts& counts) {
    if (const QString fields = doorFields(counts); !fields.isEmpty())
        write("door"_L1, nullptr, fields);
}

void EventLog::write(QLatin1StringView event, const PeerLabel* peer, const QString& more) {
    std::optional<LogPeer> of;
    if (peer)
        of = LogPeer{peer->number, peer->worker};
    log_(logLine(event, of, more));
}

} // namespace kith::cli
