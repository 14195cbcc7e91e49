// `keep`: whether what is said from here on is kept.
#pragma once

#include "cli/stored_command.h"

namespace kith::cli {

/// Decides it for the conversation with a contact, or for those with a plain-text PEER that are going on;
/// where none is, or none can be, that is told.
/// Owned and threaded as StoredCommand says.
class KeepCommand final : public StoredCommand {
    Q_OBJECT

public:
    KeepCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool writes() const override { return true; }

private:
    void decideFor(const core::PublicKey& contact);
    void keepStored(store::ConversationId row);
    void onDecided(const core::Status& done);

    int left_ = 0;
    int decided_ = 0;
    std::optional<core::Error> error_;
};

} // namespace kith::cli
