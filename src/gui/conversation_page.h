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
    /// Something that could not be done with it.
    void tellError(const core::Error& error);
    /// Shows a message of this conversation among its neighbours, marked.
    void showMessage(qint64 message);
    /// A person sees it: what came is read.
    void markReadIfSeen();

    [[nodiscard]] MessageView* view() const;

Q_SIGNALS:
    /// The peer of an ended conversation is to be dialled anew.
    void connectAgainWanted(kith::model::Conversation* ended);
    /// Both keys of a stopped contact are to be looked at.
    void compareWanted(kith::model::Conversation* stopped);
    /// Something of the conversation could not be read or stored.
    void historyFailed(const kith::core::Error& why);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Texts that could not be stored, at the beginning of the box or draft of the conversation they are of.
    struct CameBack {
        QPointer<model::Conversation> of;
        QString text;
    };

    void send();
    void watch(model::Conversation* conversation);
    void follow();
    void onRefused(model::Conversation* conversation, const QString& text, const core::Error& why);
    [[nodiscard]] QString withCameBack(model::Conversation* conversation, const QString& text,
                                       const QString& since);
    void onNotice(words::Action action);
    void keepDraft();
    void refresh();
    void refreshHistory();
    void refreshSend();
    void tellEnd();
    void tellPastEnd();
    void tellAway();
    void placeDownButton();

    model::Messenger& messenger_;
    std::unique_ptr<Ui::ConversationPage> ui_;
    QPointer<model::Conversation> conversation_;
    std::unique_ptr<QObject> following_; ///< context of what is followed of the shown conversation alone
    CameBack cameBack_;
    bool refusalTold_ = false; ///< the notice says why a text came back
    QToolButton* down_;
};

} // namespace kith::gui
