// A profile: the folder that holds everything of one person, and the lock that one program holds on it.
#pragma once

#include "core/result.h"
#include "core/unique_fd.h"

#include <QString>

namespace kith::model {

/// A profile's folder, locked. A move-only value that main() keeps for as long as the program runs.
///
/// PROFILE/ and PROFILE/run/ are 0700 and belong to this user (checked by lstat(2), not assumed);
/// PROFILE/run/lock is held with flock(2), which a crash releases; PROFILE/run/control is the one named
/// socket.
class Profile final {
public:
    /// The default profile: $XDG_DATA_HOME/kith, on macOS ~/Library/Application Support/Kith.
    [[nodiscard]] static QString defaultFolder();
    /// The profile `name` beside the default one, e.g. "practice": `.../kith-practice`.
    [[nodiscard]] static QString namedFolder(const QString& name);

    /// Makes the folder if needed, checks it and takes the lock, without waiting. Called once, before the
    /// event loop runs. Errors: ProfileInUse (another program holds it), ProfileUnusable (with errno).
    [[nodiscard]] static core::Result<Profile> open(const QString& folder);

    [[nodiscard]] const QString& folder() const { return folder_; }
    /// The control socket's path; may be longer than a socket address takes (see supervisor/control.h).
    [[nodiscard]] static QString controlSocket(const QString& folder);

private:
    Profile(QString folder, core::UniqueFd lock);

    QString folder_;
    core::UniqueFd lock_;
};

} // namespace kith::model
