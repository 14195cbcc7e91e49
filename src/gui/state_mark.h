// The mark that tells a conversation's state by its shape. GUI thread.
#pragma once

#include "gui/colours.h"

#include <QRectF>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace kith::gui {

/// What a mark tells, by shape as well as colour.
enum class Mark : quint8 {
    UnderWay,  ///< half a disc: connecting, waiting, ending
    Secure,    ///< a disc: connected, encrypted
    PlainText, ///< a diamond: connected, and anyone on the way can read it
    Away,      ///< a ring: nobody is there
    Stopped,   ///< an exclamation mark: the key has changed
    Blocked,   ///< a struck ring
};

void paintStateMark(QPainter& painter, const QRectF& rect, Mark mark, const Colours& colours);

/// The mark as a widget, beside the words of the state. Owned by its form; GUI thread.
class StateMark final : public QWidget {
    Q_OBJECT

public:
    explicit StateMark(QWidget* parent = nullptr);

    void setMark(Mark mark);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mark mark_ = Mark::Away;
};

} // namespace kith::gui
