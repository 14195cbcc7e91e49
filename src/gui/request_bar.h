// One person who wants to come in, as a bar under the header. GUI thread.
#pragma once

#include <QDateTime>
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace kith::model {
class Conversation;
}

namespace kith::gui {

namespace Ui {
class RequestBar;
}

/// Shows one request until it is answered, and after it came to nothing until it is dismissed. Never a
/// dialog. Owned by the bar stack, which deletes it with its request; GUI thread.
class RequestBar final : public QWidget {
    Q_OBJECT

public:
    /// The conversation must outlive the bar.
    explicit RequestBar(model::Conversation& conversation, QWidget* parent = nullptr);
    ~RequestBar() override;

    [[nodiscard]] model::Conversation* conversation() const { return &conversation_; }

Q_SIGNALS:
    void accepted(kith::model::Conversation* conversation);
    void dismissed(kith::model::Conversation* conversation);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showWaiting();

    model::Conversation& conversation_;
    std::unique_ptr<Ui::RequestBar> ui_;
    QDateTime asked_;
    QElapsedTimer waited_; ///< the clock may be set meanwhile
    QTimer clock_;
};

} // namespace kith::gui
