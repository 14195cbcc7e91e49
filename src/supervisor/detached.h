// Starting a program that is none of our workers. Main thread.
#pragma once

#include <QString>
#include <QStringList>

namespace kith::supervisor {

/// Starts a program that lives on by itself: it is not our child, has no channel to us and is not ended with
/// us. False where it could not be started.
[[nodiscard]] bool startDetached(const QString& program, const QStringList& arguments);

} // namespace kith::supervisor
