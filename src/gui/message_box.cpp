#include "gui/message_box.h"

#include "gui/theme.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace kith::gui {

namespace {

constexpr int mostLines = 8;

} // namespace

MessageBox::MessageBox(QWidget* parent)
    : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QPlainTextEdit::textChanged, this, &MessageBox::grow);
    grow();
}

void MessageBox::grow() {
    // A plain-text layout counts a document's height in lines, those of wrapped paragraphs among them.
    const int lines = std::max(1, static_cast<int>(std::lround(document()->size().height())));
    const int shown = std::min(lines, mostLines);
    const int u = Theme::unit();
    const int text =
        static_cast<int>(std::ceil(shown * fontMetrics().lineSpacing() + 2 * document()->documentMargin()));
    setFixedHeight(std::max(11 * u, text + 4 * u + 2));
    setVerticalScrollBarPolicy(lines > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void MessageBox::keyPressEvent(QKeyEvent* event) {
    const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    if (page && event->modifiers() == Qt::NoModifier) {
        event->accept();
        Q_EMIT pageWanted(event->key() == Qt::Key_PageUp ? -1 : 1);
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    event->accept();
    if (composing_)
        return;
    if (event->modifiers().testFlag(Qt::ShiftModifier))
        insertPlainText(QStringLiteral("\n"));
    else
        Q_EMIT sendWanted();
}

void MessageBox::inputMethodEvent(QInputMethodEvent* event) {
    composing_ = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

void MessageBox::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        grow();
}

void MessageBox::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        grow();
}

} // namespace kith::gui
