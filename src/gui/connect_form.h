// Connecting: one field, and what became of it. GUI thread.
#pragma once

#include "core/endpoint.h"
#include "model/conversation.h"
#include "words/sentences.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

namespace Ui {
class ConnectForm;
}

/// Takes an address, dials it when the person presses Connect, and says in place why it failed. Owned by the
/// main window; GUI thread. An attempt that was begun here and failed leaves nothing behind in the list.
class ConnectForm final : public QWidget {
    Q_OBJECT

public:
    /// The messenger must outlive the form.
    explicit ConnectForm(model::Messenger& messenger, QWidget* parent = nullptr);
    ~ConnectForm() override;

    /// Fills the field; connects nothing.
    void fill(const QString& address);
    void focusAddress();
    /// The attempt that is under way, or null.
    [[nodiscard]] model::Conversation* attempt() const { return attempt_; }

Q_SIGNALS:
    /// The conversation that this form began is open, or is stopped with something to decide.
    void connected(kith::model::Conversation* conversation);
    void practiceWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void dial();
    /// It was not even tried.
    void tellRefusal(const core::Error& error, const QString& typed);
    void cancel();
    void onAttemptChanged();
    void onNotice(words::Action action);
    void tell(const words::Sentence& sentence);
    void onReplaced(model::Conversation* old, model::Conversation* current);
    void onClipboardChanged();
    [[nodiscard]] QString understood(const QString& typed) const;
    void refreshUnderstood();
    void refreshProgress();
    void refreshRecent();

    model::Messenger& messenger_;
    std::unique_ptr<Ui::ConnectForm> ui_;
    QPointer<model::Conversation> attempt_;
    QTimer seconds_; ///< while somebody over there is asked
};

} // namespace kith::gui
