#include "store/exporting.h"

#include "core/text.h"
#include "store/contacts.h"
#include "store/conversations.h"
#include "store/entries.h"
#include "store/output_file.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

constexpr int pieceEntries = 500;

using Sink = std::function<core::Status(QByteArrayView)>;

/// A conversation, and what its peer is called.
struct Exportable {
    Conversation conversation;
    QString peer;
};

QString rfc3339(qint64 time) {
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString stateName(EntryState state) {
    switch (state) {
    case EntryState::Received:
        return u"received"_s;
    case EntryState::Waiting:
        return u"waiting"_s;
    case EntryState::Sent:
        return u"sent"_s;
    case EntryState::Delivered:
        return u"delivered"_s;
    case EntryState::Read:
        return u"read"_s;
    case EntryState::Failed:
        return u"failed"_s;
    }
    return u"failed"_s;
}

QByteArray plainLine(const QString& line) {
    const std::string escaped = core::escapeForTerminal(line.toStdString());
    return QByteArray::fromStdString(escaped);
}

QByteArray textHeading(const Exportable& exportable, bool first) {
    const Conversation& c = exportable.conversation;
    QByteArray heading = first ? "" : "\n";
    heading += "== " + plainLine(exportable.peer);
    if (!c.address.isEmpty() && c.address != exportable.peer)
        heading += " · " + plainLine(c.address);
    const auto local = [](qint64 time) {
        return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm:ss"_s).toUtf8();
    };
    heading += " · " + local(c.startedAt);
    if (c.endedAt)
        heading += " – " + local(*c.endedAt);
    return heading + " ==\n";
}

QByteArray textEntry(const Entry& entry, const QString& author) {
    QByteArray out =
        QDateTime::fromMSecsSinceEpoch(entry.writtenAt).toString(u"yyyy-MM-dd HH:mm:ss "_s).toUtf8() +
        plainLine(author) + ": ";
    bool first = true;
    for (const QString& line : entry.text.split(u'\n')) {
        out += (first ? "" : "| ") + plainLine(line) + '\n';
        first = false;
    }
    return out;
}

QByteArray jsonHeading(const Exportable& exportable) {
    const Conversation& c = exportable.conversation;
    QJsonObject object{{u"id"_s, c.id.value},
                       {u"kind"_s, c.kind == ConversationKind::Contact ? u"contact"_s : u"plain"_s},
                       {u"name"_s, exportable.peer},
                       {u"started"_s, rfc3339(c.startedAt)}};
    if (!c.address.isEmpty())
        object.insert(u"address"_s, c.address);
    if (c.key)
        object.insert(u"key"_s, QString::fromLatin1(toByteArray(*c.key).toHex()));
    if (c.endedAt)
        object.insert(u"ended"_s, rfc3339(*c.endedAt));
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    text.chop(1); // the messages follow inside the object
    return text + ",\"messages\":[";
}

QByteArray jsonEntry(const Entry& entry) {
    QJsonObject object{{u"id"_s, QString::fromLatin1(toByteArray(entry.id).toHex())},
                       {u"mine"_s, entry.mine},
                       {u"state"_s, stateName(entry.state)},
                       {u"time"_s, rfc3339(entry.writtenAt)},
                       {u"arrived"_s, rfc3339(entry.arrivedAt)},
                       {u"text"_s, entry.text}};
    if (entry.failure) {
        const std::string_view code = core::code(*entry.failure);
        object.insert(u"failure"_s, QString::fromLatin1(code.data(), qsizetype(code.size())));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

core::Result<QList<Exportable>> exportables(Connection& connection, const ExportRequest& request) {
    const auto conversations = readConversations(connection, std::nullopt);
    if (!conversations)
        return conversations.error();
    const auto contacts = readContacts(connection);
    if (!contacts)
        return contacts.error();
    QList<Exportable> all;
    for (const Conversation& c : *conversations) {
        if (!request.conversations.isEmpty() && !request.conversations.contains(c.id))
            continue;
        QString peer = c.title;
        for (const Contact& contact : *contacts) {
            if (peer.isEmpty() && contact.key == c.key)
                peer = contact.alias.isEmpty() ? contact.name : contact.alias;
        }
        all << Exportable{c, peer.isEmpty() ? c.address : peer};
    }
    if (!request.conversations.isEmpty() && all.isEmpty())
        return Error{Reason::UnknownPeer, 0, "no such conversation"};
    return all;
}

core::Result<qint64> exportOne(Connection& connection, const ExportRequest& request,
                               const Exportable& exportable, const Sink& sink) {
    PageRequest piece{exportable.conversation.id, PageRequest::Anchor::First, {}, 0, pieceEntries};
    qint64 count = 0;
    while (true) {
        const auto page = readPage(connection, piece);
        if (!page)
            return page.error();
        QByteArray bytes;
        for (const Entry& entry : page->entries) {
            if (request.format == ExportFormat::Json)
                bytes += (count == 0 ? "\n" : ",\n") + jsonEntry(entry);
            else
                bytes += textEntry(entry, entry.mine ? request.ownName : exportable.peer);
            ++count;
        }
        if (auto done = sink(bytes); !done)
            return done.error();
        if (!page->moreAfter || page->entries.isEmpty())
            return count;
        piece.anchor = PageRequest::Anchor::Row;
        piece.row = {page->entries.back().row.value + 1};
    }
}

core::Result<Exported> exportTo(Connection& connection, const ExportRequest& request, const Sink& sink) {
    const auto all = exportables(connection, request);
    if (!all)
        return all.error();
    const bool json = request.format == ExportFormat::Json;
    Exported exported;
    if (auto done = sink(json ? "{\"kith_export\":1,\"conversations\":[" : ""); !done)
        return done.error();
    for (const Exportable& exportable : *all) {
        const bool first = exported.conversations++ == 0;
        const QByteArray heading =
            json ? (first ? "\n" : ",\n") + jsonHeading(exportable) : textHeading(exportable, first);
        if (auto done = sink(heading); !done)
            return done.error();
        const auto entries = exportOne(connection, request, exportable, sink);
        if (!entries)
            return entries.error();
        exported.entries += *entries;
        if (auto done = sink(json ? "]}" : ""); !done)
            return done.error();
    }
    if (auto done = sink(json ? "]}\n" : ""); !done)
        return done.error();
    return exported;
}

} // namespace

core::Result<Exported> exportHistory(Connection& connection, const ExportRequest& request) {
    if (request.file.isEmpty())
        return exportTo(connection, request,
                        [&](QByteArrayView bytes) { return writeAll(request.descriptor, bytes); });
    auto file = OutputFile::create(request.file, request.replace);
    if (!file)
        return file.error();
    auto exported = exportTo(connection, request, [&](QByteArrayView bytes) { return file->write(bytes); });
    if (!exported)
        return exported;
    if (auto done = file->finish(); !done)
        return done.error();
    return exported;
}

} // namespace kith::store
