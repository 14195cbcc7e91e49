// `keep`: whether what is said in conversations that are open is kept.
#pragma once

#include "cli/stored_command.h"

namespace kith::cli {

/// Decides it for the conversations with PEER that are going on; where none is, or none can be, that is told.
/// Owned and threaded as StoredCommand says.
class KeepCommand final : public StoredCommand {
    Q_OBJECT

public:
    KeepCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool writes() const override { return true; }

private:
    void onDecided(const core::Status& done);

    int left_ = 0;
    int decided_ = 0;
    std::optional<core::Error> error_;
};

} // namespace kith::cli
