// The messages of one conversation, as a person reads them. GUI thread.
#pragma once

#include "gui/message_layout.h"
#include "gui/message_selection.h"
#include "gui/row_heights.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QHash>
#include <QPointer>

#include <memory>

namespace kith::gui {

/// Shows a MessageList: it lays out what is in sight and a margin of one height, and estimates the rest, so
/// that neither a new message nor a million old ones cost more than what is looked at. Owned by its page; GUI
/// thread.
///
/// It keeps its place by row: while the end is in sight it follows new messages, further up nothing moves.
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

    /// How the peer is called where a message is read out or copied with names.
    void setPeerName(const QString& name) { peerName_ = name; }
    /// What stands in an empty conversation.
    void setEmptyText(const QString& text);

    [[nodiscard]] bool atEnd() const { return atEnd_; }
    void scrollToEnd();

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
    /// Where the viewport's top edge stands: so many pixels below the top of a row.
    struct Anchor {
        int row = 0;
        qint64 below = 0;
    };

    void onInserted(const QModelIndex& parent, int first, int last);
    void onAboutToRemove(const QModelIndex& parent, int first, int last);
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
    void setAtEnd(bool atEnd);
    void remeasure();

    [[nodiscard]] MessagePlace placeAt(const QPoint& viewportPoint);
    [[nodiscard]] int rowOf(qint64 id) const;
    [[nodiscard]] SelectedRange selectedIn(int row) const;
    [[nodiscard]] QString copied(bool withNames) const;
    [[nodiscard]] QString authorOf(int row) const;
    void select(const MessageSelection& selection);
    void copy(bool withNames);
    void showToolTipAt(const QPoint& viewportPoint, const QPoint& globalPoint);

    QPointer<model::MessageList> messages_;
    QString peerName_;
    QString emptyText_;
    MessageMeasures measures_;
    RowHeights heights_;
    QHash<qint64, std::shared_ptr<const MessageLayout>> layouts_; ///< by message id, what is in or near sight
    Anchor anchor_;
    bool atEnd_ = true;
    bool settling_ = false;
    MessageSelection selection_;
    bool selecting_ = false;
    QPoint lastMouse_;
    QBasicTimer autoScroll_;
};

} // namespace kith::gui
