// `clear` and `delete`: what was said is erased, and the conversations too.
#pragma once

#include "cli/stored_command.h"

#include <QTimer>

namespace kith::model {
class Conversation;
}

namespace kith::cli {

/// Says what it would erase, or erases it, one conversation after the other, with `delete` a contact and what
/// is known of them too, and waits until no byte of it is
/// left in the history's files (limits::terminalErase). Owned and threaded as StoredCommand says; what was
/// begun for one conversation is done whatever becomes of the command.
class EraseCommand final : public StoredCommand {
    Q_OBJECT

public:
    EraseCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    void onNothingSaid(const core::PublicKey& contact) override;
    [[nodiscard]] bool writes() const override { return arguments().yes; }

private:
    void forget(const core::PublicKey& key);
    void ask(const QList<store::Conversation>& found);
    void eraseNext();
    void clear(store::ConversationId id);
    void remove(store::ConversationId id);
    void removeFromStore(store::ConversationId id);
    void onErased(const core::Status& done);
    /// `erased` is said when no byte is left.
    void awaitFiles(const QString& erased);
    /// The one that the program has at hand for this row; null where there is none.
    [[nodiscard]] model::Conversation* atHand(store::ConversationId id) const;

    QList<store::Conversation> left_;
    qsizetype erased_ = 0;
    QTimer patience_;
};

} // namespace kith::cli
