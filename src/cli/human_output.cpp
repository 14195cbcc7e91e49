#include "cli/human_output.h"

#include "core/limits.h"
#include "core/text.h"
#include "words/terminal_sentences.h"

#include <utility>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

// What words::isolated() puts around a name: FSI and PDI.
constexpr QChar firstOfIsolate(0x2068);
constexpr QChar lastOfIsolate(0x2069);

QByteArray escaped(const QString& text) {
    return QByteArray::fromStdString(core::escapeForTerminal(text.toUtf8().toStdString()));
}

/// The beginning of a text from outside that is only quoted, in one line.
QString quoted(const QString& text) {
    constexpr auto longest = static_cast<qsizetype>(core::limits::terminalQuote);
    return QString::fromUtf8(escaped(text.size() > longest ? QString(text.left(longest) + u'…') : text));
}

QString withName(const PeerLabel& peer, const QString& sentence) {
    return peer.named ? QString(peer.shown() + u": "_s + sentence) : sentence;
}

/// Where the isolate that begins here ends: a closed one in which nothing but text stands; -1: it is none.
qsizetype endOfIsolate(const QString& line, qsizetype begin) {
    const qsizetype end = line.indexOf(lastOfIsolate, begin);
    const QStringView inner = QStringView(line).mid(begin + 1, end - begin - 1);
    const bool plain =
        end > begin && core::escapeForTerminal(inner.toUtf8().toStdString()) == inner.toUtf8().toStdString();
    return plain ? end : -1;
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

QByteArray lineForTerminal(const QString& sentence) {
    QByteArray line;
    qsizetype from = 0;
    for (qsizetype at = sentence.indexOf(firstOfIsolate); at >= 0;
         at = sentence.indexOf(firstOfIsolate, at + 1)) {
        const qsizetype end = endOfIsolate(sentence, at);
        if (end < 0)
            continue;
        line += escaped(sentence.sliced(from, at - from)) + sentence.sliced(at, end + 1 - at).toUtf8();
        from = end + 1;
        at = end;
    }
    return line + escaped(sentence.sliced(from)) + '\n';
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
    stranger.name = words::isolated(peer.name);
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
    QByteArray name;
    if (peer.named) {
        name = lineForTerminal(peer.shown() + u": "_s);
        name.chop(1);
    }
    out_(name + forTerminal(text));
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
    error_(lineForTerminal(line));
}

} // namespace kith::cli
