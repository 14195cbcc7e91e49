// A passphrase on its way through the program. Total; any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace kith::cli {

/// Overwrites the bytes themselves, for this and for every copy that shares them, and lets go of them.
void wipe(QByteArray& secret);
void wipe(QString& secret);

} // namespace kith::cli
