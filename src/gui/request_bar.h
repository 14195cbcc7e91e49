// One person who wants to come in, as a bar under the header. GUI thread.
#pragma once

#include <QDateTime>
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace kith::model {
class Conversation;
class People;
} // namespace kith::model

namespace kith::gui {

namespace Ui {
class RequestBar;
}

/// Shows one request until it is answered, and after it came to nothing until it is dismissed. Never a
/// dialog. Owned by the bar stack, which deletes it with its request; GUI thread.
class RequestBar final : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the bar.
    RequestBar(model::Conversation& conversation, const model::People& people, QWidget* parent = nullptr);
    ~RequestBar() override;

    [[nodiscard]] model::Conversation* conversation() const { return &conversation_; }

Q_SIGNALS:
    void accepted(kith::model::Conversation* conversation);
    /// Of one that nobody answered in time: they are to come in the next time.
    void acceptedLater(kith::model::Conversation* conversation);
    void dismissed(kith::model::Conversation* conversation);
    /// They are to come in no more; of a plain-text program: nobody from its address.
    void blocked(kith::model::Conversation* conversation);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    [[nodiscard]] QString titleText(bool asking) const;
    [[nodiscard]] QString cautionText() const;
    void showWaiting();

    model::Conversation& conversation_;
    const model::People& people_;
    std::unique_ptr<Ui::RequestBar> ui_;
    QDateTime asked_;
    QElapsedTimer waited_; ///< the clock may be set meanwhile
    QTimer clock_;
};

} // namespace kith::gui
