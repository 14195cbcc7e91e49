#include "model/messenger.h"

#include "core/limits.h"
#include "model/conversation_record.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger_private.h"
#include "model/people.h"
#include "model/preferences.h"
#include "supervisor/descriptor_limit.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;

Messenger::Messenger(const MessengerPlace& place, QObject* parent)
    : QObject(parent)
    , preferences_(place.preferences)
    , history_(place.history)
    , identity_(place.identity)
    , people_(place.people)
    , invites_(place.invites)
    , hosting_(new Hosting(place.workerProgram, this))
    , conversations_(new ConversationList(this))
    , d_(std::make_unique<Private>()) {
    d_->workers = new Workers(place.workerProgram, this);
    supervisor::raiseDescriptorLimit();
    d_->untilFinished.setSingleShot(true);
    connect(&d_->untilFinished, &QTimer::timeout, this, [this] {
        d_->finished = true;
        Q_EMIT finished();
    });
    connect(d_->workers, &Workers::left, this, &Messenger::finishIfIdle);
    connect(hosting_, &Hosting::incoming, this,
            [this](const std::shared_ptr<core::UniqueFd>& connection) { receive(std::move(*connection)); });
    connect(hosting_, &Hosting::stopped, this, &Messenger::finishIfIdle);
    connect(hosting_, &Hosting::changed, this, &Messenger::tellProfile);
    connect(&preferences_, &Preferences::changed, this, &Messenger::tellProfile);
    connect(&preferences_, &Preferences::changed, this, &Messenger::tellSandbox);
    connect(&people_, &People::changed, this, &Messenger::onPersonChanged);
    connect(&history_, &History::stateChanged, this, &Messenger::onHistoryChanged);
    connect(&history_, &History::begunAnew, this, &Messenger::onHistoryBegunAnew);
    d_->endedLook.setInterval(limits::endedLook);
    connect(&d_->endedLook, &QTimer::timeout, this, &Messenger::dropPast);
    d_->endedLook.start();
    d_->told = profile();
    tellSandbox();
    onHistoryChanged();
}

Messenger::~Messenger() = default;

int Messenger::foldedRequests() const {
    return d_->folded;
}

void Messenger::dismissFolded() {
    d_->foldedOnes.clear();
    if (std::exchange(d_->folded, 0) != 0)
        Q_EMIT requestsChanged();
}

void Messenger::setAcceptPolicy(AcceptPolicy policy) {
    acceptPolicy_ = policy;
}

AcceptPolicy Messenger::acceptPolicy() const {
    if (acceptPolicy_)
        return *acceptPolicy_;
    if (preferences_.onlyKnown())
        return AcceptPolicy::Known;
    return preferences_.everybody() ? AcceptPolicy::All : AcceptPolicy::Ask;
}

void Messenger::setPlainText(bool allowed) {
    d_->plainText = allowed;
}

void Messenger::allowNoSandbox() {
    d_->noSandboxAllowed = true;
    tellSandbox();
}

void Messenger::tellSandbox() {
    const bool optional = d_->noSandboxAllowed || preferences_.sandboxOptional();
    d_->workers->setSandboxOptional(optional);
    hosting_->setSandboxOptional(optional);
}

void Messenger::setKeepsHistory(bool keep) {
    d_->keepsHistory = keep;
}

void Messenger::whenReady(QObject* context, std::function<void()> then) {
    const auto isReady = [this] {
        return identity_.state() != Identity::State::Loading && people_.isReady() && invites_.isReady();
    };
    if (isReady())
        return then();
    auto* const gate = new QObject(context);
    const auto look = [gate, isReady, then = std::move(then)] {
        if (!isReady())
            return;
        gate->disconnect();
        gate->deleteLater();
        then();
    };
    connect(&identity_, &Identity::stateChanged, gate, look);
    connect(&people_, &People::ready, gate, look);
    connect(&invites_, &Invites::ready, gate, look);
}

Conversation* Messenger::begin(Direction direction, const core::Endpoint& peer) {
    auto* conversation = new Conversation(++d_->lastId, direction, peer, history_, people_, this);
    if (!d_->keepsHistory)
        conversation->setKeepsHistory(false);
    follow(conversation);
    return conversation;
}

void Messenger::follow(Conversation* conversation) {
    connect(conversation, &Conversation::changed, this,
            [this, conversation] { onConversationChanged(conversation); });
    connect(conversation, &Conversation::ended, this,
            [this, conversation] { onConversationEnded(conversation); });
    connect(conversation->record(), &ConversationRecord::removed, this,
            [this, conversation] { dismiss(conversation); });
}

void Messenger::announce(Conversation* conversation) {
    if (std::exchange(conversation->announced_, true))
        return;
    d_->strangers.removeOne(conversation);
    if (all_.contains(conversation)) {
        Q_EMIT conversationAdded(conversation);
        return;
    }
    std::vector<int> taken;
    for (const Conversation* other : std::as_const(all_)) {
        if (other->state() != ConversationState::Ended && other->host() == conversation->host())
            taken.push_back(other->ordinal_);
    }
    conversation->ordinal_ = 1;
    while (std::ranges::find(taken, conversation->ordinal_) != taken.end())
        ++conversation->ordinal_;
    all_.append(conversation);
    Q_EMIT conversationAdded(conversation);
}

void Messenger::onConversationChanged(Conversation* conversation) {
    const ConversationState state = conversation->state();
    if (conversation->kind() == PeerKind::Contact && state != ConversationState::Ended)
        announce(conversation); // it begins, and may be an old one
    if (conversation->direction() == Direction::Incoming)
        onIncomingChanged(conversation);
    if (state != ConversationState::Open)
        return;
    conversations_->add(conversation);
    if (conversation->kind() == PeerKind::Plain && conversation->direction() == Direction::Outgoing)
        preferences_.addRecentAddress(QString::fromStdString(core::toDisplay(conversation->dialled())));
}

void Messenger::onConversationEnded(Conversation* conversation) {
    if (conversation->direction() == Direction::Incoming && !conversation->wasOpen())
        onStrangerEnded(conversation);
    if (d_->removing.contains(conversation))
        conversation->record()->remove();
    if (d_->leaving.contains(conversation))
        dismiss(conversation);
    dropOldest();
    finishIfIdle();
}

void Messenger::dropOldest() {
    QList<Conversation*> over;
    for (Conversation* conversation : std::as_const(all_)) {
        if (conversation->state() == ConversationState::Ended && !requests_.contains(conversation) &&
            conversation->kind() != PeerKind::Contact)
            over.append(conversation);
    }
    while (over.size() > static_cast<qsizetype>(limits::endedConversations))
        dismiss(over.takeFirst());
}

void Messenger::dismiss(Conversation* conversation) {
    if (conversation->state() != ConversationState::Ended || !all_.removeOne(conversation))
        return;
    conversations_->remove(conversation);
    d_->removing.remove(conversation);
    d_->leaving.remove(conversation);
    if (requests_.removeOne(conversation))
        Q_EMIT requestsChanged();
    Q_EMIT conversationRemoved(conversation);
    conversation->deleteLater();
}

void Messenger::shutDown() {
    if (d_->shuttingDown)
        return;
    d_->shuttingDown = true;
    d_->untilFinished.start(limits::untilKill + limits::workerGone);
    hosting_->stop();
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone) {
        conversation->saveDraft();
        conversation->disconnectPeer();
    }
    for (const std::unique_ptr<IncomingCall>& caller : d_->callers)
        caller->stop(core::Goodbye::Ended);
    finishIfIdle();
}

void Messenger::finishIfIdle() {
    const auto isRunning = [](const Conversation* c) { return c->state() != ConversationState::Ended; };
    const bool busy = d_->workers->count() > 0 || hosting_->isBusy() || std::ranges::any_of(all_, isRunning);
    if (!d_->shuttingDown || d_->finished || busy)
        return;
    // Behind whatever is being told right now.
    d_->untilFinished.start(0);
}

} // namespace kith::model
