// One conversation: its messages, the box, and how it ended. GUI thread.
#pragma once

#include "model/conversation.h"
#include "words/sentences.h"

#include <QPointer>
#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

class MessageView;

namespace Ui {
class ConversationPage;
}

/// Shows one conversation at a time; another one is put into the same page. Owned by the main window; GUI
/// thread. What cannot be sent stays in the box, with the reason above it.
class ConversationPage final : public QWidget {
    Q_OBJECT

public:
    /// The messenger must outlive the page.
    explicit ConversationPage(model::Messenger& messenger, QWidget* parent = nullptr);
    ~ConversationPage() override;

    /// The draft of the one before is kept with it.
    void setConversation(model::Conversation* conversation);
    [[nodiscard]] model::Conversation* conversation() const { return conversation_; }
    void focusMessageBox();
    /// A person sees it: what came is read.
    void markReadIfSeen();

    [[nodiscard]] MessageView* view() const;

Q_SIGNALS:
    /// The peer of an ended conversation is to be dialled anew.
    void connectAgainWanted(kith::model::Conversation* ended);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void send();
    void onRefused(const QString& text, const core::Error& why);
    void onNotice(words::Action action);
    void refresh();
    void refreshSend();
    void tellEnd();
    void placeDownButton();

    model::Messenger& messenger_;
    std::unique_ptr<Ui::ConversationPage> ui_;
    QPointer<model::Conversation> conversation_;
    QToolButton* down_;
};

} // namespace kith::gui
