#include "model/messenger.h"

#include "core/limits.h"
#include "model/conversation_record.h"
#include "model/history.h"
#include "model/local_addresses.h"
#include "model/messenger_private.h"
#include "model/peer_address.h"
#include "model/preferences.h"
#include "supervisor/descriptor_limit.h"
#include "supervisor/session_worker.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::Error;
using core::Reason;
using supervisor::SessionWorker;
using Clock = supervisor::CrashGuard::Clock;

namespace {

/// Incoming and outgoing are counted apart: a hostile peer must not be able to keep us from dialling.
std::string guardKey(Direction direction, const core::Endpoint& peer) {
    const core::Result<core::Endpoint> ascii = toAscii(peer);
    return (direction == Direction::Incoming ? "in " : "out ") +
           addressKey(ascii.ok() ? ascii->host : peer.host);
}

} // namespace

bool isCrash(Reason reason) {
    return reason == Reason::WorkerCrashed || reason == Reason::WorkerSandboxed ||
           reason == Reason::WorkerBroke || reason == Reason::WorkerSilent;
}

bool isNotStarted(Reason reason) {
    return reason == Reason::WorkerMissing || reason == Reason::WorkerNotStarted ||
           reason == Reason::DescriptorsSpent;
}

Messenger::Messenger(QString workerProgram, Preferences& preferences, History& history, QObject* parent)
    : QObject(parent)
    , preferences_(preferences)
    , history_(history)
    , hosting_(new Hosting(workerProgram, this))
    , conversations_(new ConversationList(this))
    , d_(std::make_unique<Private>()) {
    d_->workerProgram = std::move(workerProgram);
    supervisor::raiseDescriptorLimit();
    d_->untilFinished.setSingleShot(true);
    connect(&d_->untilFinished, &QTimer::timeout, this, [this] {
        d_->finished = true;
        Q_EMIT finished();
    });
    connect(hosting_, &Hosting::incoming, this,
            [this](const std::shared_ptr<core::UniqueFd>& connection) { receive(std::move(*connection)); });
    connect(hosting_, &Hosting::stopped, this, &Messenger::finishIfIdle);
    connect(&history_, &History::stateChanged, this, &Messenger::onHistoryChanged);
    connect(&history_, &History::begunAnew, this, &Messenger::onHistoryBegunAnew);
    d_->endedLook.setInterval(limits::endedLook);
    connect(&d_->endedLook, &QTimer::timeout, this, &Messenger::dropPast);
    d_->endedLook.start();
    onHistoryChanged();
}

Messenger::~Messenger() = default;

void Messenger::setPlainText(bool allowed) {
    d_->plainText = allowed;
}

void Messenger::setKeepsHistory(bool keep) {
    d_->keepsHistory = keep;
}

core::Result<Conversation*> Messenger::connectTo(const QString& typed, bool plainText) {
    const core::Result<core::Endpoint> parsed = core::parseEndpoint(typed.toStdString());
    if (!parsed.ok())
        return parsed.error();
    const core::Result<core::Endpoint> ascii = toAscii(*parsed);
    if (!ascii.ok())
        return ascii.error();
    if (!plainText)
        return Error{Reason::PlainNotChosen, 0, {}};
    if (const auto why = whyNotDial(*ascii))
        return Error{*why, 0, {}};
    Conversation* const conversation = begin(Direction::Outgoing, *parsed);
    conversation->setDialAgain([this, conversation] { dialAgain(conversation); });
    announce(conversation);
    conversations_->add(conversation);
    dial(conversation, *ascii);
    return conversation;
}

std::optional<Reason> Messenger::whyNotDial(const core::Endpoint& where) const {
    if (d_->shuttingDown || sessions() >= limits::sessions)
        return Reason::TooManySessions;
    if (isHostedHere(where))
        return Reason::OwnAddress;
    // A person asks, so it is never "no more", only "not yet".
    if (!d_->guard.verdictForPerson(guardKey(Direction::Outgoing, where), Clock::now()).open)
        return Reason::HeldOff;
    return std::nullopt;
}

bool Messenger::isHostedHere(const core::Endpoint& where) const {
    return hosting_->state() == core::HostingState::On && where.port == hosting_->port() &&
           isThisComputer(where.host);
}

std::size_t Messenger::sessions() const {
    const auto running = std::ranges::count_if(
        all_, [](const Conversation* c) { return c->state() != ConversationState::Ended; });
    return static_cast<std::size_t>(running + d_->strangers.size());
}

Conversation* Messenger::begin(Direction direction, core::Endpoint peer) {
    auto* conversation = new Conversation(++d_->lastId, direction, std::move(peer), history_, this);
    conversation->setKeepsHistory(d_->keepsHistory);
    connect(conversation, &Conversation::changed, this,
            [this, conversation] { onConversationChanged(conversation); });
    connect(conversation, &Conversation::ended, this,
            [this, conversation] { onConversationEnded(conversation); });
    connect(conversation->record(), &ConversationRecord::removed, this,
            [this, conversation] { dismiss(conversation); });
    return conversation;
}

void Messenger::dialAgain(Conversation* conversation) {
    const core::Result<core::Endpoint> ascii = toAscii(conversation->dialled());
    const std::optional<Reason> why = ascii.ok() ? whyNotDial(*ascii) : Reason::AddressInvalid;
    if (why)
        conversation->fail({*why, 0, 0});
    else
        dial(conversation, *ascii);
}

void Messenger::dial(Conversation* conversation, const core::Endpoint& ascii) {
    auto worker = std::make_unique<SessionWorker>(d_->workerProgram);
    SessionWorker* const session = worker.get();
    // A name may turn out to be this computer.
    connect(session, &SessionWorker::connecting, this, [this, conversation](const core::Endpoint& address) {
        if (isHostedHere(address))
            conversation->endBecause(Reason::OwnAddress);
    });
    conversation->attach(std::move(worker));
    session->start(ipc::ConnectRole{ascii, std::nullopt});
}

void Messenger::announce(Conversation* conversation) {
    if (conversation->announced_)
        return;
    conversation->announced_ = true;
    d_->strangers.removeOne(conversation);
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
    if (conversation->direction() == Direction::Incoming)
        onIncomingChanged(conversation);
    if (conversation->state() == ConversationState::Open && conversations_->rowOf(conversation) < 0)
        conversations_->add(conversation);
    if (conversation->state() == ConversationState::Open && conversation->direction() == Direction::Outgoing)
        preferences_.addRecentAddress(QString::fromStdString(core::toDisplay(conversation->dialled())));
}

void Messenger::onConversationEnded(Conversation* conversation) {
    const Clock::time_point now = Clock::now();
    const std::string key = guardKey(conversation->direction(), conversation->dialled());
    if (const std::optional<core::End> end = std::exchange(conversation->workerEnd_, std::nullopt)) {
        const Clock::duration lived = now - conversation->startedAt_;
        if (isCrash(end->reason))
            d_->guard.crashed(key, now, lived);
        else
            d_->guard.endedWell(key, lived);
    }

    if (conversation->direction() == Direction::Incoming && !conversation->wasOpen())
        onStrangerEnded(conversation);
    if (d_->removing.contains(conversation))
        conversation->record()->remove();
    dropOldest();
    finishIfIdle();
}

void Messenger::dropOldest() {
    QList<Conversation*> over;
    for (Conversation* conversation : std::as_const(all_)) {
        if (conversation->state() == ConversationState::Ended && !requests_.contains(conversation))
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
    finishIfIdle();
}

void Messenger::finishIfIdle() {
    if (!d_->shuttingDown || d_->finished || sessions() > 0 || hosting_->isBusy())
        return;
    // Behind whatever is being told right now.
    d_->untilFinished.start(0);
}

} // namespace kith::model
