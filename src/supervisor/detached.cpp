#include "supervisor/detached.h"

#include <QProcess>

namespace kith::supervisor {

bool startDetached(const QString& program, const QStringList& arguments) {
    return QProcess::startDetached(program, arguments);
}

} // namespace kith::supervisor
