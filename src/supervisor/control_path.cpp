#include "supervisor/control_path.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

ControlPath::ControlPath(const QString& path) {
    constexpr auto room = static_cast<qsizetype>(sizeof(sockaddr_un::sun_path));
    if (QFile::encodeName(path).size() < room) {
        name_ = path;
        return;
    }
#ifdef __linux__
    const QFileInfo file(path);
    folder_.reset(::open(QFile::encodeName(file.path()).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (folder_)
        name_ = u"/proc/self/fd/%1/%2"_s.arg(folder_.get()).arg(file.fileName());
    else
        why_ = qt_error_string(errno);
#else
    why_ = qt_error_string(ENAMETOOLONG);
#endif
}

bool isOurs(qintptr socket) {
#ifdef __linux__
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           size == sizeof peer && peer.uid == ::geteuid();
#else
    uid_t user = 0;
    gid_t group = 0;
    return ::getpeereid(static_cast<int>(socket), &user, &group) == 0 && user == ::geteuid();
#endif
}

} // namespace kith::supervisor
