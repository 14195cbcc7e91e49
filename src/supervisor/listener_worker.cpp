#include "supervisor/listener_worker.h"

#include "core/limits.h"
#include "ipc/descriptors.h"
#include "supervisor/worker_facts.h"
#include "supervisor/worker_process.h"

#include <QPointer>
#include <QSocketNotifier>

#include <utility>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

namespace {

int socketOption(int fd, int option) {
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

int socketFamily(int fd) {
#ifdef SO_DOMAIN
    return socketOption(fd, SO_DOMAIN);
#else
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    return ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0 ? address.ss_family : -1;
#endif
}

bool isConnection(int fd) {
    const int family = socketFamily(fd);
    return (family == AF_INET || family == AF_INET6) && socketOption(fd, SO_TYPE) == SOCK_STREAM &&
           socketOption(fd, SO_ACCEPTCONN) == 0;
}

} // namespace

ListenerWorker::ListenerWorker(QString workerProgram, QObject* parent)
    : QObject(parent)
    , program_(std::move(workerProgram))
    , process_(std::make_unique<WorkerProcess>()) {
    connect(process_.get(), &WorkerProcess::message, this, &ListenerWorker::onMessage);
    connect(process_.get(), &WorkerProcess::ended, this, &ListenerWorker::onEnded);
}

ListenerWorker::~ListenerWorker() = default;

void ListenerWorker::start(quint16 port) {
    process_->start(Launch{program_, ipc::ListenRole{port}, {}, sandboxOptional_});
    if (process_->descriptorChannel() < 0)
        return;
    // Switched on by Listening: before it no descriptor may come, and the two channels have no common order.
    passed_ = std::make_unique<QSocketNotifier>(process_->descriptorChannel(), QSocketNotifier::Read);
    passed_->setEnabled(false);
    connect(passed_.get(), &QSocketNotifier::activated, this, &ListenerWorker::takeNext);
}

void ListenerWorker::stop() {
    process_->stop();
}

qint64 ListenerWorker::pid() const {
    return process_->pid();
}

std::optional<core::Sandbox> ListenerWorker::sandbox() const {
    return process_->sandbox() ? std::optional(confirmed(*process_->sandbox(), pid())) : std::nullopt;
}

QByteArray ListenerWorker::errorOutput() const {
    return process_->errorOutput();
}

QString ListenerWorker::detail() const {
    return process_->detail();
}

void ListenerWorker::onMessage(const ipc::FromWorker& message) {
    if (const auto* listens = std::get_if<ipc::Listening>(&message)) {
        if (passed_)
            passed_->setEnabled(true);
        Q_EMIT listening(listens->port, listens->v4, listens->v6);
    } else if (const auto* pause = std::get_if<ipc::AcceptPaused>(&message)) {
        Q_EMIT paused(pause->number);
    } else if (std::holds_alternative<ipc::Stopping>(message)) {
        static_cast<void>(process_->send(ipc::NoMore{}));
    }
}

void ListenerWorker::takeNext() {
    // One in a turn of the event loop, as for each a process is started; the rest waits in the channel.
    static_cast<void>(takeOne());
}

bool ListenerWorker::takeOne() {
    if (process_->descriptorChannel() < 0)
        return false;
    core::Result<std::optional<ipc::PassedDescriptor>> taken =
        ipc::takeDescriptor(process_->descriptorChannel());
    if (!taken.ok()) {
        passed_->setEnabled(false);
        if (taken.error().reason != core::Reason::PeerClosed)
            process_->breakOff(QString::fromStdString(taken.error().detail));
        return false;
    }
    if (!taken->has_value())
        return false;
    ipc::PassedDescriptor& passed = **taken;
    if (!isConnection(passed.fd.get())) {
        passed_->setEnabled(false);
        process_->breakOff(u"it passed what is no connection"_s);
        return false;
    }
    static_cast<void>(process_->send(ipc::Taken{passed.token}));
    Q_EMIT accepted(std::make_shared<core::UniqueFd>(std::move(passed.fd)));
    return true;
}

void ListenerWorker::onEnded(const core::End& end) {
    // Whoever was passed up before the end is let through.
    const QPointer<ListenerWorker> self(this);
    while (self && passed_ && passed_->isEnabled() && takeOne()) {
    }
    if (!self)
        return;
    passed_.reset();
    Q_EMIT ended(end);
}

} // namespace kith::supervisor
