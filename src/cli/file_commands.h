// `export`, `backup` and `restore`: a history in a file, and back.
#pragma once

#include "cli/stored_command.h"
#include "core/unique_fd.h"

#include <QSocketNotifier>

namespace kith::cli {

/// Writes whole conversations to a file, or to standard output as fast as that is read. Owned and threaded as
/// StoredCommand says; gone before it is done, what goes to standard output ends there.
class ExportCommand final : public StoredCommand {
    Q_OBJECT

public:
    ExportCommand(const Arguments& arguments, const CommandPlace& place);

    void resume() override;

protected:
    void run() override;

private:
    void exportTo(store::ExportRequest request);
    [[nodiscard]] bool openPipe();
    void pass();
    void endIfDone();

    /// The store writes into a pipe, and waits where nobody reads it; this one reads it.
    core::UniqueFd reading_;
    std::shared_ptr<core::UniqueFd> writing_; ///< shared with what the store is at
    std::unique_ptr<QSocketNotifier> notifier_;
    std::optional<core::Result<store::Exported>> exported_;
};

/// Makes a backup of the profile, which may be in use. Owned and threaded as StoredCommand says; once begun
/// it is made to the end.
class BackupCommand final : public StoredCommand {
    Q_OBJECT

public:
    BackupCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
};

/// Makes the profile of a backup, before its history is open. Owned and threaded as StoredCommand says; a
/// program that has the history open refuses.
class RestoreCommand final : public StoredCommand {
    Q_OBJECT

public:
    RestoreCommand(const Arguments& arguments, const CommandPlace& place);

    void start() override;

protected:
    void run() override;
};

} // namespace kith::cli
