// `id` and `key`: who this profile is.
#pragma once

#include "cli/stored_command.h"

namespace kith::cli {

/// Gives the Kith ID, with or without a history that can be read. Owned and threaded as StoredCommand says.
class IdCommand final : public StoredCommand {
    Q_OBJECT

public:
    IdCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool needsHistory() const override { return false; }
    [[nodiscard]] bool usesKey() const override { return true; }
};

/// Writes the key into a file under the passphrase that was read, or becomes the one of such a file. Owned
/// and threaded as StoredCommand says; after a failure everything is as it was. A program in which people are
/// connected imports nothing.
class KeyCommand final : public StoredCommand {
    Q_OBJECT

public:
    KeyCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool needsHistory() const override { return false; }
    /// Importing must not make a key first.
    [[nodiscard]] bool usesKey() const override { return !arguments().imports; }

private:
    void exportKey();
    void importKey();
    /// The passphrase, once: what it was read into is wiped.
    [[nodiscard]] QString takePassphrase();
    void onImported(const core::PublicKey& key);
    [[nodiscard]] bool isAnybodyConnected() const;
};

} // namespace kith::cli
