#include "gui/host_panel.h"

#include "gui/firewall.h"
#include "gui/icons.h"
#include "gui/notice_bar.h"
#include "gui/qr_code.h"
#include "gui/theme.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/local_addresses.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "ui_HostPanel.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QIntValidator>
#include <QMenu>

namespace kith::gui {

using core::HostingState;
using words::Action;

namespace {

/// How long a person waits before wondering whether anybody can come in at all.
constexpr auto untilHint = std::chrono::seconds(20);
/// How long a button says that something was copied.
constexpr auto saidFor = std::chrono::seconds(2);

QString shown(const core::Endpoint& endpoint) {
    return QString::fromStdString(core::toDisplay(endpoint));
}

/// A button that shows and hides what stands below it, and says by its arrow which.
void makeFold(QPushButton* button, QWidget* content) {
    const QString words = button->text();
    const auto show = [button, content, words](bool open) {
        button->setText(QChar(open ? 0x25BE : 0x25B8) + QLatin1Char(' ') + words);
        content->setVisible(open);
    };
    QObject::connect(button, &QPushButton::toggled, content, show);
    show(false);
}

} // namespace

HostPanel::HostPanel(model::Messenger& messenger, QWidget* parent)
    : QWidget(parent)
    , messenger_(messenger)
    , hosting_(*messenger.hosting())
    , preferences_(messenger.preferences())
    , ui_(std::make_unique<Ui::HostPanel>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    prepareControls();
    prepareDoors();
    prepareInvites();
    nobodyCame_.setSingleShot(true);
    countdown_.setInterval(std::chrono::seconds(1));
    connect(&countdown_, &QTimer::timeout, this, [this] { ui_->notice->retell(failure()); });
    connect(&nobodyCame_, &QTimer::timeout, this, &HostPanel::refreshHints);
    connect(&hosting_, &model::Hosting::changed, this, &HostPanel::refresh);
    connect(&preferences_, &model::Preferences::changed, this, &HostPanel::refresh);
    connect(&messenger_, &model::Messenger::conversationAdded, this,
            [this](model::Conversation* conversation) {
                someoneCame_ = someoneCame_ || conversation->direction() == model::Direction::Incoming;
                refreshHints();
            });
    connect(ui_->notice, &NoticeBar::chosen, this, &HostPanel::onNotice);
    refresh();
}

HostPanel::~HostPanel() = default;

void HostPanel::prepareControls() {
    ui_->copy->setIcon(icon(QStringLiteral("copy")));
    ui_->copy->setText(QLatin1Char(' ') + ui_->copy->text());
    ui_->port->setValidator(new QIntValidator(1, 65535, this));
    ui_->commandBox->hide();
    connect(ui_->copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui_->address->text()); });
    connect(ui_->copyCommand, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui_->command->text()); });
    connect(ui_->showCommand, &QPushButton::clicked, this, [this] { ui_->commandBox->show(); });
    makeFold(ui_->more, ui_->moreBox);
    makeFold(ui_->elsewhere, ui_->elsewhereText);
    connect(ui_->usePort, &QPushButton::clicked, this, &HostPanel::usePort);
    connect(ui_->port, &QLineEdit::returnPressed, this, &HostPanel::usePort);
    // One is on when another goes off: what goes on decides.
    connect(ui_->anyone, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.askAboutStrangers();
    });
    connect(ui_->onlyKnown, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.setOnlyKnown(true);
    });
    connect(ui_->everybody, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.setEverybody(true);
    });
    connect(ui_->plainNetwork, &QCheckBox::toggled, &preferences_, &model::Preferences::setPlainFromNetwork);
    connect(ui_->plainHere, &QCheckBox::toggled, &preferences_,
            &model::Preferences::setPlainFromThisComputer);
}

void HostPanel::prepareDoors() {
    connect(ui_->start, &QPushButton::clicked, this, [this] { host(); });
    connect(ui_->stop, &QPushButton::clicked, this, &HostPanel::stop);
    auto* menu = new QMenu(this);
    menu->addAction(tr("Stop hosting and disconnect all"), this, [this] {
        stop();
        disconnectAll();
    });
    ui_->stopMore->setIcon(icon(QStringLiteral("more")));
    ui_->stopMore->setMenu(menu);
}

void HostPanel::prepareInvites() {
    const QString words = ui_->copyInvite->text();
    ui_->inviteCode->hide();
    ui_->inviteCode->setAccessibleName(tr("The invite as a QR code"));
    inviteTold_.setSingleShot(true);
    inviteTold_.setInterval(saidFor);
    connect(&inviteTold_, &QTimer::timeout, this, [this, words] { ui_->copyInvite->setText(words); });
    connect(ui_->copyInvite, &QPushButton::clicked, this, [this] {
        makeInvite([this](const QString& link) {
            QGuiApplication::clipboard()->setText(link);
            ui_->copyInvite->setText(tr("Copied"));
            inviteTold_.start();
        });
    });
    connect(ui_->showInvite, &QPushButton::clicked, this, [this] {
        makeInvite([this](const QString& link) {
            ui_->inviteCode->setText(link);
            ui_->inviteCode->show();
        });
    });
    connect(ui_->invites, &QPushButton::clicked, this, &HostPanel::invitesWanted);
    connect(&messenger_.identity(), &model::Identity::stateChanged, this, &HostPanel::refreshAddresses);
}

void HostPanel::makeInvite(const std::function<void(const QString&)>& then) {
    std::vector<core::Endpoint> addresses = hosting_.addresses();
    if (addresses.empty())
        addresses.push_back({"127.0.0.1", hosting_.port()});
    const QDateTime until = QDateTime::currentDateTime().addSecs(
        std::chrono::duration_cast<std::chrono::seconds>(core::limits::inviteLife).count());
    store::whenDone(
        messenger_.invites().make(messenger_.identity().key(), addresses, preferences_.name(), until), this,
        [this, then](const core::Result<QString>& link) {
            if (link) {
                then(*link);
                return;
            }
            ui_->notice->tell(words::forError(link.error(), {}), Tone::Danger,
                              {Action::ShowInvites, Action::Dismiss});
        });
}

void HostPanel::host() {
    if (hosting_.state() == HostingState::Off || hosting_.state() == HostingState::Failed ||
        hosting_.state() == HostingState::HeldOff)
        host(preferences_.port());
}

void HostPanel::host(quint16 port) {
    preferences_.setPort(port);
    preferences_.setWasHosting(true);
    hosting_.start(port);
}

void HostPanel::stop() {
    preferences_.setWasHosting(false);
    hosting_.stop();
}

void HostPanel::disconnectAll() {
    for (model::Conversation* conversation : messenger_.all()) {
        if (conversation->state() == core::ConversationState::Asking)
            conversation->decline();
        else
            conversation->disconnectPeer();
    }
}

void HostPanel::usePort() {
    const int port = ui_->port->text().toInt();
    if (port > 0)
        host(static_cast<quint16>(port));
}

void HostPanel::pointToPlainText() {
    ui_->more->setChecked(true);
    ui_->plainNetwork->setFocus(Qt::OtherFocusReason);
    ui_->scroller->ensureWidgetVisible(ui_->plainNetwork);
}

void HostPanel::onNotice(Action action) {
    if (action == Action::UseNextPort) {
        host(static_cast<quint16>(hosting_.port() + 1));
    } else if (action == Action::TryAgain) {
        host(hosting_.port());
    } else if (action == Action::OtherPort) {
        ui_->more->setChecked(true);
        ui_->port->setFocus();
        ui_->port->selectAll();
    } else if (action == Action::ShowInvites) {
        Q_EMIT invitesWanted();
    } else if (action == Action::Dismiss) {
        ui_->notice->clear();
    }
}

void HostPanel::refresh() {
    const HostingState state = hosting_.state();
    const bool on = state == HostingState::On;
    switch (state) {
    case HostingState::Off:
        ui_->heading->setText(tr("You are not hosting."));
        break;
    case HostingState::Starting:
        ui_->heading->setText(tr("Opening port %1…").arg(hosting_.port()));
        break;
    case HostingState::On:
        ui_->heading->setText(tr("You are hosting."));
        break;
    case HostingState::Failed:
    case HostingState::HeldOff:
        ui_->heading->setText(tr("Nobody can come in at the moment."));
        break;
    }
    const bool off = state == HostingState::Off || state == HostingState::Failed;
    ui_->start->setVisible(off);
    ui_->stop->setVisible(!off);
    ui_->stopMore->setVisible(!off);
    ui_->card->setVisible(on);
    ui_->elsewhere->setVisible(on);
    ui_->elsewhereText->setVisible(on && ui_->elsewhere->isChecked());
    if (!on) {
        nobodyCame_.stop();
        someoneCame_ = false;
    } else if (!nobodyCame_.isActive() && !someoneCame_) {
        nobodyCame_.start(untilHint);
    }
    refreshNotice();
    refreshPreferences();
    refreshAddresses();
    refreshHints();
}

words::Sentence HostPanel::failure() const {
    words::Values values;
    const auto addresses = model::localAddresses(hosting_.port());
    values.where.host = addresses.empty() ? std::string() : addresses.front().host;
    values.where.port = hosting_.port();
    values.peer = tr("hosting");
    values.seconds = hosting_.secondsToRetry();
    return words::forEnd(hosting_.end(), values);
}

void HostPanel::refreshNotice() {
    const HostingState state = hosting_.state();
    if (state == HostingState::HeldOff && hosting_.secondsToRetry() >= 0)
        countdown_.start();
    else
        countdown_.stop();
    if (state != HostingState::Failed && state != HostingState::HeldOff) {
        ui_->notice->clear();
        return;
    }
    const auto next = static_cast<quint16>(hosting_.port() + 1);
    ui_->notice->tell(failure(), Tone::Danger,
                      {Action::UseNextPort, Action::OtherPort, Action::TryAgain, Action::Dismiss}, next);
}

void HostPanel::refreshAddresses() {
    const auto& addresses = hosting_.addresses();
    const bool network = !addresses.empty();
    const core::Endpoint here{"127.0.0.1", hosting_.port()};
    const QString best = shown(network ? addresses.front() : here);
    ui_->address->setText(best);
    ui_->invitation->setText(network ? tr("On the same network, the other person presses Connect and types")
                                     : tr("This computer is in no network. Programs on it connect to"));
    if (preferences_.onlyKnown())
        ui_->here->setText(tr("Only your contacts and people with an invite come in."));
    else if (preferences_.everybody())
        ui_->here->setText(tr("Anyone comes in without a question."));
    else
        ui_->here->setText(tr("You are asked before a stranger comes in."));
    const bool identity = messenger_.identity().state() == model::Identity::State::Ready;
    ui_->copyInvite->setEnabled(identity);
    ui_->showInvite->setEnabled(identity);
    QStringList others;
    for (const core::Endpoint& endpoint : addresses) {
        if (shown(endpoint) != best)
            others.append(shown(endpoint));
    }
    ui_->others->setText(others.join(QLatin1Char('\n')));
    ui_->othersBox->setVisible(hosting_.state() == HostingState::On && !others.isEmpty());
    const QString inside =
        addresses.empty() ? tr("this computer") : QString::fromStdString(addresses.front().host);
    ui_->elsewhereText->setText(
        tr("These addresses work only inside your network. From the internet, your router must "
           "pass TCP port %1 on to %2 (“port forwarding”), or both of you use one VPN.")
            .arg(hosting_.port())
            .arg(inside));
}

void HostPanel::refreshHints() {
    const bool hint = hosting_.state() == HostingState::On && !someoneCame_ && !nobodyCame_.isActive();
    ui_->waiting->setVisible(hint);
    if (!hint)
        return;
    ui_->nobody->setText(
        tr("Nobody has come in yet. If they get no answer, a firewall on this computer may be "
           "blocking port %1.")
            .arg(hosting_.port()));
    const QString command =
        firewallCommand(hosting_.port(), [](const QString& path) { return QFileInfo::exists(path); });
    ui_->command->setText(command);
    ui_->showCommand->setVisible(!command.isEmpty());
}

void HostPanel::refreshPreferences() {
    ui_->plainNetwork->setChecked(preferences_.plainFromNetwork());
    ui_->plainHere->setChecked(preferences_.plainFromThisComputer());
    ui_->onlyKnown->setChecked(preferences_.onlyKnown());
    ui_->everybody->setChecked(preferences_.everybody());
    ui_->anyone->setChecked(!preferences_.onlyKnown() && !preferences_.everybody());
    ui_->everybodyHint->setVisible(preferences_.everybody());
    if (!ui_->port->hasFocus())
        ui_->port->setText(
            QString::number(hosting_.state() == HostingState::Off ? preferences_.port() : hosting_.port()));
}

} // namespace kith::gui
