// For tests: the fake worker under the names that command it.
#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace kith::tests {

/// A folder of symbolic links to the fake worker, one for each command. Owned by a test; removed with it.
class FakeWorkers final {
public:
    /// The program to start for a command of fake_worker.cpp.
    [[nodiscard]] QString program(const QString& command) const {
        const QString path = folder_.filePath(command);
        if (!QFile::exists(path))
            QFile::link(QStringLiteral(KITH_FAKE_WORKER), path);
        return path;
    }
    /// It is, or was, a session in which its peer called us.
    [[nodiscard]] bool hasCalled(const QString& command) const {
        return QFile::exists(folder_.filePath(command) + QStringLiteral(".called"));
    }
    [[nodiscard]] QString folder() const { return folder_.path(); }

private:
    QTemporaryDir folder_;
};

} // namespace kith::tests
