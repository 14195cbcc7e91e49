// The mark that tells a conversation's state by its shape. GUI thread.
#pragma once

#include "core/state.h"
#include "gui/colours.h"

#include <QRectF>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace kith::gui {

/// Half a disc while something is under way, a diamond for plain text, a ring where nobody is there: told by
/// shape as well as colour.
void paintStateMark(QPainter& painter, const QRectF& rect, core::ConversationState state,
                    const Colours& colours);

/// The mark as a widget, beside the words of the state. Owned by its form; GUI thread.
class StateMark final : public QWidget {
    Q_OBJECT

public:
    explicit StateMark(QWidget* parent = nullptr);

    void setState(core::ConversationState state);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    core::ConversationState state_ = core::ConversationState::Ended;
};

} // namespace kith::gui
