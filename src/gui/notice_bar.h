// Something to tell, in place: a sentence and what can be done about it. GUI thread.
#pragma once

#include "words/sentences.h"

#include <QWidget>

#include <memory>

namespace kith::gui {

namespace Ui {
class NoticeBar;
}

/// How a notice looks: ordinary, something to beware of, something that went wrong.
enum class Tone : quint8 { Plain, Caution, Danger };

/// A title, a text and buttons, the main one first. Hidden while there is nothing to tell. `Details` it
/// answers itself. Owned by its page or its bar stack; GUI thread.
class NoticeBar final : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);
    ~NoticeBar() override;

    /// Shows the sentence with those of its actions that apply here. `port` is what UseNextPort offers.
    void tell(const words::Sentence& sentence, Tone tone, const QList<words::Action>& usable,
              quint16 port = 0);
    /// Other words for what is told already; the buttons stay as they are.
    void retell(const words::Sentence& sentence);
    void clear();
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void chosen(kith::words::Action action);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void removeButtons();
    void addButton(words::Action action, quint16 port, bool first);

    std::unique_ptr<Ui::NoticeBar> ui_;
    Tone tone_ = Tone::Plain;
};

} // namespace kith::gui
