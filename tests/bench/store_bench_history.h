// A history for figures: made once; the same each time, but that it ends now, so that the list shows it all:
// plain text that has ended leaves the list after a day. Bench programs alone.
#pragma once

#include "store/store.h"
#include "store_bench_text.h"
#include "support/await.h"
#include "support/fixed_keys.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <cstdio>
#include <cstdlib>

namespace kith::bench {

inline constexpr int conversations = 20;
inline constexpr int contacts = 10; ///< the first of them; the others are plain text

/// The value of a finished call; one that failed ends the program.
template <typename T>
T must(QFuture<core::Result<T>> future) {
    const auto result = tests::await(future, std::chrono::minutes(10));
    if (!result || !*result) {
        std::fprintf(stderr, "bench: %s\n",
                     result ? result->error().detail.c_str() : "the store did not answer");
        std::exit(1);
    }
    return **result;
}

inline store::NewEntry entryOf(store::ConversationId conversation, int number, qint64 at, TextSource& text) {
    store::NewEntry entry;
    entry.conversation = conversation;
    entry.mine = number % 2 == 0;
    entry.state = entry.mine ? store::EntryState::Delivered : store::EntryState::Received;
    entry.writtenAt = entry.arrivedAt = at;
    entry.text = text.next();
    return entry;
}

/// A conversation with a contact, or in plain text, without anything said.
inline store::ConversationId makeConversation(store::Store& store, int number, qint64 at) {
    if (number >= contacts)
        return must(store.addPlainConversation(QStringLiteral("10.0.0.%1:5188").arg(number), at));
    store::Contact contact;
    contact.key = tests::keyOfSeed(QByteArray(32, char(number + 1))).publicKey();
    contact.name = QStringLiteral("Somebody %1").arg(number);
    contact.metAt = at;
    must(store.putContact(contact));
    return must(store.conversationWith(contact.key, at));
}

/// An entry a minute until now. Half of all entries stand in the first conversation; all of them are over.
inline void makeHistory(const QString& folder, int entries) {
    constexpr qint64 minute = 60'000;
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    store::Store store({folder, {}});
    must(store.open());
    if (!must(store.conversations()).isEmpty())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 first = now - entries * minute;
    QList<store::ConversationId> ids;
    for (int i = 0; i < conversations; ++i)
        ids << makeConversation(store, i, first);
    TextSource text(1);
    QList<store::NewEntry> some;
    for (int i = 0; i < entries; ++i) {
        some << entryOf(ids[i % 2 == 0 ? 0 : 1 + (i / 2) % (conversations - 1)], i, first + i * minute, text);
        if (some.size() == 5000 || i + 1 == entries) {
            must(store.appendAll(some));
            some.clear();
        }
    }
    for (int i = contacts; i < conversations; ++i)
        must(store.endConversation(ids[i], now));
    must(store.close());
}

/// Private memory of a process (RssAnon of proc(5)); 0 where it cannot be read.
inline qint64 privateKib(qint64 pid) {
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').front().toLongLong();
    }
    return 0;
}

} // namespace kith::bench
