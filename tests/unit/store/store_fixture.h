// A Store in a folder of its own, asked and answered, for the tests of store/.
#pragma once

#include "store/store.h"
#include "support/await.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace kith::tests {

/// Some fixed moment, so that no test depends on a clock: 2024-05-01 12:00 UTC.
inline constexpr qint64 noon = 1'714'564'800'000;

/// The value of a finished call; a failed one fails the test where it is asked for.
template <typename T>
T valueOf(store::Pending<T> pending) {
    const auto result = await(pending);
    if (!result) {
        QTest::qFail("the store did not answer", __FILE__, __LINE__);
        return T{};
    }
    if (!*result) {
        const auto& error = result->error();
        QTest::qFail(qPrintable(QStringLiteral("%1 (%2): %3")
                                    .arg(QString::fromStdString(std::string(core::code(error.reason))))
                                    .arg(error.number)
                                    .arg(QString::fromStdString(error.detail))),
                     __FILE__, __LINE__);
        return T{};
    }
    return **result;
}

/// Why a call failed; nothing where it did not, or gave no answer.
template <typename T>
std::optional<core::Reason> reasonOf(store::Pending<T> pending) {
    const auto result = await(pending);
    if (!result || *result)
        return std::nullopt;
    return result->error().reason;
}

/// Our own text, some seconds after noon.
inline store::NewEntry ours(store::ConversationId conversation, const QString& text, int seconds = 0) {
    store::NewEntry entry;
    entry.conversation = conversation;
    entry.mine = true;
    entry.state = store::EntryState::Sent;
    entry.writtenAt = noon + seconds * 1000;
    entry.arrivedAt = entry.writtenAt;
    entry.text = text;
    return entry;
}

/// The peer's.
inline store::NewEntry theirs(store::ConversationId conversation, const QString& text, int seconds = 0) {
    store::NewEntry entry = ours(conversation, text, seconds);
    entry.mine = false;
    entry.state = store::EntryState::Received;
    return entry;
}

inline QStringList textsOf(const QList<store::Entry>& entries) {
    QStringList texts;
    for (const store::Entry& entry : entries)
        texts << entry.text;
    return texts;
}

/// The newest `count` texts of a conversation, oldest first.
inline QStringList latest(store::Store& store, store::ConversationId conversation, int count = 100) {
    store::PageRequest request;
    request.conversation = conversation;
    request.before = count;
    return textsOf(valueOf(store.page(request)).entries);
}

} // namespace kith::tests
