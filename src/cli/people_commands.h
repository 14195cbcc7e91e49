// `contacts`, `safety`, `verify`, `accept`, `block`, `unblock` and `rename`: the people who are known by a
// key.
#pragma once

#include "cli/stored_command.h"

namespace kith::model {
class Conversation;
} // namespace kith::model

namespace kith::cli {

/// Lists everybody who is known, and whose key is blocked. Owned and threaded as StoredCommand says.
class ContactsCommand final : public StoredCommand {
    Q_OBJECT

public:
    ContactsCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
};

/// Gives the number that two people compare; of a contact who is stopped in a running program also the one
/// with the key that was shown instead. It is worked out on the identity's thread. Owned and threaded as
/// StoredCommand says.
class SafetyCommand final : public StoredCommand {
    Q_OBJECT

public:
    SafetyCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool usesKey() const override { return true; }

private:
    /// `other` empty: no other key is known.
    void give(const core::PublicKey& key, const QString& number, const QString& other);
    /// The key that was shown instead of this one.
    [[nodiscard]] std::optional<core::PublicKey> otherKey(const core::PublicKey& key) const;
};

/// Changes what is thought of one person, and ends when that is stored. Owned and threaded as StoredCommand
/// says; what was begun is stored whatever becomes of the command.
class PersonCommand final : public StoredCommand {
    Q_OBJECT

public:
    PersonCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool writes() const override { return true; }

private:
    void verify(const core::PublicKey& key);
    void accept();
    void acceptRequest(model::Conversation* request, const QString& name);
    void block(const core::PublicKey& key);
    void unblock(const core::PublicKey& key);
    void rename(const core::PublicKey& key);
    /// Stored; says so, and with `--json` how the person is listed now.
    void finishWith(const store::PendingStatus& change, const core::PublicKey& key, const QString& said);
    /// As people are called, or the beginning of the Kith ID.
    [[nodiscard]] QString nameOfKey(const core::PublicKey& key) const;
};

} // namespace kith::cli
