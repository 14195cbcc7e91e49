#include "cli/identity_commands.h"

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

void KeyCommand::exportKey() {
    whenStored(
        place().identity.exportTo(arguments().file, QString::fromUtf8(place().input), arguments().replace),
        [this] {
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
    if (isAnybodyConnected())
        return refuse(words::terminalStillConnected());
    store::whenDone(place().identity.importFrom(arguments().file, QString::fromUtf8(place().input)), this,
                    [this](const core::Result<core::PublicKey>& key) {
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
