// Rows of any bytes: a history whose every column holds anything, read and written by everything that the
// store's threads run. The tables are the schema's own without its checks, as a damaged file is.
#include "claim.h"
#include "store/contacts.h"
#include "store/conversations.h"
#include "store/entries.h"
#include "store/erase.h"
#include "store/exporting.h"
#include "store/index.h"
#include "store/schema.h"
#include "store/search.h"
#include "store/streams.h"

#include <QCoreApplication>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>

using namespace kith;
using namespace kith::store;
using namespace Qt::StringLiterals;

namespace {

struct Table {
    QString name;
    int columns;
};

const QList<Table>& tables() {
    static const QList<Table> all = {
        {u"setting"_s, 2}, {u"contact"_s, 8},  {u"conversation"_s, 14},   {u"entry"_s, 13},
        {u"stream"_s, 8},  {u"identity"_s, 2}, {u"contact_address"_s, 7}, {u"invite"_s, 8},
        {u"block"_s, 3},   {u"mark"_s, 2}};
    return all;
}

void run(Connection& connection, const QString& sql) {
    if (!connection.run(sql))
        std::abort();
}

/// The schema without types, checks and references.
std::unique_ptr<Connection> makeTables() {
    auto opened = Connection::open({u":memory:"_s, {}, ConnectionTarget::Access::ReadWrite});
    if (!opened)
        std::abort();
    run(**opened, u"PRAGMA foreign_keys = OFF"_s);
    run(**opened, u"PRAGMA ignore_check_constraints = ON"_s);
    QString statement;
    QString schema;
    for (int version = 1; version <= schemaVersion; ++version)
        schema += schemaText(version);
    for (const QString& line : schema.split(u'\n')) {
        if (line.trimmed().startsWith(u"--"_s))
            continue;
        statement += line + u'\n';
        if (!line.trimmed().endsWith(u';'))
            continue;
        statement.replace(u") STRICT;"_s, u");"_s)
            .replace(u"STRICT, "_s, u""_s)
            .replace(u" NOT NULL"_s, u""_s);
        run(**opened, statement);
        statement.clear();
    }
    return std::move(*opened);
}

Connection& tablesOnce() {
    static const std::unique_ptr<Connection> connection = makeTables();
    return *connection;
}

/// Takes values off the input.
class Input final {
public:
    Input(const std::uint8_t* data, std::size_t size)
        : at_(data)
        , end_(data + size) {}
    [[nodiscard]] bool isEmpty() const { return at_ == end_; }
    std::uint8_t byte() { return isEmpty() ? std::uint8_t(0) : *at_++; }
    QByteArray bytes(std::size_t most) {
        const std::size_t count = std::min(most, std::size_t(end_ - at_));
        QByteArray out(reinterpret_cast<const char*>(at_), qsizetype(count));
        at_ += count;
        return out;
    }
    QVariant value() {
        const std::uint8_t kind = byte();
        switch (kind % 7) {
        case 0:
            return QVariant();
        case 1: {
            qint64 number = 0;
            const QByteArray raw = bytes(8);
            std::memcpy(&number, raw.constData(), std::size_t(raw.size()));
            return number;
        }
        case 2:
            return qint64(byte() % 6);
        case 3: {
            const QByteArray raw = bytes(2 * std::size_t(kind / 7));
            QString text(raw.size() / 2, u'\0');
            std::memcpy(text.data(), raw.constData(), std::size_t(text.size()) * 2);
            return text;
        }
        case 4:
            return bytes(kind / 7);
        case 5:
            return QByteArray(kind % 2 ? 32 : 16, char(byte()));
        default:
            return double(byte()) / 3;
        }
    }

private:
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

void addRows(Connection& connection, Input& input) {
    for (int rows = 0; rows < 12 && !input.isEmpty(); ++rows) {
        const Table& table = tables()[input.byte() % tables().size()];
        QStringList marks;
        QVariantList values;
        for (int column = 0; column < table.columns; ++column) {
            marks << u"?"_s;
            values << input.value();
        }
        // Not every value fits an INTEGER PRIMARY KEY; the others get in.
        (void)connection.run(
            u"INSERT OR REPLACE INTO "_s + table.name + u" VALUES ("_s + marks.join(u',') + u")"_s, values);
    }
}

void readEverything(Connection& connection, int null) {
    const auto conversations = readConversations(connection, std::nullopt);
    CLAIM(conversations.ok());
    for (const Conversation& conversation : *conversations) {
        CLAIM(conversation.unread >= 0);
        (void)readStreams(connection, conversation.id);
        for (const auto anchor :
             {PageRequest::Anchor::Latest, PageRequest::Anchor::First, PageRequest::Anchor::Row}) {
            const auto page = readPage(connection, {conversation.id, anchor, {2}, 5, 5});
            CLAIM(page.ok() && page->entries.size() <= 10);
        }
    }
    if (const auto contacts = readContacts(connection)) {
        for (const Contact& contact : *contacts)
            (void)readAddresses(connection, contact.key);
    }
    (void)readInvites(connection);
    (void)readBlocks(connection);
    (void)readIdentities(connection);
    (void)readSettings(connection);
    for (const auto format : {ExportFormat::Text, ExportFormat::Json})
        (void)exportHistory(connection, {.format = format, .ownName = u"me"_s, .descriptor = null});
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    static QCoreApplication application(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    Connection& connection = tablesOnce();
    run(connection, u"BEGIN"_s);
    Input input(data, size);
    addRows(connection, input);
    readEverything(connection, null);
    (void)indexEverything(connection);
    (void)searchEntries(connection, {.words = u"a"_s, .from = 0});
    (void)appendEntry(connection, {.conversation = {1}, .text = u"one more"_s});
    (void)markRead(connection, {1}, {1});
    (void)hideConversation(connection, {1});
    for (int i = 0; i < 5; ++i)
        (void)eraseSome(connection, 4);
    readEverything(connection, null);
    run(connection, u"ROLLBACK"_s);
    return 0;
}
