// The side bar: oneself, Host and Connect, the conversations. GUI thread.
#pragma once

#include "model/conversation.h"

#include <QPointer>
#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

class ConversationRows;

namespace Ui {
class SideBar;
}

/// Shows the messenger's conversations, those that have ended folded under one row, and says what a person
/// chooses; it changes nothing itself. Owned by
/// the main window; GUI thread.
class SideBar final : public QWidget {
    Q_OBJECT

public:
    explicit SideBar(QWidget* parent = nullptr);
    ~SideBar() override;

    /// Once; the messenger must outlive the side bar.
    void setMessenger(model::Messenger& messenger);
    void setMenu(QMenu* menu);

    /// Marks the row of what is shown; null for none.
    void setCurrent(model::Conversation* conversation);
    [[nodiscard]] model::Conversation* current() const;
    void focusConversations();
    /// Moves the choice by some rows, where there are rows.
    void step(int rows);

Q_SIGNALS:
    void hostWanted();
    void connectWanted();
    void profileWanted();
    void searchWanted();
    void chosen(kith::model::Conversation* conversation);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onActivated(const QModelIndex& index);
    void onClicked(const QModelIndex& index);
    void toggleFold();
    void setFoldOpen(bool open);
    void showProfile();
    void showEmpty();
    void showHosting();

    model::Messenger* messenger_ = nullptr;
    std::unique_ptr<Ui::SideBar> ui_;
    ConversationRows* rows_;
    QPointer<model::Conversation> shown_;
    bool following_ = false; ///< the choice moves because the window shows something else
};

} // namespace kith::gui
