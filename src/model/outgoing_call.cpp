#include "model/outgoing_call.h"

#include "core/limits.h"
#include "model/conversation.h"
#include "model/people.h"
#include "model/workers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::InitiatorHandshake;
using core::PublicKey;
using core::Reason;
using supervisor::SessionWorker;

namespace {

/// Nobody was reached there, or somebody else: another address may be theirs.
bool isElsewhere(Reason reason) {
    constexpr std::array elsewhere = {
        Reason::NameNotFound,
        Reason::NameLookupFailed,
        Reason::ConnectionRefused,
        Reason::NoAnswer,
        Reason::NetworkUnreachable,
        Reason::ConnectFailed,
        Reason::OwnAddress,
        Reason::OwnKey,
        Reason::NotKith,
        Reason::TlsFailed,
        Reason::PeerVanished,
        Reason::HostClosed,
        Reason::KeyChanged,
    };
    return std::ranges::find(elsewhere, reason) != elsewhere.end();
}

} // namespace

OutgoingCall::OutgoingCall(const Place& place, OutgoingTarget target, QString ownName, QObject* parent)
    : Call(place.workers, place.identity, parent)
    , people_(place.people)
    , target_(std::move(target))
    , ownName_(std::move(ownName)) {}

void OutgoingCall::start() {
    if (!over_ && !stopping_)
        dial({target_.expected, false});
}

void OutgoingCall::stop(std::optional<core::Goodbye> farewell) {
    stopping_ = true;
    if (worker() != nullptr) {
        worker()->farewell(farewell);
        worker()->stop();
        return;
    }
    finish({Reason::StoppedByUs, 0, 0});
}

void OutgoingCall::giveUp(Reason reason) {
    if (!stopping_)
        nextOr({reason, 0, 0});
}

// --- dialling --------------------------------------------------------------------------------------------

void OutgoingCall::dial(const Dial& next) {
    leave(std::nullopt);
    dial_ = next;
    ++dials_;
    sent_ = false;
    asked_ = false;
    InitiatorHandshake::Setup setup;
    setup.expected = next.expected;
    setup.noContactFits = next.noContactFits;
    if (next.expected && next.expected == target_.expected)
        setup.invite = target_.invite;
    handshake_ = std::make_shared<InitiatorHandshake>(setup);
    const std::string key = next.expected ? crashKey(Direction::Outgoing, *next.expected)
                                          : crashKey(Direction::Outgoing, address());
    setWorker(workers().make(key));
    connect(worker(), &SessionWorker::connecting, this, &OutgoingCall::connecting);
    worker()->start(ipc::ConnectRole{address(), handshake_->hello()});
    Q_EMIT changed();
}

void OutgoingCall::dialAgain(const Dial& next) {
    if (dials_ < limits::dialsOfOneCall)
        dial(next);
    else
        nextOr({Reason::HostClosed, 0, 0});
}

void OutgoingCall::onWorkerEnded(const core::End& end) {
    Q_EMIT changed();
    if (stopping_)
        return finish(end);
    const bool withoutAWord = end.reason == Reason::HostClosed && sent_ && !asked_;
    if (withoutAWord && dial_.isLast)
        return keyChanged(std::nullopt);
    if (withoutAWord && dial_.expected)
        return dialAgain({std::nullopt, false, dial_.expected});
    nextOr(end);
}

void OutgoingCall::nextOr(const core::End& end) {
    if (asked_ || !isElsewhere(end.reason))
        return finish(end);
    const bool changed = end.reason == Reason::KeyChanged;
    if (!first_ || (changed && first_->reason != Reason::KeyChanged)) {
        first_ = end;
        firstAt_ = at_;
    }
    if (at_ + 1 < target_.addresses.size()) {
        ++at_;
        dials_ = 0;
        return dial({target_.expected, false});
    }
    at_ = firstAt_;
    finish(*first_);
}

void OutgoingCall::finish(const core::End& end) {
    if (std::exchange(over_, true))
        return;
    leave(std::nullopt);
    // Never from within a call of its owner's.
    QMetaObject::invokeMethod(
        this, [this, end] { Q_EMIT ended(end); }, Qt::QueuedConnection);
}

// --- the handshake ---------------------------------------------------------------------------------------

void OutgoingCall::onSecured() {
    const core::Secured secured{up()->hello, up()->exporter};
    step<InitiatorHandshake::Step>(
        [handshake = handshake_, secured](const core::SigningKey& self) {
            return core::Result<InitiatorHandshake::Step>(handshake->secured(secured, self));
        },
        [this](const auto& step) { onStep(step); });
}

void OutgoingCall::onFrame(const core::HandshakeFrame& frame) {
    step<InitiatorHandshake::Step>(
        [handshake = handshake_, frame](const core::SigningKey&) {
            return core::Result<InitiatorHandshake::Step>(handshake->receive(frame));
        },
        [this](const auto& step) { onStep(step); });
}

void OutgoingCall::onStep(const core::Result<InitiatorHandshake::Step>& step) {
    if (stopping_)
        return;
    if (step)
        std::visit([this](const auto& each) { handle(each); }, *step);
    else
        finish({step.error().reason, step.error().number, 0});
}

void OutgoingCall::handle(const InitiatorHandshake::Send& send) {
    sent_ = true;
    worker()->sendHandshake(send.frame);
}

void OutgoingCall::handle(const InitiatorHandshake::Asked& /*asked*/) {
    // It closed on us before: as it has another key, or for a reason that is over.
    if (dial_.sought)
        return dialAgain({dial_.sought, false, std::nullopt, true});
    asked_ = true;
    worker()->sendHandshake(core::Knock{ownName_.toStdString()});
    Q_EMIT asked();
}

void OutgoingCall::handle(const InitiatorHandshake::Recognise& recognise) {
    std::vector<PublicKey> contacts;
    for (const Person& person : people_.all())
        contacts.push_back(person.key);
    step<std::optional<PublicKey>>(
        [contacts = std::move(contacts), recognise](const core::SigningKey&) {
            std::optional<PublicKey> found;
            for (const PublicKey& key : contacts) {
                if (core::knownHint(key, recognise.exporter) == recognise.hint)
                    found = key;
            }
            return core::Result<std::optional<PublicKey>>(found);
        },
        [this](const core::Result<std::optional<PublicKey>>& found) {
            if (!stopping_)
                onRecognised(found ? *found : std::nullopt);
        });
}

void OutgoingCall::onRecognised(const std::optional<PublicKey>& contact) {
    if (dial_.sought)
        return contact == dial_.sought ? nextOr({Reason::HostClosed, 0, 0}) : keyChanged(contact);
    if (!contact)
        return dialAgain({std::nullopt, true});
    if (mayBeWith(*contact))
        dialAgain({contact, false});
}

void OutgoingCall::handle(const InitiatorHandshake::Verified& verified) {
    if (dial_.sought) {
        if (verified.key != dial_.sought)
            return keyChanged(verified.key);
        return dialAgain({dial_.sought, false}); // it closed for another reason
    }
    if (!mayBeWith(verified.key))
        return;
    // A contact is always named, so that nobody can pass us off as one who does not know them.
    if (!dial_.expected && people_.find(verified.key) != nullptr)
        return dialAgain({verified.key, false});
    if (workerIsOver())
        return;
    workers().setCrashKey(worker(), crashKey(Direction::Outgoing, verified.key));
    over_ = true; // what follows is the session's
    Q_EMIT answered(verified.key);
}

void OutgoingCall::handle(const InitiatorHandshake::Refused& refused) {
    if (refused.reason == Reason::KeyChanged)
        return keyChanged(refused.key);
    nextOr({refused.reason, 0, 0});
}

bool OutgoingCall::mayBeWith(const PublicKey& key) {
    if (people_.isBlocked(key)) {
        finish({Reason::Blocked, 0, 0});
        return false;
    }
    const Person* const person = people_.find(key);
    if (person != nullptr && person->stopped()) {
        finish({Reason::KeyChanged, 0, 0});
        return false;
    }
    return true;
}

void OutgoingCall::keyChanged(const std::optional<PublicKey>& other) {
    leave(std::nullopt);
    if (std::ranges::find(target_.told, address()) != target_.told.end())
        return nextOr({Reason::HostClosed, 0, 0});
    if (other)
        otherKey_ = other;
    nextOr({Reason::KeyChanged, 0, 0});
}

} // namespace kith::model
