// The peers of a terminal chat: their names, and whom a line goes to.
#pragma once

#include "cli/event_sink.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace kith::model {
class Conversation;
class People;
} // namespace kith::model

namespace kith::cli {

/// The conversations that have not ended, in the order they came, and the one that is chosen. Owned by the
/// TerminalChat; main thread. Holds no conversation: the Messenger does, and remove() comes before they go.
/// `people` must outlive it.
class Peers final {
public:
    using Conversation = model::Conversation;

    explicit Peers(const model::People& people)
        : people_(people) {}

    void add(Conversation* conversation);
    /// True where it was the chosen one: nobody is chosen then.
    bool remove(Conversation* conversation);
    [[nodiscard]] const QList<Conversation*>& all() const { return all_; }
    /// Those that a person has to answer.
    [[nodiscard]] QList<Conversation*> asking() const;
    [[nodiscard]] QList<Conversation*> open() const;
    /// One of them is being dialled, or a person over there is asked.
    [[nodiscard]] bool isConnecting() const;

    /// The one that a line without a name goes to; null where there is none.
    [[nodiscard]] Conversation* chosen() const { return chosen_; }
    void choose(Conversation* conversation) { chosen_ = conversation; }

    /// Call once for each conversation that opens: from the second on lines bear the name.
    void countOpened() { ++opened_; }
    /// Somebody is or was there.
    [[nodiscard]] bool hadAnybody() const { return opened_ > 0; }

    [[nodiscard]] PeerLabel label(const Conversation* conversation) const;
    /// PeerLabel::shown().
    [[nodiscard]] QString nameOf(const Conversation* conversation) const {
        return label(conversation).shown();
    }
    [[nodiscard]] QStringList namesOf(const QList<Conversation*>& conversations) const;
    /// What sentences about it need.
    [[nodiscard]] words::Values values(const Conversation* conversation) const;

    /// Those among `candidates` that `typed` means: a Kith ID, or in plain text an ADDRESS:PORT, as it is;
    /// else a name as it is; else the number behind a name; else the beginning of a name, an address or a
    /// Kith ID. Several where it is not unique, none where it fits nobody.
    [[nodiscard]] QList<Conversation*> find(const QString& typed,
                                            const QList<Conversation*>& candidates) const;

private:
    const model::People& people_;
    QList<Conversation*> all_;
    Conversation* chosen_ = nullptr;
    int opened_ = 0;
};

/// Does this Kith ID begin with what was typed, in any case and with or without hyphens? At least
/// limits::kithIdTyped characters of it must have been typed.
[[nodiscard]] bool beginsKithId(const QString& typed, const QString& kithId);

} // namespace kith::cli
