// `history` and `search`: what was said, oldest first.
#pragma once

#include "cli/entry_lines.h"
#include "cli/entry_reader.h"
#include "cli/stored_command.h"

namespace kith::cli {

/// Writes entries as lines, as fast as they are read by whoever asked. Owned and threaded as StoredCommand
/// says; what cannot be read is told after what could be.
class ReadCommand final : public StoredCommand {
    Q_OBJECT

public:
    ReadCommand(const Arguments& arguments, const CommandPlace& place);

    void resume() override;

protected:
    void run() override;

private:
    void read(const ReadRequest& request);
    void onRead(const QList<store::Entry>& entries);
    void onEnded();

    EntryLines lines_;
    std::unique_ptr<EntryReader> reader_;
    bool waiting_ = false; ///< for the reader of the output
    bool found_ = false;
};

} // namespace kith::cli
