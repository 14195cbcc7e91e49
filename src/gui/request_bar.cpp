#include "gui/request_bar.h"

#include "core/kith_id.h"
#include "gui/conversation_words.h"
#include "gui/icons.h"
#include "gui/message_layout.h"
#include "gui/theme.h"
#include "model/conversation.h"
#include "model/people.h"
#include "ui_RequestBar.h"

#include <QMenu>
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

RequestBar::RequestBar(model::Conversation& conversation, const model::People& people, QWidget* parent)
    : QWidget(parent)
    , conversation_(conversation)
    , people_(people)
    , ui_(std::make_unique<Ui::RequestBar>())
    , asked_(conversation.since()) {
    ui_->setupUi(this);
    fitToUnit(this);
    connect(ui_->accept, &QPushButton::clicked, this, [this] {
        if (conversation_.state() == ConversationState::Asking)
            Q_EMIT accepted(&conversation_);
        else
            Q_EMIT acceptedLater(&conversation_);
    });
    auto* const menu = new QMenu(this);
    // A plain-text program has no key: its address is all that is known of it.
    menu->addAction(conversation_.isSecure() ? tr("Block") : tr("Block this address"), this,
                    [this] { Q_EMIT blocked(&conversation_); });
    ui_->more->setIcon(icon(QStringLiteral("more")));
    ui_->more->setMenu(menu);
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
    const bool secure = conversation_.isSecure();
    ui_->title->setText(titleText(asking));
    ui_->caution->setText(cautionText());
    ui_->caution->setVisible(!ui_->caution->text().isEmpty());
    const QString preview = shortened(conversation_.preview());
    ui_->preview->setText(tr("“%1”").arg(preview));
    ui_->preview->setVisible(!preview.isEmpty());
    // A key can be let in the next time it comes; a plain-text program has none.
    ui_->accept->setVisible(asking || secure);
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

QString RequestBar::titleText(bool asking) const {
    const QString host = conversation_.host();
    if (!conversation_.isSecure() || !conversation_.key())
        return asking ? tr("A plain-text program at %1 wants to chat.").arg(host)
                      : tr("%1 asked to chat at %2").arg(host, timeOfDay(asked_));
    const QString id = QString::fromStdString(core::shortKithId(*conversation_.key()));
    const bool named = conversation_.name() != host;
    if (!asking)
        return named ? tr("“%1” (%2) asked to chat at %3")
                           .arg(isolated(conversation_.name()), id, timeOfDay(asked_))
                     : tr("Somebody (%1) asked to chat at %2").arg(id, timeOfDay(asked_));
    return named ? tr("“%1” (%2) at %3 wants to chat.").arg(isolated(conversation_.name()), id, host)
                 : tr("Somebody (%1) at %2 wants to chat.").arg(id, host);
}

QString RequestBar::cautionText() const {
    if (!conversation_.isSecure() || !conversation_.key())
        return {};
    if (!conversation_.asIfForTheFirstTime() &&
        people_.looksLikeContact(conversation_.name(), *conversation_.key()))
        return tr("Careful: the name looks like that of somebody you know, and this is another key.");
    if (conversation_.asIfForTheFirstTime())
        return tr("%1 asks as if for the first time, with the same key as before.")
            .arg(isolated(conversation_.name()));
    return tr("The name is what they call themselves.");
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
