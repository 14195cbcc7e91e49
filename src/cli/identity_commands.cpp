#include "cli/identity_commands.h"

#include "cli/secret_input.h"
#include "core/kith_id.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "words/people_sentences.h"

#include <algorithm>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

JsonFields idFields(const QString& id, const model::Preferences& preferences) {
    return {{"event"_L1, "id"_L1}, {"id"_L1, id}, {"name"_L1, preferences.name()}};
}

} // namespace

IdCommand::IdCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void IdCommand::run() {
    withPreferences([this](const model::Preferences& preferences) {
        const QString id = QString::fromStdString(core::toKithId(place().identity.key()));
        notice(words::terminalOwnName(preferences.name()));
        print(id, idFields(id, preferences));
        finish();
    });
}

KeyCommand::KeyCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void KeyCommand::run() {
    if (arguments().imports)
        importKey();
    else
        exportKey();
}

QString KeyCommand::takePassphrase() {
    QByteArray input = takeInput();
    QString passphrase = QString::fromUtf8(input);
    wipe(input);
    return passphrase;
}

void KeyCommand::exportKey() {
    QString passphrase = takePassphrase();
    const store::PendingStatus exported =
        place().identity.exportTo(arguments().file, passphrase, arguments().replace);
    wipe(passphrase); // the identity has its own copy, and wipes it
    whenStored(exported, [this] {
        notice(words::terminalKeyExported(arguments().file));
        finish();
    });
}

bool KeyCommand::isAnybodyConnected() const {
    if (place().messenger == nullptr)
        return false;
    return std::ranges::any_of(place().messenger->all(), [](const model::Conversation* each) {
        return each->state() != core::ConversationState::Ended;
    });
}

void KeyCommand::importKey() {
    QString passphrase = takePassphrase();
    if (isAnybodyConnected()) {
        wipe(passphrase);
        return refuse(words::terminalStillConnected());
    }
    const auto imported = place().identity.importFrom(arguments().file, passphrase);
    wipe(passphrase); // the identity has its own copy, and wipes it
    store::whenDone(imported, this, [this](const core::Result<core::PublicKey>& key) {
        if (!key)
            return fail(key.error());
        onImported(*key);
    });
}

void KeyCommand::onImported(const core::PublicKey& key) {
    const QString id = QString::fromStdString(core::toKithId(key));
    notice(words::terminalKeyImported(id));
    withPreferences([this, id](const model::Preferences& preferences) {
        print(id, idFields(id, preferences));
        finish();
    });
}

} // namespace kith::cli
