#include "supervisor/worker_process.h"

#include "core/limits.h"
#include "ipc/descriptors.h"
#include "supervisor/child_setup.h"
#include "supervisor/message_channel.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

namespace limits = core::limits;

namespace {

/// Two ends of a socketpair: the program's, nonblocking, and the child's. errno where it fails.
int openPair(core::UniqueFd& ours, core::UniqueFd& childs) {
    std::array<int, 2> ends{};
#ifdef SOCK_CLOEXEC
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return errno;
#else
    // Only the main thread starts processes, so nothing can be started in between.
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0)
        return errno;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
    ours.reset(ends[0]);
    childs.reset(ends[1]);
    const int flags = ::fcntl(ours.get(), F_GETFL);
    return flags < 0 || ::fcntl(ours.get(), F_SETFL, flags | O_NONBLOCK) != 0 ? errno : 0;
}

/// Nothing of the person's environment but the language and the time zone reaches a worker: no LD_PRELOAD, no
/// OPENSSL_CONF, no SSLKEYLOGFILE.
QProcessEnvironment workerEnvironment() {
    QProcessEnvironment environment;
    environment.insert(u"LANG"_s, qEnvironmentVariable("LANG", u"C.UTF-8"_s));
    if (qEnvironmentVariableIsSet("TZ"))
        environment.insert(u"TZ"_s, qEnvironmentVariable("TZ"));
    return environment;
}

/// QProcess tells errno in words alone, "execve: No such file or directory".
int errnoOf(const QString& words) {
    constexpr int lastErrno = 133; // EHWPOISON, Linux; macOS has fewer
    for (int number = 1; number <= lastErrno; ++number) {
        if (words.endsWith(qt_error_string(number)))
            return number;
    }
    return 0;
}

ipc::Role roleOf(const Launch& launch) {
    if (std::holds_alternative<ipc::ListenRole>(launch.role))
        return ipc::Role::Listen;
    return std::holds_alternative<ipc::ConnectRole>(launch.role) ? ipc::Role::Connect : ipc::Role::Serve;
}

/// ~QProcess waits for its process; a killed one that is slow to go is waited for by the event loop instead.
void letGo(std::unique_ptr<QProcess> process) {
    if (!process)
        return;
    QProcess* const left = process.release();
    if (left->state() == QProcess::NotRunning || qApp == nullptr) {
        left->deleteLater();
        return;
    }
    left->setParent(qApp);
    QObject::connect(left, &QProcess::finished, left, &QObject::deleteLater);
}

} // namespace

WorkerProcess::WorkerProcess(QObject* parent)
    : QObject(parent) {
    for (QTimer* timer : {&ready_, &stop_, &grace_})
        timer->setSingleShot(true);
    stop_.setTimerType(Qt::PreciseTimer); // a coarse one comes up to a twentieth early
    connect(&ready_, &QTimer::timeout, this,
            [this] { force(core::Reason::WorkerSilent, 0, u"not ready in time"_s); });
    connect(&stop_, &QTimer::timeout, this, &WorkerProcess::onStopStep);
    connect(&grace_, &QTimer::timeout, this, &WorkerProcess::onGraceOver);
}

WorkerProcess::~WorkerProcess() {
    if (process_)
        process_->disconnect(this);
    child_.signal(SIGKILL);
    letGo(std::move(process_));
}

void WorkerProcess::start(Launch launch) {
    if (started_)
        return;
    started_ = true;
    sandboxOptional_ = launch.sandboxOptional;
    if (stopAsked_) {
        force(core::Reason::StoppedByUs, 0, {});
    } else if (::access(QFile::encodeName(launch.program).constData(), X_OK) != 0) {
        // Not left to exec: Qt 6.4 keeps a descriptor of its own open each time exec fails.
        force(core::Reason::WorkerMissing, errno, launch.program);
    } else if (openChannels(launch)) {
        launch.descriptor.reset();
        launchProcess(launch.program);
        if (!forced_) {
            const auto program = static_cast<std::int32_t>(::getpid());
            static_cast<void>(send(ipc::Start{program, std::move(launch.role), launch.sandboxOptional}));
        }
    }
}

bool WorkerProcess::openChannels(const Launch& launch) {
    core::UniqueFd messages;
    int failed = openPair(messages, childMessages_);
    if (failed == 0)
        failed = openPair(descriptors_, childDescriptors_);
    if (failed != 0) {
        force(core::Reason::WorkerNotStarted, failed, u"socketpair"_s);
        return false;
    }
    const ipc::Role role = roleOf(launch);
    if (role != ipc::Role::Listen)
        ::shutdown(descriptors_.get(), SHUT_RD); // sessions pass nothing up: the kernel refuses it
    if (const auto* serve = std::get_if<ipc::ServeRole>(&launch.role)) {
        const core::Result<bool> passed =
            ipc::passDescriptor(descriptors_.get(), serve->token, launch.descriptor.get());
        if (!passed.ok() || !*passed) {
            const core::Error error = passed.ok() ? core::Error{} : passed.error();
            force(core::Reason::DescriptorsSpent, error.number, QString::fromStdString(error.detail));
            return false;
        }
    }
    channel_ = new MessageChannel(std::move(messages), role, this);
    connect(channel_, &MessageChannel::message, this, &WorkerProcess::onMessage);
    connect(channel_, &MessageChannel::finished, this, &WorkerProcess::onChannelFinished);
    connect(channel_, &MessageChannel::broke, this, &WorkerProcess::breakOff);
    return true;
}

void WorkerProcess::launchProcess(const QString& program) {
    process_ = std::make_unique<QProcess>();
    process_->setProgram(program);
    process_->setWorkingDirectory(u"/"_s);
    process_->setProcessEnvironment(workerEnvironment());
    process_->setStandardInputFile(QProcess::nullDevice());
    process_->setStandardOutputFile(QProcess::nullDevice());
    process_->setChildProcessModifier([messages = childMessages_.get(), descriptors = childDescriptors_.get(),
                                       us = ::getpid()] { setUpChild(messages, descriptors, us); });
    connect(process_.get(), &QProcess::started, this, &WorkerProcess::onProcessStarted);
    connect(process_.get(), &QProcess::finished, this, &WorkerProcess::onProcessFinished);
    connect(process_.get(), &QProcess::readyReadStandardError, this, &WorkerProcess::onErrorOutput);
    connect(process_.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onFailedToStart();
    });
    ready_.start(limits::workerReady);
    process_->start(QIODevice::ReadOnly);
    // With the program's copies open the channels would never come to their end.
    childMessages_.reset();
    childDescriptors_.reset();
    if (process_->state() != QProcess::NotRunning)
        child_ = ChildHandle(static_cast<pid_t>(process_->processId()));
}

bool WorkerProcess::send(const ipc::ToWorker& message) {
    return channel_ != nullptr && !forced_ && !over_ && channel_->send(message);
}

void WorkerProcess::hold(bool held) {
    if (channel_ != nullptr && !channelOver_)
        channel_->hold(held && !processGone_);
}

ipc::Phase WorkerProcess::phase() const {
    return channel_ == nullptr ? ipc::Phase::Launched : channel_->phase();
}

void WorkerProcess::onMessage(const ipc::FromWorker& message) {
    if (std::holds_alternative<ipc::Ready>(message))
        ready_.stop();
    if (const auto* told = std::get_if<ipc::Sandboxed>(&message)) {
        sandbox_ = told->sandbox;
        if (!sandbox_->whole() && !sandboxOptional_)
            return breakOff(u"it goes on without a sandbox, which nobody has allowed"_s);
    }
    if (const auto* said = std::get_if<ipc::Ended>(&message)) {
        said_ = *said;
        ready_.stop();
        grace_.start(limits::workerGone);
    }
    Q_EMIT this->message(message);
}

void WorkerProcess::onChannelFinished() {
    channelOver_ = true;
    if (!processGone_ && !grace_.isActive())
        grace_.start(limits::workerGone);
    settle();
}

void WorkerProcess::onProcessStarted() {
    if (forced_)
        child_.signal(SIGKILL);
    else if (stopAsked_)
        onStopStep();
}

void WorkerProcess::stop() {
    if (stopAsked_ || over_)
        return;
    stopAsked_ = true;
    // Before QProcess says so the child may still be on its way to exec, with SIGUSR1 not yet blocked.
    if (process_ && process_->state() == QProcess::Running)
        onStopStep();
}

void WorkerProcess::onStopStep() {
    if (processGone_ || forced_)
        return;
    switch (lastSignal_) {
    case 0:
        lastSignal_ = SIGUSR1;
        stop_.start(limits::untilTerminate);
        break;
    case SIGUSR1:
        lastSignal_ = SIGTERM;
        stop_.start(limits::untilKill - limits::untilTerminate);
        break;
    default:
        lastSignal_ = SIGKILL;
        break;
    }
    child_.signal(lastSignal_);
}

void WorkerProcess::breakOff(const QString& detail) {
    force(core::Reason::WorkerBroke, 0, detail);
}

void WorkerProcess::force(core::Reason reason, int number, const QString& detail) {
    if (over_ || forced_)
        return;
    forced_ = core::End{reason, number, 0};
    detail_ = detail;
    for (QTimer* timer : {&ready_, &stop_, &grace_})
        timer->stop();
    if (channel_ != nullptr)
        channel_->close();
    channelOver_ = true;
    const bool running = process_ && process_->state() != QProcess::NotRunning;
    if (running) {
        child_.signal(SIGKILL);
        return;
    }
    processGone_ = true;
    // Never from within start() or from a slot of the process that is about to end.
    QMetaObject::invokeMethod(this, &WorkerProcess::settle, Qt::QueuedConnection);
}

void WorkerProcess::onFailedToStart() {
    child_.clear();
    const QString words = process_->errorString();
    force(core::Reason::WorkerNotStarted, errnoOf(words), words);
    processGone_ = true;
    QMetaObject::invokeMethod(this, &WorkerProcess::settle, Qt::QueuedConnection);
}

void WorkerProcess::onErrorOutput() {
    errorOutput_ += process_->readAllStandardError();
    const auto kept = static_cast<qsizetype>(limits::workerErrorOutput);
    if (errorOutput_.size() > kept)
        errorOutput_ = errorOutput_.right(kept);
}

void WorkerProcess::onProcessFinished() {
    child_.clear();
    processGone_ = true;
    for (QTimer* timer : {&ready_, &stop_})
        timer->stop();
    onErrorOutput();
    hold(false);
    if (!channelOver_)
        grace_.start(limits::workerGone); // somebody else may hold the worker's end
    settle();
}

void WorkerProcess::onGraceOver() {
    if (processGone_) {
        channel_->close();
        channelOver_ = true;
        settle();
    } else if (said_ || stopAsked_) {
        lastSignal_ = SIGKILL;
        child_.signal(SIGKILL);
    } else {
        force(core::Reason::WorkerBroke, 0, u"it closed its channel and lives on"_s);
    }
}

void WorkerProcess::settle() {
    if (over_ || !processGone_ || !channelOver_)
        return;
    over_ = true;
    grace_.stop();
    Q_EMIT ended(verdict());
}

int WorkerProcess::forbiddenCall() const {
    const QByteArrayView words(ipc::sandboxWords.data(), static_cast<qsizetype>(ipc::sandboxWords.size()));
    const qsizetype at = errorOutput_.lastIndexOf(words);
    if (at < 0)
        return 0;
    const QByteArray rest = errorOutput_.mid(at + words.size());
    return rest.left(rest.indexOf('\n')).toInt();
}

core::End WorkerProcess::verdict() const {
    if (forced_)
        return *forced_;
    if (process_->exitStatus() == QProcess::CrashExit) {
        const int number = process_->exitCode();
        const bool ours = number == lastSignal_;
        if (!ours && number == SIGSYS) // before it could say which call it was
            return {core::Reason::WorkerSandboxed, 0, 0};
        if (!ours)
            return {core::Reason::WorkerCrashed, number, 0};
        if (!said_)
            return {core::Reason::StoppedByUs, 0, 0};
    }
    // Whatever it had said before: this is how it ended.
    if (process_->exitStatus() == QProcess::NormalExit && process_->exitCode() == ipc::sandboxExit)
        return {core::Reason::WorkerSandboxed, forbiddenCall(), 0};
    if (said_)
        return {said_->reason, said_->number, 0};
    if (stopAsked_)
        return {core::Reason::StoppedByUs, 0, 0};
    return {core::Reason::WorkerBroke, process_->exitCode(), 0};
}

} // namespace kith::supervisor
