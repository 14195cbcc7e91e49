// Hosting: what to tell the other person, and who may come in. GUI thread.
#pragma once

#include "words/sentences.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

namespace kith::model {
class Hosting;
class Messenger;
class Preferences;
} // namespace kith::model

namespace kith::gui {

namespace Ui {
class HostPanel;
}

/// Shows whether this Kith is hosting and under which addresses, and starts and stops it. Owned by the main
/// window; GUI thread. What keeps it from hosting stands in it as a notice.
class HostPanel final : public QWidget {
    Q_OBJECT

public:
    /// The messenger must outlive the panel.
    explicit HostPanel(model::Messenger& messenger, QWidget* parent = nullptr);
    ~HostPanel() override;

    /// Hosts on the port last used, unless it does already. What the button Host means.
    void host();
    void host(quint16 port);
    /// Brings the choice of plain text into view and focus.
    void pointToPlainText();

Q_SIGNALS:
    /// The list of invites is to be shown.
    void invitesWanted();

private:
    void prepareControls();
    void prepareDoors();
    void stop();
    void disconnectAll();
    void usePort();
    void prepareInvites();
    /// Makes one, then gives its link to `then`; what is in the way is told.
    void makeInvite(const std::function<void(const QString&)>& then);
    void onNotice(words::Action action);
    void refresh();
    [[nodiscard]] words::Sentence failure() const;
    void refreshNotice();
    void refreshAddresses();
    void refreshHints();
    void refreshPreferences();

    model::Messenger& messenger_;
    model::Hosting& hosting_;
    model::Preferences& preferences_;
    std::unique_ptr<Ui::HostPanel> ui_;
    QTimer nobodyCame_;
    QTimer inviteTold_; ///< while the button says that it has copied
    QTimer countdown_;  ///< until a crashed listener is started again
    bool someoneCame_ = false;
};

} // namespace kith::gui
