// Where kith-worker is. The programs' composition; any thread.
#pragma once

#include <QString>

namespace kith::app {

/// The absolute path of kith-worker: beside this program (a build tree, a macOS bundle), else in the libexec
/// folder it was installed to, found from this program's own place so that the tree can be moved. Where it is
/// in neither, the second one, so that the error can name it. Needs a QCoreApplication.
[[nodiscard]] QString workerProgram();

} // namespace kith::app
