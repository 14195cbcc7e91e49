#include "gui/request_bar.h"

#include "gui/message_layout.h"
#include "gui/theme.h"
#include "model/conversation.h"
#include "ui_RequestBar.h"

#include <QResizeEvent>

namespace kith::gui {

using core::ConversationState;

namespace {

/// What of a preview stands in the bar: a few lines at most.
constexpr qsizetype previewCharacters = 240;

QString shortened(const QString& preview) {
    QString text = preview.trimmed();
    const qsizetype secondBreak = text.indexOf(QLatin1Char('\n'), text.indexOf(QLatin1Char('\n')) + 1);
    qsizetype length = std::min(text.size(), previewCharacters);
    if (text.count(QLatin1Char('\n')) > 1 && secondBreak < length)
        length = secondBreak;
    return length < text.size() ? text.left(length) + QChar(0x2026) : text;
}

} // namespace

RequestBar::RequestBar(model::Conversation& conversation, QWidget* parent)
    : QWidget(parent)
    , conversation_(conversation)
    , ui_(std::make_unique<Ui::RequestBar>())
    , asked_(conversation.since()) {
    ui_->setupUi(this);
    fitToUnit(this);
    connect(ui_->accept, &QPushButton::clicked, this, [this] { Q_EMIT accepted(&conversation_); });
    connect(ui_->decline, &QPushButton::clicked, &conversation_, &model::Conversation::decline);
    connect(ui_->dismiss, &QPushButton::clicked, this, [this] { Q_EMIT dismissed(&conversation_); });
    connect(&conversation_, &model::Conversation::changed, this, &RequestBar::refresh);
    waited_.start();
    clock_.setInterval(std::chrono::seconds(1));
    connect(&clock_, &QTimer::timeout, this, &RequestBar::showWaiting);
    refresh();
}

RequestBar::~RequestBar() = default;

void RequestBar::refresh() {
    const bool asking = conversation_.state() == ConversationState::Asking;
    const QString host = conversation_.host();
    ui_->title->setText(asking ? tr("A plain-text program at %1 wants to chat.").arg(host)
                               : tr("%1 asked to chat at %2").arg(host, timeOfDay(asked_)));
    const QString preview = shortened(conversation_.preview());
    ui_->preview->setText(tr("“%1”").arg(preview));
    ui_->preview->setVisible(!preview.isEmpty());
    ui_->accept->setVisible(asking);
    ui_->decline->setVisible(asking);
    ui_->dismiss->setVisible(!asking);
    ui_->waiting->setVisible(asking);
    setAccessibleName(ui_->title->text());
    if (asking && !clock_.isActive())
        clock_.start();
    else if (!asking)
        clock_.stop();
    showWaiting();
}

void RequestBar::showWaiting() {
    const qint64 seconds = waited_.elapsed() / 1000;
    ui_->waiting->setText(
        tr("Waiting for your answer · %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')));
}

void RequestBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = event->size().width() < 120 * Theme::unit();
    ui_->outer->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace kith::gui
