#include "model/profile_settings.h"

#include "core/limits.h"
#include "model/history.h"

namespace kith::model {

namespace limits = core::limits;

ProfileSettings::ProfileSettings(History& history, Preferences& preferences, QObject* parent)
    : QObject(parent)
    , history_(history)
    , preferences_(preferences)
    , stored_(preferences.toEntries()) {
    delay_.setSingleShot(true);
    delay_.setInterval(limits::settingsDelay);
    connect(&delay_, &QTimer::timeout, this, &ProfileSettings::flush);
    connect(&preferences_, &Preferences::changed, &delay_, qOverload<>(&QTimer::start));
    connect(&history_, &History::stateChanged, this, &ProfileSettings::onHistoryChanged);
    onHistoryChanged();
}

void ProfileSettings::onHistoryChanged() {
    if (settled_ || reading_)
        return;
    if (history_.state() == History::State::Failed) {
        settle();
    } else if (history_.readable()) {
        reading_ = true;
        store::whenDone(history_.store().settings(), this,
                        [this](const core::Result<QHash<QString, QString>>& entries) { onRead(entries); });
    }
}

void ProfileSettings::onRead(const core::Result<QHash<QString, QString>>& entries) {
    reading_ = false;
    if (entries) {
        // What a person has changed meanwhile is the newer word.
        const QHash<QString, QString> now = preferences_.toEntries();
        QHash<QString, QString> taken = *entries;
        for (auto it = now.cbegin(); it != now.cend(); ++it) {
            if (stored_.value(it.key()) != it.value())
                taken.remove(it.key());
        }
        for (auto it = entries->cbegin(); it != entries->cend(); ++it)
            stored_.insert(it.key(), it.value());
        preferences_.take(taken);
    } else if (history_.state() == History::State::Opening) {
        return; // it tells when that has come to an end
    }
    settle();
}

void ProfileSettings::settle() {
    settled_ = true;
    Q_EMIT settled();
}

void ProfileSettings::flush() {
    delay_.stop();
    if (!settled_ || !history_.takesWrites())
        return;
    const QHash<QString, QString> now = preferences_.toEntries();
    for (auto it = now.cbegin(); it != now.cend(); ++it) {
        if (stored_.value(it.key()) == it.value())
            continue;
        stored_.insert(it.key(), it.value());
        store::whenDone(history_.store().putSetting(it.key(), it.value()), this,
                        [this, name = it.key()](const core::Status& done) {
                            if (done)
                                return;
                            stored_.remove(name); // the next change brings it along
                            history_.noteFailure(done.error());
                            Q_EMIT failed(done.error());
                        });
    }
}

} // namespace kith::model
