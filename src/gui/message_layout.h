// One message, laid out: where its bubble, its lines and its time stand. GUI thread.
#pragma once

#include "gui/colours.h"
#include "gui/links.h"
#include "model/message_list.h"

#include <QFont>
#include <QPointF>
#include <QRect>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace kith::gui {

/// The measures that all rows of one view share; they change with its width and font.
struct MessageMeasures {
    int unit = 4;
    int width = 0; ///< of the view
    QFont font;
    QFont smallFont;

    bool operator==(const MessageMeasures&) const = default;

    [[nodiscard]] int columnWidth() const;
    [[nodiscard]] int columnLeft() const;
    /// Of the text in a bubble: at most 70 average characters, and the bubble at most 75 % of the column.
    [[nodiscard]] int maxTextWidth() const;
};

/// How a message stands among its neighbours.
struct MessageNeighbours {
    bool newDay = false;      ///< a day line stands above it
    bool startsGroup = false; ///< the one before is of somebody else or of another minute
    bool endsGroup = false;   ///< so is the one after: time and mark stand here

    bool operator==(const MessageNeighbours&) const = default;
};

/// What is selected of one message: [from, to), in UTF-16 units of its text.
struct SelectedRange {
    int from = 0;
    int to = 0;
};

/// One message laid out for one width. Owned by the view's cache, which makes it anew when the message, its
/// neighbours or the measures change. All rectangles are relative to the row's top left corner. Paragraphs
/// are laid out one by one, each by its own reading direction.
class MessageLayout final {
public:
    MessageLayout(const model::Message& message, const MessageNeighbours& neighbours,
                  const MessageMeasures& measures);

    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] const QRect& bubble() const { return bubble_; }
    /// Time and mark; empty where the row has none.
    [[nodiscard]] const QRect& foot() const { return foot_; }
    [[nodiscard]] const MessageNeighbours& neighbours() const { return neighbours_; }

    /// The offset in the text that is nearest to a point.
    [[nodiscard]] int offsetAt(const QPoint& point) const;
    /// A point is on the text, not only in the bubble.
    [[nodiscard]] bool overText(const QPoint& point) const;

    /// The link under a point; null where there is none.
    [[nodiscard]] const Link* linkAt(const QPoint& point) const;
    [[nodiscard]] const QList<Link>& links() const { return links_; }

    /// `waitingMark`: show the clock of a message that is still here. `origin` is where the row's top left
    /// corner is drawn.
    void draw(QPainter& painter, const QPoint& origin, const Colours& colours, const SelectedRange& selected,
              core::MessageState state, bool waitingMark) const;

private:
    /// One paragraph of the message, laid out.
    struct Paragraph {
        int start = 0; ///< in the message's text
        std::unique_ptr<QTextLayout> layout;
        QPointF position;
    };

    void splitText(const QString& text, const MessageMeasures& measures);
    void markLinks(Paragraph& paragraph) const;
    void breakLines(Paragraph& paragraph, qreal width) const;
    void placeBubble(const MessageMeasures& measures);
    void drawBubble(QPainter& painter, const QPoint& origin, const Colours& colours) const;
    void drawDayLine(QPainter& painter, const QPoint& origin, const Colours& colours) const;
    void drawFoot(QPainter& painter, const QPoint& origin, const Colours& colours, core::MessageState state,
                  bool waitingMark) const;
    [[nodiscard]] const Paragraph& paragraphAt(int y) const;

    MessageNeighbours neighbours_;
    bool mine_;
    int unit_;
    int width_;
    QFont smallFont_;
    QString day_;
    QString time_;
    int markSize_;
    QList<Link> links_;
    std::vector<Paragraph> paragraphs_;
    QRect dayRect_;
    QRect bubble_;
    QRect foot_;
    int height_ = 0;
};

/// "Today", "Yesterday", or the date in the person's way.
[[nodiscard]] QString dayName(const QDate& day);
/// The time of day in the person's way, without seconds.
[[nodiscard]] QString timeOfDay(const QDateTime& time);

} // namespace kith::gui
