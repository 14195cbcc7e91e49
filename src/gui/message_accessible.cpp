#include "gui/message_accessible.h"

#include "gui/message_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace kith::gui {

namespace {

/// One message for assistive technology: a list item that reads "author, time, state: text". Made when
/// somebody asks for it, also for messages out of sight, and kept in Qt's table until its message leaves the
/// list. GUI thread.
class MessageInterface final : public QAccessibleInterface {
public:
    MessageInterface(MessageView* view, qint64 id)
        : view_(view)
        , id_(id) {}

    [[nodiscard]] bool isValid() const override { return row() >= 0; }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(view_.data());
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        const int at = row();
        return kind == QAccessible::Name && at >= 0 ? view_->spokenText(at) : QString();
    }

    [[nodiscard]] QRect rect() const override {
        const int at = row();
        if (at < 0)
            return {};
        const QRect rect = view_->rowRect(at);
        return {view_->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }

    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.readOnly = true;
        state.multiLine = true;
        if (view_ == nullptr || !view_->isVisible())
            state.invisible = true;
        else if (!view_->viewport()->rect().intersects(view_->rowRect(row())))
            state.offscreen = true;
        // What a search has found is where a reader is to begin.
        if (view_ != nullptr && view_->markedMessage() == id_) {
            state.selectable = true;
            state.selected = true;
            state.focusable = true;
            state.focused = view_->hasFocus();
        }
        return state;
    }

    [[nodiscard]] int row() const {
        const model::MessageList* messages = view_ != nullptr ? view_->messages() : nullptr;
        if (messages == nullptr || messages->rowCount() == 0)
            return -1;
        const int at = messages->rowOf(id_);
        return at < messages->rowCount() && messages->at(at).id == id_ ? at : -1;
    }

private:
    QPointer<MessageView> view_;
    qint64 id_;
};

/// The list itself. Owned by Qt's table of interfaces, as are the items it makes; GUI thread.
class ViewInterface final : public QAccessibleWidget {
public:
    explicit ViewInterface(MessageView* view)
        : QAccessibleWidget(view, QAccessible::List) {}

    ~ViewInterface() override { forgetAll(); }

    [[nodiscard]] int childCount() const override {
        return view()->messages() != nullptr ? view()->messages()->rowCount() : 0;
    }

    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const qint64 message = view()->messages()->at(index).id;
        const auto known = items_.constFind(message);
        if (known != items_.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto* item = new MessageInterface(view(), message);
        items_.insert(message, QAccessible::registerAccessibleInterface(item));
        return item;
    }

    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* item = dynamic_cast<const MessageInterface*>(child);
        return item != nullptr ? item->row() : -1;
    }

    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        return child(view()->rowAt(view()->viewport()->mapFromGlobal(QPoint(x, y))));
    }

    void forget(qint64 message) {
        const auto known = items_.constFind(message);
        if (known == items_.constEnd())
            return;
        QAccessible::deleteAccessibleInterface(*known);
        items_.erase(known);
    }

    void forgetAll() {
        for (const QAccessible::Id id : std::as_const(items_))
            QAccessible::deleteAccessibleInterface(id);
        items_.clear();
    }

private:
    [[nodiscard]] MessageView* view() const { return static_cast<MessageView*>(object()); }

    mutable QHash<qint64, QAccessible::Id> items_;
};

QAccessibleInterface* make(const QString& key, QObject* object) {
    Q_UNUSED(key)
    auto* view = qobject_cast<MessageView*>(object);
    return view != nullptr ? new ViewInterface(view) : nullptr;
}

void announce(MessageView* view, int row, QAccessible::Event what) {
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(view);
    QAccessibleInterface* item = list != nullptr ? list->child(row) : nullptr;
    if (item == nullptr)
        return;
    QAccessibleEvent event(item, what);
    QAccessible::updateAccessibility(&event);
}

} // namespace

void installMessageAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(installed)
}

void announceInserted(MessageView* view, int first, int last) {
    for (int row = first; QAccessible::isActive() && row <= last; ++row)
        announce(view, row, QAccessible::ObjectCreated);
}

void announceRemoved(MessageView* view, int first, int last) {
    if (!QAccessible::isActive())
        return;
    auto* list = dynamic_cast<ViewInterface*>(QAccessible::queryAccessibleInterface(view));
    for (int row = first; list != nullptr && row <= last; ++row) {
        announce(view, row, QAccessible::ObjectDestroyed);
        list->forget(view->messages()->at(row).id);
    }
}

void announceChanged(MessageView* view, int row) {
    if (QAccessible::isActive())
        announce(view, row, QAccessible::NameChanged);
}

void announceMarked(MessageView* view, int row) {
    if (!QAccessible::isActive())
        return;
    announce(view, row, QAccessible::Selection);
    if (view->hasFocus())
        announce(view, row, QAccessible::Focus);
}

void announceReset(MessageView* view) {
    if (!QAccessible::isActive())
        return;
    if (auto* list = dynamic_cast<ViewInterface*>(QAccessible::queryAccessibleInterface(view)))
        list->forgetAll();
    QAccessibleEvent event(view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

} // namespace kith::gui
