// Keeps the preferences in the profile's history.
#pragma once

#include "core/result.h"
#include "model/preferences.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace kith::model {

class History;

/// Reads the settings once the history is open, then stores each that has changed when nothing more has for
/// limits::settingsDelay, and the last state at flush(). Owned by main(); GUI thread; never blocks.
///
/// Failure: a value that makes no sense changes nothing; one that cannot be stored is tried again with the
/// next change, and failed() tells. Where there is no history the settings are those of a first start.
class ProfileSettings final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    ProfileSettings(History& history, Preferences& preferences, QObject* parent = nullptr);

    /// What is known to be stored, or it is known that nothing can be read.
    [[nodiscard]] bool isSettled() const { return settled_; }
    /// Hands what has changed to the store now: before the history is closed.
    void flush();

Q_SIGNALS:
    /// isSettled(): once.
    void settled();
    void failed(const kith::core::Error& why);

private:
    void onHistoryChanged();
    void onRead(const core::Result<QHash<QString, QString>>& entries);
    void settle();

    History& history_;
    Preferences& preferences_;
    QTimer delay_;
    QHash<QString, QString> stored_;
    bool reading_ = false;
    bool settled_ = false;
};

} // namespace kith::model
