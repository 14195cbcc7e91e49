// A terminal chat as another program reads it: one JSON object a line.
#pragma once

#include "cli/event_sink.h"

#include <QJsonValue>
#include <QLatin1StringView>

#include <utility>
#include <vector>

namespace kith::cli {

/// Keys and values of an object, in the order of the documentation.
using JsonFields = std::vector<std::pair<QLatin1StringView, QJsonValue>>;

/// The object in one line, newline included.
[[nodiscard]] QByteArray jsonLine(const JsonFields& fields);
/// RFC 3339, with milliseconds and the offset of that time.
[[nodiscard]] QString jsonTime(const QDateTime& time);

/// Writes each event as one compact JSON object on one line (RFC 8259: control characters are escaped, so a
/// line never breaks and no peer reaches a terminal). Connecting and notices are for people and not written.
/// Owned by main(); main thread.
class JsonOutput final : public EventSink {
public:
    explicit JsonOutput(Writer out);

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

private:
    void write(const JsonFields& event);

    Writer out_;
};

/// The stable name of a state, e.g. "waiting".
[[nodiscard]] QString stateName(core::MessageState state);
/// The stable code of a reason as a string of Qt's.
[[nodiscard]] QString reasonCode(core::Reason reason);

} // namespace kith::cli
