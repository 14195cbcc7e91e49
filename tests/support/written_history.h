// A profile whose history was written before, for a test that looks at it.
#pragma once

#include "store/store.h"
#include "support/await.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace kith::tests {

/// Something that was said.
struct Said {
    bool mine = false;
    qint64 at = 0;
    QString text;
};

/// A plain-text conversation of an earlier run. Times as in store/values.h.
struct Talk {
    QString address;
    qint64 startedAt = 0;
    std::optional<qint64> endedAt;
    QString draft;
    QList<Said> said;
};

/// What a profile's history holds.
struct WrittenHistory {
    QList<Talk> talks;
    QHash<QString, QString> settings;
};

inline store::NewEntry entryOf(store::ConversationId conversation, const Said& said) {
    store::NewEntry entry;
    entry.conversation = conversation;
    entry.mine = said.mine;
    entry.state = said.mine ? store::EntryState::Sent : store::EntryState::Received;
    entry.writtenAt = entry.arrivedAt = said.at;
    entry.text = said.text;
    return entry;
}

inline bool writeTalk(store::Store& store, const Talk& talk) {
    const auto id = await(store.addPlainConversation(talk.address, talk.startedAt));
    if (!id || !*id)
        return false;
    QList<store::NewEntry> entries;
    for (const Said& said : talk.said)
        entries << entryOf(**id, said);
    const auto stored = await(store.appendAll(entries));
    if (!stored || !*stored)
        return false;
    if (talk.endedAt) {
        const auto ended = await(store.endConversation(**id, *talk.endedAt));
        if (!ended || !*ended)
            return false;
    }
    const auto drafted = await(store.saveDraft(**id, talk.draft));
    return drafted && *drafted;
}

/// Makes the history of a profile's folder, which nobody has open; false where that failed.
inline bool writeHistory(const QString& folder, const WrittenHistory& history) {
    store::Store store({folder, {}});
    const auto opened = await(store.open());
    if (!opened || !*opened)
        return false;
    for (const Talk& talk : history.talks) {
        if (!writeTalk(store, talk))
            return false;
    }
    for (auto it = history.settings.cbegin(); it != history.settings.cend(); ++it) {
        const auto put = await(store.putSetting(it.key(), it.value()));
        if (!put || !*put)
            return false;
    }
    const auto closed = await(store.close());
    return closed && *closed;
}

} // namespace kith::tests
