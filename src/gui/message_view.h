// The messages of one conversation, as a person reads them. GUI thread.
#pragma once

#include "gui/message_layout.h"
#include "gui/message_selection.h"
#include "gui/row_heights.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QHash>
#include <QPointer>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace kith::gui {

/// A message that goes out at once, as nearly all do, never shows the clock.
inline constexpr auto waitingShownAfter = std::chrono::milliseconds(400);

/// Shows a MessageList: it lays out what is in sight and a margin of one height, and estimates the rest;
/// pages further up and down are read as the view comes near them. So neither a new message nor a million old
/// ones cost more than what is looked at. Owned by its page; GUI thread.
///
/// It keeps its place by message: while the end is in sight it follows new messages, further up nothing
/// moves, whatever comes or leaves at either end. The scroll bar stands for the messages that are loaded.
/// Text is selected by message and offset, across messages too. Screen readers see a list of messages
/// (message_accessible.h).
class MessageView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit MessageView(QWidget* parent = nullptr);
    ~MessageView() override;

    /// The list must outlive the view or its next setMessages(); null shows nothing.
    void setMessages(model::MessageList* messages);
    [[nodiscard]] model::MessageList* messages() const { return messages_; }

    /// How the peer is called where a message is read out or copied with names, and whether what is said to
    /// it is encrypted, which the marks of one's own messages tell.
    void setPeer(const QString& name, bool secure);
    /// What stands in an empty conversation.
    void setEmptyText(const QString& text);

    [[nodiscard]] bool atEnd() const { return atEnd_; }
    /// To the newest message of all, which may have to be read first; the same for the oldest.
    void scrollToEnd();
    void scrollToBeginning();
    /// Brings a message into view among its neighbours, and marks it for a while.
    void showMessage(qint64 id);
    /// The message that is marked; 0 where none is.
    [[nodiscard]] qint64 markedMessage() const { return marked_; }
    /// A page up (-1) or down (1). What is not read yet is gone on into when it is.
    void turnPage(int direction);

    [[nodiscard]] QString selectedText() const;
    void selectAll();

    /// "author, time, state: text" of one row.
    [[nodiscard]] QString spokenText(int row) const;
    /// Where a row stands in the viewport; it may be out of sight.
    [[nodiscard]] QRect rowRect(int row) const;
    /// -1 where no row is.
    [[nodiscard]] int rowAt(const QPoint& viewportPoint) const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// atEnd() changed.
    void atEndChanged(bool atEnd);
    /// A person wants to open a link; nothing is opened yet.
    void linkWanted(const QUrl& url);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    /// Where the viewport's top edge stands: so many pixels above the lower edge of a message, as a day line
    /// comes and goes over its bubble. The message may have left the rows for a moment.
    struct Anchor {
        qint64 id = 0;
        qint64 above = 0;
    };
    /// What is waited for from the list.
    enum class Goal : quint8 { None, End, Message };

    void onInserted(const QModelIndex& parent, int first, int last);
    void onAboutToRemove(const QModelIndex& parent, int first, int last);
    void onRemoved();
    void onLoaded();
    void onFetched();
    void onReadFailed();
    void onDataChanged(const QModelIndex& from, const QModelIndex& to);
    void reset();

    [[nodiscard]] MessageNeighbours neighboursOf(int row) const;
    [[nodiscard]] int estimate(int row) const;
    const MessageLayout& layoutOf(int row);
    /// False where no height changed.
    bool layOut(int from, int to);
    void settle();
    void evict(qint64 top);
    [[nodiscard]] qint64 contentHeight() const;
    [[nodiscard]] qint64 viewTop() const;
    /// Added to a row's top to get viewport coordinates.
    [[nodiscard]] int shift() const;
    void anchorAt(qint64 top);
    /// The anchor's message, or its neighbour where it has left.
    [[nodiscard]] int anchorRow() const;
    void bringIntoView(int row);
    /// Asks for pages that the view has come near to.
    void fetchNear();
    void setAtEnd(bool atEnd);
    void noteEnd();
    void mark(qint64 id);
    void remeasure();

    [[nodiscard]] MessagePlace placeAt(const QPoint& viewportPoint);
    [[nodiscard]] SelectedRange selectedIn(int row) const;
    [[nodiscard]] QString copied(bool withNames) const;
    [[nodiscard]] QString authorOf(int row) const;
    void select(const MessageSelection& selection);
    void copy(bool withNames);
    /// The link under a point of the viewport; null where there is none.
    const Link* linkAt(const QPoint& viewportPoint);
    void addLinksTo(QMenu* menu, int row);
    void showToolTipAt(const QPoint& viewportPoint, const QPoint& globalPoint);

    QPointer<model::MessageList> messages_;
    QString peerName_;
    bool secure_ = false;
    QString emptyText_;
    MessageMeasures measures_;
    RowHeights heights_;
    QHash<qint64, std::shared_ptr<const MessageLayout>> layouts_; ///< by message id, what is in or near sight
    Anchor anchor_;
    Goal goal_ = Goal::None;
    qint64 goalMessage_ = 0;
    qint64 owed_ = 0; ///< pixels still to be scrolled when a page has come
    qint64 marked_ = 0;
    QBasicTimer untilUnmarked_;
    bool atEnd_ = true;
    bool settling_ = false;
    MessageSelection selection_;
    bool selecting_ = false;
    QUrl pressed_; ///< the link that the mouse was pressed on
    QPoint lastMouse_;
    QBasicTimer autoScroll_;
};

} // namespace kith::gui
