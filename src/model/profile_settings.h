// Keeps the preferences in the profile's folder.
#pragma once

#include "model/preferences.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace kith::model {

/// PROFILE/settings.json: read once, in the constructor, before the event loop runs; written behind, when
/// nothing has changed for limits::settingsDelay, as a whole (to a new file that takes the old one's place),
/// by a thread of its own. Owned by main(); destroyed after the last change: it writes the last state then
/// and waits at most limits::settingsAtQuit for the disk; a disk that takes longer keeps the old file, whole.
///
/// Failure: a file that is missing, too long or makes no sense changes nothing; one that cannot be written is
/// tried again at the next change, and failed() tells.
class ProfileSettings final : public QObject {
    Q_OBJECT

public:
    /// `preferences` must outlive it.
    ProfileSettings(const QString& profileFolder, Preferences& preferences, QObject* parent = nullptr);
    ~ProfileSettings() override;

    [[nodiscard]] static QString filePath(const QString& profileFolder);

Q_SIGNALS:
    /// The settings could not be written, in the system's words. GUI thread.
    void failed(const QString& why);

private:
    class Writer;

    void save();

    Preferences& preferences_;
    QTimer delay_;
    std::shared_ptr<Writer> writer_;
};

} // namespace kith::model
