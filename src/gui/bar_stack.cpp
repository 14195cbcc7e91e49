#include "gui/bar_stack.h"

#include "gui/request_bar.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "ui_BarStack.h"

namespace kith::gui {

using words::Action;

namespace {

constexpr int barsAtOnce = 2;
/// Notices that nobody looks at do not pile up: the oldest gives way.
constexpr int mostNotices = 8;

bool staysAfter(Action action) {
    return action == Action::ShowFiles || action == Action::TryAgain || action == Action::BeginNewHistory ||
           action == Action::Quit;
}

} // namespace

BarStack::BarStack(QWidget* parent)
    : QWidget(parent)
    , ui_(std::make_unique<Ui::BarStack>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    arrange();
}

BarStack::~BarStack() = default;

void BarStack::setMessenger(model::Messenger& messenger) {
    messenger_ = &messenger;
    connect(messenger_, &model::Messenger::requestsChanged, this, &BarStack::syncRequests);
    connect(ui_->dismissFolded, &QPushButton::clicked, messenger_, &model::Messenger::dismissFolded);
    connect(messenger_, &model::Messenger::turnedAway, this, &BarStack::onTurnedAway);
    connect(messenger_, &model::Messenger::refused, this, &BarStack::onRefused);
    syncRequests();
}

void BarStack::syncRequests() {
    const QList<model::Conversation*> wanted = messenger_->requests();
    for (RequestBar* bar : QList(requests_)) {
        if (wanted.contains(bar->conversation()))
            continue;
        requests_.removeOne(bar);
        bar->hide();
        bar->deleteLater();
    }
    QList<RequestBar*> ordered;
    for (model::Conversation* conversation : wanted) {
        RequestBar* bar = nullptr;
        for (RequestBar* known : std::as_const(requests_))
            bar = known->conversation() == conversation ? known : bar;
        if (bar == nullptr) {
            bar = new RequestBar(*conversation, messenger_->people(), this);
            connect(bar, &RequestBar::accepted, this, &BarStack::accepted);
            connect(bar, &RequestBar::acceptedLater, messenger_, &model::Messenger::acceptLater);
            connect(bar, &RequestBar::dismissed, messenger_, &model::Messenger::dismiss);
            connect(bar, &RequestBar::blocked, this, [this](model::Conversation* unwanted) {
                if (unwanted->key())
                    messenger_->block(*unwanted->key());
                else
                    messenger_->blockAddress(unwanted);
            });
        }
        ordered.append(bar);
    }
    requests_ = ordered;
    arrange();
}

void BarStack::onTurnedAway(const core::Endpoint& peer) {
    tellOf({core::Reason::PlainTurnedAway, 0, 0}, peer);
}

void BarStack::onRefused(const core::Endpoint& peer, const core::End& why) {
    tellOf(why, peer);
}

void BarStack::tellOf(const core::End& end, const core::Endpoint& peer) {
    words::Values values;
    values.peer = QString::fromStdString(peer.host);
    values.where = peer;
    words::Sentence sentence = words::forEnd(end, values);
    if (!sentence.actions.contains(Action::Dismiss))
        sentence.actions.append(Action::Dismiss);
    tell(sentence, Tone::Caution, {Action::AllowPlainText, Action::Dismiss}, [this](Action action) {
        if (action == Action::AllowPlainText)
            Q_EMIT plainTextWanted();
    });
}

NoticeBar* BarStack::tell(const words::Sentence& sentence, Tone tone, const QList<Action>& usable,
                          const std::function<void(Action)>& chosen) {
    for (const NoticeBar* known : std::as_const(notices_)) {
        if (known->title() == sentence.title)
            return nullptr;
    }
    if (notices_.size() == mostNotices)
        notices_.takeFirst()->deleteLater();
    auto* bar = new NoticeBar(this);
    bar->tell(sentence, tone, usable);
    connect(bar, &NoticeBar::chosen, this, [this, bar, chosen](Action action) {
        if (!staysAfter(action))
            takeBack(bar);
        if (chosen)
            chosen(action);
    });
    notices_.append(bar);
    arrange();
    return bar;
}

void BarStack::takeBack(NoticeBar* notice) {
    if (!notices_.removeOne(notice))
        return;
    notice->hide();
    notice->deleteLater();
    arrange();
}

void BarStack::arrange() {
    QList<QWidget*> bars;
    for (RequestBar* bar : std::as_const(requests_))
        bars.append(bar);
    for (NoticeBar* bar : std::as_const(notices_))
        bars.append(bar);
    for (int i = 0; i < bars.size(); ++i) {
        if (ui_->bars->indexOf(bars[i]) != i) {
            ui_->bars->removeWidget(bars[i]);
            ui_->bars->insertWidget(i, bars[i]);
        }
        bars[i]->setVisible(i < barsAtOnce);
    }
    const qsizetype more = std::max<qsizetype>(0, bars.size() - barsAtOnce);
    const int folded = messenger_ != nullptr ? messenger_->foldedRequests() : 0;
    QStringList others;
    if (more > 0)
        others.append(tr("and %1 more").arg(more));
    if (folded > 0)
        others.append(tr("%1 more asked to chat").arg(folded));
    ui_->bar->setVisible(!others.isEmpty());
    ui_->dismissFolded->setVisible(folded > 0);
    ui_->others->setText(others.join(QLatin1String(" · ")));
    setVisible(!bars.isEmpty() || folded > 0);
}

} // namespace kith::gui
