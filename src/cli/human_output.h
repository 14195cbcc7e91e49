// A terminal chat as a person reads it.
#pragma once

#include "cli/event_sink.h"

namespace kith::cli {

/// Messages to standard output, everything else to standard error; whatever comes from outside is escaped, so
/// no peer can move the cursor or turn the reading direction; names are isolated. Owned by main(); main
/// thread.
class HumanOutput final : public EventSink {
public:
    HumanOutput(Writer out, Writer error);

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
    void tell(const QString& line);

    Writer out_;
    Writer error_;
};

/// A text from outside, escaped line by line; every further line begins with `| `. Ends with a newline.
[[nodiscard]] QByteArray forTerminal(const QString& text);
/// A sentence of ours in one line, escaped but for the isolates that words::isolated() put around names:
/// closed ones move nothing outside them. Ends with a newline. What it quotes from outside is escaped before.
[[nodiscard]] QByteArray lineForTerminal(const QString& sentence);

} // namespace kith::cli
