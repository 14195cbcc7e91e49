#include "gui/notice_bar.h"

#include "gui/icons.h"
#include "gui/theme.h"
#include "ui_NoticeBar.h"

#include <QPushButton>
#include <QResizeEvent>
#include <QStyle>

namespace kith::gui {

using words::Action;

namespace {

QString toneName(Tone tone) {
    switch (tone) {
    case Tone::Plain:
        return QStringLiteral("plain");
    case Tone::Caution:
        return QStringLiteral("caution");
    case Tone::Danger:
        return QStringLiteral("danger");
    }
    return {};
}

QColor toneColour(Tone tone, const Colours& colours) {
    switch (tone) {
    case Tone::Plain:
        return colours.link;
    case Tone::Caution:
        return colours.caution;
    case Tone::Danger:
        return colours.danger;
    }
    return colours.text;
}

/// The names that stay the same in every language, for assistive technology and automated driving.
QString stableName(Action action) {
    switch (action) {
    case Action::Edit:
        return QStringLiteral("Edit");
    case Action::TryAgain:
        return QStringLiteral("Try again");
    case Action::Close:
        return QStringLiteral("Close");
    case Action::ConnectInPlainText:
        return QStringLiteral("Connect in plain text");
    case Action::UseNextPort:
        return QStringLiteral("Use the next port");
    case Action::OtherPort:
        return QStringLiteral("Other port");
    case Action::AskAgain:
        return QStringLiteral("Ask again");
    case Action::Host:
        return QStringLiteral("Host");
    case Action::AllowPlainText:
        return QStringLiteral("Allow plain text");
    case Action::Dismiss:
        return QStringLiteral("Dismiss");
    case Action::Details:
        return QStringLiteral("Details");
    case Action::OpenPracticeWindow:
        return QStringLiteral("Open practice window");
    case Action::ConnectAgain:
        return QStringLiteral("Connect again");
    case Action::BeginNewHistory:
        return QStringLiteral("Begin a new history");
    case Action::ShowFiles:
        return QStringLiteral("Show the files");
    case Action::Replace:
        return QStringLiteral("Replace");
    case Action::ChooseAnotherFile:
        return QStringLiteral("Choose another file");
    case Action::Restore:
        return QStringLiteral("Restore");
    case Action::Quit:
        return QStringLiteral("Quit");
    case Action::KeepStopped:
        return QStringLiteral("Keep stopped");
    case Action::Compare:
        return QStringLiteral("Compare");
    case Action::Unblock:
        return QStringLiteral("Unblock");
    case Action::ShowInvites:
        return QStringLiteral("Show invites");
    }
    return {};
}

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , ui_(std::make_unique<Ui::NoticeBar>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    clear();
}

NoticeBar::~NoticeBar() = default;

void NoticeBar::tell(const words::Sentence& sentence, Tone tone, const QList<Action>& usable, quint16 port) {
    tone_ = tone;
    ui_->bar->setProperty("tone", toneName(tone));
    style()->unpolish(ui_->bar);
    style()->polish(ui_->bar);
    const int side = ui_->symbol->minimumWidth();
    ui_->symbol->setPixmap(
        iconPixmap(tone == Tone::Plain ? QStringLiteral("disconnect") : QStringLiteral("alert"), side,
                   toneColour(tone, Colours::current()), devicePixelRatioF()));
    ui_->title->setText(sentence.title);
    ui_->text->setText(sentence.text);
    ui_->text->setVisible(!sentence.text.isEmpty());
    ui_->details->setText(sentence.details);
    ui_->details->hide();
    removeButtons();
    bool first = true;
    for (const Action action : sentence.actions) {
        if (!usable.contains(action) && action != Action::Details)
            continue;
        addButton(action, port, first);
        first = false;
    }
    ui_->buttons->addStretch();
    setAccessibleName(sentence.title + QLatin1Char(' ') + sentence.text);
    show();
}

void NoticeBar::retell(const words::Sentence& sentence) {
    ui_->title->setText(sentence.title);
    ui_->text->setText(sentence.text);
    setAccessibleName(sentence.title + QLatin1Char(' ') + sentence.text);
}

void NoticeBar::clear() {
    hide();
    removeButtons();
    ui_->title->clear();
}

QString NoticeBar::title() const {
    return ui_->title->text();
}

void NoticeBar::removeButtons() {
    while (QLayoutItem* item = ui_->buttons->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
}

void NoticeBar::addButton(Action action, quint16 port, bool first) {
    auto* button = new QPushButton(words::label(action, port), ui_->bar);
    button->setAccessibleName(stableName(action));
    button->setAutoDefault(false);
    if (!first)
        button->setProperty("kind", QStringLiteral("quiet"));
    ui_->buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, action] {
        if (action == Action::Details)
            ui_->details->setVisible(!ui_->details->isVisible());
        else
            Q_EMIT chosen(action);
    });
}

void NoticeBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = event->size().width() < 140 * Theme::unit();
    ui_->outer->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace kith::gui
