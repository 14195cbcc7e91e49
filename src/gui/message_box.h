// The field in which a message is written. GUI thread.
#pragma once

#include <QPlainTextEdit>

namespace kith::gui {

/// A plain-text field that grows from one line to eight. Enter asks for sending, Shift+Enter breaks the line;
/// while an input method composes, Enter does neither, as it belongs to the composition. Owned by its page;
/// GUI thread.
class MessageBox final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit MessageBox(QWidget* parent = nullptr);

    [[nodiscard]] bool composing() const { return composing_; }

Q_SIGNALS:
    void sendWanted();
    /// PageUp (-1) or PageDown (1), which are of no use in so small a field.
    void pageWanted(int direction);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void grow();

    bool composing_ = false;
};

} // namespace kith::gui
