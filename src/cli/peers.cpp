#include "cli/peers.h"

#include "core/endpoint.h"
#include "model/conversation.h"

#include <algorithm>
#include <iterator>

namespace kith::cli {

using namespace Qt::StringLiterals;
using core::ConversationState;
using model::Conversation;

namespace {

QString addressOf(const Conversation* conversation) {
    return QString::fromStdString(core::toText(conversation->peer()));
}

template <typename Test>
QList<Conversation*> those(const QList<Conversation*>& all, Test test) {
    QList<Conversation*> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), test);
    return found;
}

} // namespace

bool Peers::remove(Conversation* conversation) {
    all_.removeOne(conversation);
    if (chosen_ != conversation)
        return false;
    chosen_ = nullptr;
    return true;
}

QList<Conversation*> Peers::asking() const {
    return those(all_, [](const Conversation* each) { return each->state() == ConversationState::Asking; });
}

QList<Conversation*> Peers::open() const {
    return those(all_, [](const Conversation* each) { return each->state() == ConversationState::Open; });
}

bool Peers::isConnecting() const {
    return std::any_of(all_.begin(), all_.end(), [](const Conversation* each) {
        return each->state() == ConversationState::Connecting;
    });
}

QString Peers::nameOf(const Conversation* conversation) {
    const QString host = conversation->host();
    const int ordinal = conversation->ordinal();
    return ordinal > 1 ? u"%1 (%2)"_s.arg(host).arg(ordinal) : host;
}

PeerLabel Peers::label(const Conversation* conversation) const {
    return {addressOf(conversation), nameOf(conversation), conversation->workerPid(), conversation->id(),
            opened_ > 1};
}

QStringList Peers::namesOf(const QList<Conversation*>& conversations) {
    QStringList names;
    for (const Conversation* each : conversations)
        names += nameOf(each);
    return names;
}

QList<Conversation*> Peers::find(const QString& typed, const QList<Conversation*>& candidates) {
    auto asItIs = those(candidates, [&](const Conversation* each) {
        return typed == nameOf(each) || typed == addressOf(each);
    });
    if (!asItIs.isEmpty())
        return asItIs;
    bool isNumber = false;
    const int number = typed.toInt(&isNumber);
    if (isNumber) {
        auto numbered =
            those(candidates, [&](const Conversation* each) { return each->ordinal() == number; });
        if (!numbered.isEmpty())
            return numbered;
    }
    return those(candidates, [&](const Conversation* each) {
        return nameOf(each).startsWith(typed) || addressOf(each).startsWith(typed);
    });
}

} // namespace kith::cli
