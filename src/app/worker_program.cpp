#include "app/worker_program.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace kith::app {

using namespace Qt::StringLiterals;

QString workerProgram() {
    const QDir here(QCoreApplication::applicationDirPath());
    QString beside = here.filePath(u"kith-worker"_s);
    if (QFileInfo(beside).isExecutable())
        return beside;
    return QDir::cleanPath(here.filePath(QStringLiteral(KITH_WORKER_FROM_BIN)));
}

} // namespace kith::app
