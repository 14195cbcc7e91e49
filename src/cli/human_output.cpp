#include "cli/human_output.h"

#include "core/limits.h"
#include "core/text.h"
#include "words/terminal_sentences.h"

#include <utility>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray escaped(const QString& text) {
    return QByteArray::fromStdString(core::escapeForTerminal(text.toUtf8().toStdString()));
}

/// The beginning of a text that is only quoted, in one line.
QString quoted(const QString& text) {
    constexpr auto longest = static_cast<qsizetype>(core::limits::terminalQuote);
    return text.size() > longest ? QString(text.left(longest) + u'…') : text;
}

QString withName(const PeerLabel& peer, const QString& sentence) {
    return peer.named ? QString(peer.shown() + u": "_s + sentence) : sentence;
}

} // namespace

QByteArray forTerminal(const QString& text) {
    QByteArray lines;
    const QStringList parts = text.split(u'\n');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            lines += "| ";
        lines += escaped(parts[i]);
        lines += '\n';
    }
    return lines;
}

HumanOutput::HumanOutput(Writer out, Writer error)
    : out_(std::move(out))
    , error_(std::move(error)) {}

void HumanOutput::listening(quint16 port, const QStringList& /*addresses*/, const QStringList& shown,
                            const QString& /*invite*/) {
    tell(words::terminalHosting(port, shown));
}

void HumanOutput::connecting(const PeerLabel& peer, const QString& sentence) {
    tell(withName(peer, sentence));
}

void HumanOutput::connected(const PeerLabel& peer, const QString& sentence) {
    tell(withName(peer, sentence));
}

void HumanOutput::request(const PeerLabel& peer, const Asking& how) {
    if (!peer.secure)
        return tell(words::terminalRequest(peer.name, how.several));
    words::Stranger stranger;
    stranger.name = peer.name;
    stranger.shortId = peer.shortId;
    stranger.where = peer.where;
    stranger.likeAContact = peer.alike;
    stranger.asIfFirst = how.asIfFirst;
    tell(words::terminalSecureRequest(stranger, how.several));
}

void HumanOutput::missed(const PeerLabel& peer) {
    // They call themselves what they like: the Kith ID is what is typed.
    QString typed = peer.shortId;
    typed.remove(u'…');
    PeerLabel named = peer;
    named.alike = peer.name != peer.shortId;
    tell(words::terminalMissed(named.shown(), typed));
}

void HumanOutput::folded(int requests) {
    tell(words::terminalFolded(requests));
}

void HumanOutput::accepted(const PeerLabel& peer) {
    tell(words::terminalLetInLater(peer.shown()));
}

void HumanOutput::preview(const PeerLabel& /*peer*/, const QString& text) {
    tell(words::terminalTypedMeanwhile(quoted(text)));
}

void HumanOutput::message(const PeerLabel& peer, const QString& /*id*/, const QDateTime& /*time*/,
                          const QString& text) {
    out_(forTerminal(withName(peer, text)));
}

void HumanOutput::messageState(const QString& /*id*/, core::MessageState state,
                               std::optional<core::Reason> /*why*/, const QString& text) {
    if (state == core::MessageState::Failed)
        tell(words::terminalNotSent(quoted(text)));
}

void HumanOutput::closed(const PeerLabel& peer, const core::End& /*end*/, const words::Sentence& sentence) {
    tell(withName(peer, words::inOneLine(sentence)));
}

void HumanOutput::error(core::Reason /*reason*/, const words::Sentence& sentence) {
    tell(words::inOneLine(sentence));
}

void HumanOutput::keyChanged(const PeerLabel& peer, const QString& known, const QString& other) {
    notice(words::terminalBothNumbers(peer.shown(), known, other));
}

void HumanOutput::notice(const QString& text) {
    const QStringList lines = text.split(u'\n');
    for (const QString& line : lines)
        tell(line);
}

void HumanOutput::tell(const QString& line) {
    error_(escaped(line) + '\n');
}

} // namespace kith::cli
