#include "gui/search_page.h"

#include "gui/conversation_words.h"
#include "gui/search_hit_delegate.h"
#include "gui/search_hits.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/people.h"
#include "ui_SearchPage.h"
#include "words/sentences.h"

#include <QKeyEvent>
#include <QShortcut>

#include <utility>

namespace kith::gui {

namespace {

/// Somebody who types on is not answered in between.
constexpr int typingPause = 150; // milliseconds

/// The rows of the box of times, as the form has them.
enum When : int { AnyTime, Today, Week, Month, Between };

qint64 startOf(const QDate& day) {
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

SearchPage::SearchPage(model::Messenger& messenger, QWidget* parent)
    : QWidget(parent)
    , messenger_(messenger)
    , ui_(std::make_unique<Ui::SearchPage>())
    , hits_(new SearchHits(
          messenger.history(), [this](const store::Conversation& stored) { return titleOf(stored); }, this)) {
    ui_->setupUi(this);
    fitToUnit(this);
    setFocusProxy(ui_->words);
    ui_->from->setDate(QDate::currentDate().addMonths(-1));
    ui_->until->setDate(QDate::currentDate());
    ui_->hits->setModel(hits_);
    ui_->hits->setItemDelegate(new SearchHitDelegate(this));
    ui_->hits->setMouseTracking(true);
    ui_->words->installEventFilter(this);
    ui_->hits->installEventFilter(this);
    delay_.setSingleShot(true);
    delay_.setInterval(typingPause);
    connect(&delay_, &QTimer::timeout, this, &SearchPage::ask);
    connect(ui_->words, &QLineEdit::textChanged, this, &SearchPage::askSoon);
    connect(ui_->where, &QComboBox::currentIndexChanged, this, &SearchPage::askSoon);
    connect(ui_->when, &QComboBox::currentIndexChanged, this, &SearchPage::showDays);
    connect(ui_->from, &QDateEdit::dateChanged, this, &SearchPage::askSoon);
    connect(ui_->until, &QDateEdit::dateChanged, this, &SearchPage::askSoon);
    connect(hits_, &SearchHits::answered, this, &SearchPage::tell);
    connect(hits_, &SearchHits::failed, this, &SearchPage::tellFailure);
    connect(ui_->hits, &QListView::clicked, this, &SearchPage::choose);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &SearchPage::closed);
    begin(nullptr, false);
    showDays();
}

SearchPage::~SearchPage() = default;

void SearchPage::begin(model::Conversation* here, bool onlyHere) {
    here_ = here;
    {
        const QSignalBlocker quiet(ui_->where);
        ui_->where->clear();
        ui_->where->addItem(tr("In all conversations"));
        if (here_ != nullptr)
            ui_->where->addItem(tr("In “%1”").arg(isolated(gui::titleOf(*here_))));
        ui_->where->setCurrentIndex(here_ != nullptr && onlyHere ? 1 : 0);
    }
    ui_->words->setFocus(Qt::ShortcutFocusReason);
    ui_->words->selectAll();
    ask();
}

bool SearchPage::onlyHere() const {
    return here_ != nullptr && ui_->where->currentIndex() == 1;
}

QString SearchPage::titleOf(const store::Conversation& stored) const {
    for (const model::Conversation* conversation : messenger_.all()) {
        if (conversation->stored() == stored.id)
            return gui::titleOf(*conversation);
    }
    if (const model::Person* person = stored.key ? messenger_.people().find(*stored.key) : nullptr)
        return gui::titleOf(*person);
    const auto peer = core::parseEndpoint(stored.address.toStdString());
    return words::conversationTitle(peer ? QString::fromStdString(peer->host) : stored.address, 1);
}

store::SearchRequest SearchPage::request() const {
    store::SearchRequest request;
    request.words = ui_->words->text();
    if (onlyHere())
        request.conversation = here_->stored();
    const QDate today = QDate::currentDate();
    switch (static_cast<When>(ui_->when->currentIndex())) {
    case AnyTime:
        break;
    case Today:
        request.from = startOf(today);
        break;
    case Week:
        request.from = startOf(today.addDays(-6));
        break;
    case Month:
        request.from = startOf(today.addDays(-29));
        break;
    case Between: {
        const auto [first, last] = std::minmax({ui_->from->date(), ui_->until->date()});
        request.from = startOf(first);
        request.until = startOf(last.addDays(1));
        break;
    }
    }
    return request;
}

bool SearchPage::asksForNothing(const store::SearchRequest& request) const {
    return request.words.trimmed().isEmpty() && !request.from && !request.until;
}

void SearchPage::askSoon() {
    delay_.start();
}

void SearchPage::ask() {
    delay_.stop();
    const store::SearchRequest wanted = request();
    if (!asksForNothing(wanted)) {
        hits_->ask(wanted);
        return;
    }
    hits_->clear();
    tell();
}

void SearchPage::showDays() {
    ui_->days->setVisible(ui_->when->currentIndex() == Between);
    askSoon();
}

void SearchPage::tell() {
    const int found = hits_->rowCount();
    const QString words = ui_->words->text().trimmed();
    QString text;
    if (found > 0 && hits_->canFetchMore({}))
        text = tr("The newest %1 hits; further ones come as you scroll").arg(found);
    else if (found > 0)
        text = tr("Hits: %1, the newest first").arg(found);
    else if (asksForNothing(request()))
        text = tr("Type words, or only how they begin. A date alone finds everything that was said then.");
    else if (words.isEmpty())
        text = tr("Nothing was said in these days.");
    else if (onlyHere())
        text = tr("Nothing found for “%1” in this conversation.").arg(words);
    else
        text = tr("Nothing found for “%1” in any conversation.").arg(words);
    ui_->told->setText(text);
    ui_->told->setAlignment(found > 0 ? Qt::AlignLeft : Qt::AlignHCenter);
    ui_->hits->setVisible(found > 0);
}

void SearchPage::tellFailure(const core::Error& why) {
    hits_->clear();
    const words::Sentence sentence = words::forError(why, {});
    ui_->told->setText(sentence.title + QLatin1Char(' ') + sentence.text);
    ui_->told->setAlignment(Qt::AlignHCenter);
    ui_->hits->hide();
}

void SearchPage::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const store::SearchHit& hit = hits_->at(index.row());
    // A copy: showing it may bring another question here.
    const store::Conversation conversation = hits_->conversationAt(index.row());
    Q_EMIT hitChosen(conversation, model::placeOf(hit.entry.row));
}

bool SearchPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    const QModelIndex current = ui_->hits->currentIndex();
    if (watched == ui_->words && hits_->rowCount() > 0 && (key == Qt::Key_Down || enter)) {
        if (!current.isValid())
            ui_->hits->setCurrentIndex(hits_->index(0));
        if (enter)
            choose(ui_->hits->currentIndex());
        else
            ui_->hits->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched == ui_->hits && enter) {
        choose(current);
        return true;
    }
    if (watched == ui_->hits && key == Qt::Key_Up && current.row() <= 0) {
        ui_->words->setFocus(Qt::BacktabFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace kith::gui
