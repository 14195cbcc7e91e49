// A contact who is stopped: the numbers, and what to do. GUI thread.
#pragma once

#include "core/bytes.h"
#include "words/sentences.h"

#include <QDialog>
#include <QPointer>

#include <memory>
#include <optional>

namespace kith::model {
class Conversation;
class Messenger;
} // namespace kith::model

namespace kith::gui {

namespace Ui {
class CompareDialog;
}

/// Shows the safety number with the key that is known, and with the one that the host showed where it showed
/// one. Nothing changes unless a person presses something else than the default. Owned by the main window,
/// deleted when closed; GUI thread.
class CompareDialog final : public QDialog {
    Q_OBJECT

public:
    /// `conversation` is a contact's, or ended with KeyChanged. The messenger must outlive the dialog.
    CompareDialog(model::Messenger& messenger, model::Conversation& conversation, QWidget* parent);
    ~CompareDialog() override;

    /// Null where it is gone.
    [[nodiscard]] const model::Conversation* conversation() const { return conversation_; }

Q_SIGNALS:
    /// Whoever answers there is to be met as somebody new.
    void somebodyNewWanted(kith::model::Conversation* conversation);

private:
    void tellWhy(const QString& name, words::Stop stop);
    void fillSide(const core::PublicKey& key, bool known);
    void resume();

    model::Messenger& messenger_;
    QPointer<model::Conversation> conversation_;
    std::optional<core::PublicKey> contact_;
    std::unique_ptr<Ui::CompareDialog> ui_;
};

} // namespace kith::gui
