// The terminal chat as a host: who may come in, where, and what is told about it.
#include "cli/reached_at.h"
#include "cli/terminal_chat.h"
#include "core/endpoint.h"
#include "core/limits.h"
#include "core/safety_number.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using core::HostingState;
using model::Conversation;

namespace {

struct Numbers {
    QString known;
    QString other;
};

QString numberOf(const core::SigningKey& own, const core::PublicKey& key) {
    return QString::fromStdString(core::grouped(core::safetyNumber(own.publicKey(), key)));
}

} // namespace

void TerminalChat::host(const Arguments& arguments) {
    messenger_.setPlainText(arguments.plain);
    if (arguments.sandboxOptional)
        messenger_.allowNoSandbox();
    messenger_.setKeepsHistory(arguments.keepsHistory);
    switch (arguments.accept) {
    case Accept::Ask:
        messenger_.setAcceptPolicy(model::AcceptPolicy::Ask);
        break;
    case Accept::Known:
        messenger_.setAcceptPolicy(model::AcceptPolicy::Known);
        break;
    case Accept::All:
        messenger_.setAcceptPolicy(model::AcceptPolicy::All);
        break;
    }
    letsAllIn_ = arguments.accept == Accept::All;
    once_ = arguments.once;
    messenger_.hosting()->start(arguments.port.value_or(core::limits::defaultPort));
}

bool TerminalChat::isHosting() const {
    const HostingState state = messenger_.hosting()->state();
    const bool willTryAgain = state == HostingState::HeldOff && messenger_.hosting()->secondsToRetry() >= 0;
    return state == HostingState::Starting || state == HostingState::On || willTryAgain;
}

void TerminalChat::onHostingChanged() {
    const model::Hosting* hosting = messenger_.hosting();
    const HostingState state = hosting->state();
    if (state == hostingTold_)
        return;
    hostingTold_ = state;
    if (state == HostingState::On) {
        tellListening();
    } else if (state == HostingState::Failed || state == HostingState::HeldOff) {
        words::Values values;
        values.where.port = hosting->port();
        values.seconds = hosting->secondsToRetry();
        sink_.error(hosting->end().reason, words::forTerminalEnd(hosting->end(), values));
        if (!isHosting())
            exitStatus_ = 1;
    }
    endIfDone();
}

void TerminalChat::tellListening() {
    const std::vector<core::Endpoint> here =
        reachedAt(messenger_.hosting()->addresses(), messenger_.hosting()->port());
    const quint16 port = messenger_.hosting()->port();
    QStringList addresses;
    QStringList shown;
    for (const core::Endpoint& each : messenger_.hosting()->addresses()) {
        addresses += QString::fromStdString(core::toText({each.host, port}));
        shown += QString::fromStdString(core::toDisplay({each.host, port}));
    }
    const bool canInvite = messenger_.identity().state() == model::Identity::State::Ready;
    if (!json_ || !canInvite) {
        sink_.listening(port, addresses, shown, {});
        if (canInvite)
            sink_.notice(words::terminalHowToInvite());
        return;
    }
    ++untold_;
    store::whenDone(
        messenger_.invites().shown(messenger_.identity().key(), here, messenger_.preferences().name()), this,
        [=, this](const core::Result<QString>& link) {
            --untold_;
            sink_.listening(port, addresses, shown, link ? *link : QString());
            endIfDone();
        });
}

void TerminalChat::tellNumbers(const Conversation* conversation, const PeerLabel& label) {
    if (!conversation->key() || !conversation->otherKey())
        return;
    ++untold_;
    const core::PublicKey known = *conversation->key();
    const core::PublicKey other = *conversation->otherKey();
    using Both = core::Result<Numbers>;
    store::whenDone(messenger_.identity().withKey<Both>(
                        [known, other](const core::SigningKey& own) {
                            return Both(Numbers{numberOf(own, known), numberOf(own, other)});
                        },
                        core::Error{core::Reason::IdentityUnusable, 0, {}}),
                    this, [this, label](const Both& numbers) {
                        --untold_;
                        if (numbers)
                            sink_.keyChanged(label, numbers->known, numbers->other);
                        endIfDone();
                    });
}

} // namespace kith::cli
