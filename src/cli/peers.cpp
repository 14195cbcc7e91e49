#include "cli/peers.h"

#include "core/endpoint.h"
#include "core/kith_id.h"
#include "core/limits.h"
#include "model/conversation.h"
#include "model/people.h"

#include <algorithm>
#include <iterator>

namespace kith::cli {

using namespace Qt::StringLiterals;
using core::ConversationState;
using model::Conversation;
using model::PeerKind;

namespace {

QString addressOf(const Conversation* conversation) {
    return QString::fromStdString(core::toText(conversation->peer()));
}

/// A key that has proved itself.
bool isKnown(const Conversation* conversation) {
    return conversation->kind() == PeerKind::Contact || conversation->kind() == PeerKind::Stranger;
}

QString numberedHost(const Conversation* conversation) {
    const QString host = conversation->host();
    const int ordinal = conversation->ordinal();
    return ordinal > 1 ? u"%1 (%2)"_s.arg(host, QString::number(ordinal)) : host;
}

QString folded(QString kithId) {
    kithId.remove(u'-');
    return kithId.toUpper();
}

template <typename Test>
QList<Conversation*> those(const QList<Conversation*>& all, Test test) {
    QList<Conversation*> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), test);
    return found;
}

} // namespace

bool beginsKithId(const QString& typed, const QString& kithId) {
    const QString beginning = folded(typed);
    return beginning.size() >= core::limits::kithIdTyped && folded(kithId).startsWith(beginning);
}

void Peers::add(Conversation* conversation) {
    if (!all_.contains(conversation))
        all_.append(conversation);
}

bool Peers::remove(Conversation* conversation) {
    all_.removeOne(conversation);
    if (chosen_ != conversation)
        return false;
    chosen_ = nullptr;
    return true;
}

QList<Conversation*> Peers::asking() const {
    return those(all_, [](const Conversation* each) {
        return each->state() == ConversationState::Asking && each->kind() != PeerKind::Contact;
    });
}

QList<Conversation*> Peers::open() const {
    return those(all_, [](const Conversation* each) { return each->state() == ConversationState::Open; });
}

bool Peers::isConnecting() const {
    return std::any_of(all_.begin(), all_.end(), [](const Conversation* each) {
        return each->state() == ConversationState::Connecting || each->state() == ConversationState::Waiting;
    });
}

PeerLabel Peers::label(const Conversation* conversation) const {
    PeerLabel label;
    label.worker = conversation->workerPid();
    label.sandbox = conversation->sandbox().value_or(core::Sandbox{});
    label.number = conversation->id();
    label.named = opened_ > 1;
    label.where = conversation->host();
    label.secure = conversation->isSecure();
    if (!isKnown(conversation)) {
        label.peer = addressOf(conversation);
        label.name = numberedHost(conversation);
        return label;
    }
    const core::PublicKey& key = *conversation->key();
    label.peer = QString::fromStdString(core::toKithId(key));
    label.shortId = QString::fromStdString(core::shortKithId(key));
    label.name = conversation->name();
    if (const model::Person* person = people_.find(key)) {
        label.verified = person->verified();
        label.alike = person->looksLikeAnother;
    } else {
        label.alike = people_.looksLikeContact(label.name, key);
    }
    return label;
}

QStringList Peers::namesOf(const QList<Conversation*>& conversations) const {
    QStringList names;
    for (const Conversation* each : conversations) {
        PeerLabel label = this->label(each);
        label.alike =
            label.alike || each->kind() == PeerKind::Stranger; // they call themselves what they like
        names += label.shown();
    }
    return names;
}

words::Values Peers::values(const Conversation* conversation) const {
    const PeerLabel label = this->label(conversation);
    words::Values values;
    values.peer = label.shown();
    values.where = conversation->dialled();
    values.secure = label.secure;
    values.verified = label.verified;
    values.keyExpected = conversation->key().has_value();
    return values;
}

QList<Conversation*> Peers::find(const QString& typed, const QList<Conversation*>& candidates) const {
    auto asItIs = those(candidates, [&](const Conversation* each) {
        const QString peer = label(each).peer;
        return typed == peer || (isKnown(each) && folded(typed) == folded(peer));
    });
    if (!asItIs.isEmpty())
        return asItIs;
    auto named = those(candidates, [&](const Conversation* each) {
        return typed == label(each).name || typed == nameOf(each) || typed == addressOf(each);
    });
    if (!named.isEmpty())
        return named;
    bool isNumber = false;
    const int number = typed.toInt(&isNumber);
    if (isNumber) {
        auto numbered = those(candidates, [&](const Conversation* each) {
            return !isKnown(each) && each->ordinal() == number;
        });
        if (!numbered.isEmpty())
            return numbered;
    }
    return those(candidates, [&](const Conversation* each) {
        return label(each).name.startsWith(typed) || addressOf(each).startsWith(typed) ||
               (isKnown(each) && beginsKithId(typed, label(each).peer));
    });
}

} // namespace kith::cli
