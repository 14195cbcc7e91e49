#include "cli/file_commands.h"

#include "core/limits.h"
#include "model/identity.h"
#include "model/preferences.h"
#include "words/terminal_sentences.h"

#include <QPointer>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace kith::cli {

using core::Reason;

// --- export ----------------------------------------------------------------------------------------------

ExportCommand::ExportCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void ExportCommand::run() {
    findPeers([this](const QList<store::Conversation>& found) {
        store::ExportRequest request;
        request.format = arguments().json ? store::ExportFormat::Json : store::ExportFormat::Text;
        request.file = arguments().file;
        request.replace = arguments().replace;
        if (!arguments().peer.isEmpty()) {
            for (const store::Conversation& each : found)
                request.conversations += each.id;
        }
        withPreferences([this, request](const model::Preferences& preferences) mutable {
            request.ownName = preferences.name();
            exportTo(std::move(request));
        });
    });
}

void ExportCommand::exportTo(store::ExportRequest request) {
    if (request.file.isEmpty()) {
        if (!openPipe())
            return fail({Reason::FileFailed, errno, {}});
        request.descriptor = writing_->get();
    }
    // The descriptor has to stay open for as long as the store may write to it, with or without this command.
    store().exportHistory(request).then([self = QPointer<ExportCommand>(this),
                                         writing = writing_](const core::Result<store::Exported>& exported) {
        if (writing)
            writing->reset();
        if (!self)
            return;
        self->exported_ = exported;
        self->endIfDone();
    });
}

bool ExportCommand::openPipe() {
    std::array<int, 2> ends{-1, -1};
    if (pipe(ends.data()) != 0)
        return false;
    reading_.reset(ends[0]);
    writing_ = std::make_shared<core::UniqueFd>(ends[1]);
    for (const int end : ends)
        fcntl(end, F_SETFD, FD_CLOEXEC);
    fcntl(reading_.get(), F_SETFL, O_NONBLOCK);
    notifier_ = std::make_unique<QSocketNotifier>(reading_.get(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &ExportCommand::pass);
    return true;
}

void ExportCommand::pass() {
    if (place().isFull()) {
        notifier_->setEnabled(false);
        return;
    }
    QByteArray bytes(static_cast<qsizetype>(core::limits::terminalRead), Qt::Uninitialized);
    const ssize_t count = ::read(reading_.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        notifier_.reset();
        reading_.reset();
        return endIfDone();
    }
    bytes.truncate(count);
    place().out(bytes);
}

void ExportCommand::resume() {
    if (notifier_)
        notifier_->setEnabled(true);
}

void ExportCommand::endIfDone() {
    if (!exported_ || reading_)
        return;
    if (!*exported_)
        return fail(exported_->error());
    if (!arguments().file.isEmpty())
        notice(words::terminalExported(arguments().file, (*exported_)->entries));
    finish();
}

// --- backup and restore ----------------------------------------------------------------------------------

BackupCommand::BackupCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void BackupCommand::run() {
    store::BackupRequest request;
    request.file = arguments().file;
    request.replace = arguments().replace;
    request.files = {model::Identity::fileName()};
    store::whenDone(store().backup(request), this, [this](const core::Result<qint64>& bytes) {
        if (!bytes)
            return fail(bytes.error());
        notice(words::terminalBackedUp(arguments().file, *bytes));
        finish();
    });
}

RestoreCommand::RestoreCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void RestoreCommand::start() {
    QMetaObject::invokeMethod(this, &RestoreCommand::run, Qt::QueuedConnection);
}

void RestoreCommand::run() {
    if (place().history.state() != model::History::State::Closed)
        return refuse(words::terminalCloseFirst());
    store::whenDone(store().restore({arguments().file, arguments().replace}), this,
                    [this](const core::Result<store::Restored>& restored) {
                        if (!restored)
                            return fail(restored.error());
                        notice(words::terminalRestored(restored->putAside));
                        finish();
                    });
}

} // namespace kith::cli
