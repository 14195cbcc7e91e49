#include "gui/connection_rows.h"

#include "gui/conversation_words.h"
#include "gui/theme.h"
#include "model/connection_list.h"
#include "words/sentences.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QLocale>

#include <algorithm>

namespace kith::gui {

using model::ConnectionFacts;
using model::ConnectionList;
using model::ConnectionRole;
using model::ConnectionStep;

namespace {

/// The translation context of the cells. Never made; it lends its tr() to free functions.
class Cell final {
    Q_DECLARE_TR_FUNCTIONS(ConnectionCell)
public:
    Cell() = delete;
};

/// What is not known, or does not apply.
QString nothing() {
    return QStringLiteral("–");
}

QString orNothing(const QString& text) {
    return text.isEmpty() ? nothing() : text;
}

QString roleOf(const ConnectionFacts& facts) {
    switch (facts.role) {
    case ConnectionRole::Listener:
        return Cell::tr("Host");
    case ConnectionRole::Incoming:
        return Cell::tr("Incoming");
    case ConnectionRole::Outgoing:
        return Cell::tr("Outgoing");
    }
    return {};
}

QString rowState(const ConnectionFacts& facts) {
    switch (facts.step) {
    case ConnectionStep::Listening:
        return Cell::tr("Listening");
    case ConnectionStep::Connecting:
        return facts.role == ConnectionRole::Listener ? Cell::tr("Starting") : Cell::tr("Connecting");
    case ConnectionStep::Waiting:
        return Cell::tr("Waiting to be let in");
    case ConnectionStep::Asking:
        return Cell::tr("Asks to come in");
    case ConnectionStep::Open:
        return Cell::tr("Connected");
    case ConnectionStep::Ending:
        return Cell::tr("Ending");
    }
    return {};
}

QString peerOf(const ConnectionFacts& facts) {
    if (facts.role == ConnectionRole::Listener)
        return Cell::tr("Anyone who connects");
    if (facts.peer.isEmpty() && facts.plain)
        return Cell::tr("Plain text");
    return orNothing(isolated(facts.peer));
}

QString cipherOf(const ConnectionFacts& facts) {
    return facts.plain ? Cell::tr("None: plain text") : orNothing(facts.cipher);
}

QString addressOf(const ConnectionFacts& facts) {
    return facts.role == ConnectionRole::Listener ? Cell::tr("port %1").arg(facts.address)
                                                  : orNothing(facts.address);
}

QString sandboxOf(const std::optional<core::Sandbox>& sandbox) {
    return sandbox ? words::sandboxLine(*sandbox) : nothing();
}

QString sizeOf(quint64 bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

/// Three digits are enough to compare, and more would only flicker: 0.04 ms, 12.3 ms, 248 ms.
QString roundTripOf(const core::Traffic& traffic) {
    if (traffic.roundTrip == 0)
        return nothing();
    const double milliseconds = traffic.roundTrip / 1000.0;
    const int places = milliseconds < 1 ? 2 : milliseconds < 100 ? 1 : 0;
    return Cell::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', places));
}

bool isNumber(int column) {
    return column == ConnectionList::Pid || column == ConnectionList::RoundTrip ||
           column == ConnectionList::Received || column == ConnectionList::Sent ||
           column == ConnectionList::Memory;
}

int alignmentOf(int column) {
    return int(Qt::AlignVCenter) | int(isNumber(column) ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace

QFont tabular(const QFont& font) {
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (!qFuzzyCompare(metrics.horizontalAdvance(QLatin1Char(digit)), zero)) {
            QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
            fixed.setPointSizeF(font.pointSizeF());
            return fixed;
        }
    }
    return font;
}

ConnectionRows::ConnectionRows(ConnectionList& list, QObject* parent)
    : QIdentityProxyModel(parent)
    , list_(list) {
    setSourceModel(&list_);
}

QVariant ConnectionRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return connectionCell(list_.at(index.row()), index.column());
    case Qt::ToolTipRole:
        return plainToolTip(connectionCell(list_.at(index.row()), index.column()));
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::FontRole:
        return isNumber(index.column()) ? QVariant(tabular(QGuiApplication::font())) : QVariant();
    default:
        return {};
    }
}

QVariant ConnectionRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (static_cast<ConnectionList::Column>(section)) {
    case ConnectionList::Peer:
        return tr("Peer");
    case ConnectionList::Role:
        return tr("Role");
    case ConnectionList::State:
        return tr("State");
    case ConnectionList::Address:
        return tr("Address");
    case ConnectionList::Pid:
        return tr("Process");
    case ConnectionList::RoundTrip:
        return tr("Round trip");
    case ConnectionList::Received:
        return tr("Received");
    case ConnectionList::Sent:
        return tr("Sent");
    case ConnectionList::Memory:
        return tr("Memory");
    case ConnectionList::Cipher:
        return tr("Cipher");
    case ConnectionList::Sandbox:
        return tr("Sandbox");
    case ConnectionList::Columns:
        break;
    }
    return {};
}

QString connectionCell(const ConnectionFacts& facts, int column) {
    switch (static_cast<ConnectionList::Column>(column)) {
    case ConnectionList::Peer:
        return peerOf(facts);
    case ConnectionList::Role:
        return roleOf(facts);
    case ConnectionList::State:
        return rowState(facts);
    case ConnectionList::Address:
        return addressOf(facts);
    case ConnectionList::Pid:
        return QString::number(facts.pid);
    case ConnectionList::RoundTrip:
        return facts.traffic ? roundTripOf(*facts.traffic) : nothing();
    case ConnectionList::Received:
        return facts.traffic ? sizeOf(facts.traffic->received) : nothing();
    case ConnectionList::Sent:
        return facts.traffic ? sizeOf(facts.traffic->acknowledged) : nothing();
    case ConnectionList::Memory:
        return facts.memory ? sizeOf(static_cast<quint64>(*facts.memory)) : nothing();
    case ConnectionList::Cipher:
        return cipherOf(facts);
    case ConnectionList::Sandbox:
        return sandboxOf(facts.sandbox);
    case ConnectionList::Columns:
        break;
    }
    return {};
}

QString ConnectionRows::asText(int row) const {
    QStringList lines;
    for (int column = 0; column < columnCount(); ++column)
        lines.append(tr("%1: %2").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                      index(row, column).data().toString()));
    return lines.join(QLatin1Char('\n'));
}

} // namespace kith::gui
