// The peers of a terminal chat: their names, and whom a line goes to.
#pragma once

#include "cli/event_sink.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace kith::model {
class Conversation;
}

namespace kith::cli {

/// The conversations that have not ended, in the order they came, and the one that is chosen. Owned by the
/// TerminalChat; main thread. Holds no conversation: the Messenger does, and remove() comes before they go.
class Peers final {
public:
    using Conversation = model::Conversation;

    void add(Conversation* conversation) { all_.append(conversation); }
    /// True where it was the chosen one: nobody is chosen then.
    bool remove(Conversation* conversation);
    [[nodiscard]] const QList<Conversation*>& all() const { return all_; }
    [[nodiscard]] QList<Conversation*> asking() const;
    [[nodiscard]] QList<Conversation*> open() const;
    /// One of them is being dialled.
    [[nodiscard]] bool isConnecting() const;

    /// The one that a line without a name goes to; null where there is none.
    [[nodiscard]] Conversation* chosen() const { return chosen_; }
    void choose(Conversation* conversation) { chosen_ = conversation; }

    /// Call once for each conversation that opens: from the second on lines bear the name.
    void countOpened() { ++opened_; }
    /// Somebody is or was there.
    [[nodiscard]] bool hadAnybody() const { return opened_ > 0; }

    /// The address as it is shown, numbered where several are alike.
    [[nodiscard]] static QString nameOf(const Conversation* conversation);
    [[nodiscard]] PeerLabel label(const Conversation* conversation) const;
    [[nodiscard]] static QStringList namesOf(const QList<Conversation*>& conversations);

    /// Those among `candidates` that `typed` means: a name or an ADDRESS:PORT as it is; else the number
    /// behind a name; else the beginning of a name or address. Several where it is not unique, none where it
    /// fits nobody.
    [[nodiscard]] static QList<Conversation*> find(const QString& typed,
                                                   const QList<Conversation*>& candidates);

private:
    QList<Conversation*> all_;
    Conversation* chosen_ = nullptr;
    int opened_ = 0;
};

} // namespace kith::cli
