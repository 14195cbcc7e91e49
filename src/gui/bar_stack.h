// The bars under the header: who wants to come in, and what is to be told. GUI thread.
#pragma once

#include "core/endpoint.h"
#include "core/state.h"

#include <QList>
#include <QWidget>

#include <memory>

namespace kith::model {
class Conversation;
class Messenger;
} // namespace kith::model

namespace kith::gui {

class NoticeBar;
class RequestBar;

namespace Ui {
class BarStack;
}

/// Shows at most two bars at once, requests before notices, the oldest first, and says how many more there
/// are. Owned by the main window; GUI thread.
class BarStack final : public QWidget {
    Q_OBJECT

public:
    explicit BarStack(QWidget* parent = nullptr);
    ~BarStack() override;

    /// Once; the messenger must outlive the stack.
    void setMessenger(model::Messenger& messenger);

Q_SIGNALS:
    /// A person let somebody in.
    void accepted(kith::model::Conversation* conversation);
    /// A person wants to change who may come in with plain text.
    void plainTextWanted();

private:
    void syncRequests();
    void onTurnedAway(const core::Endpoint& peer);
    void onRefused(const core::Endpoint& peer, const core::End& why);
    void tell(const core::End& end, const core::Endpoint& peer);
    void arrange();

    model::Messenger* messenger_ = nullptr;
    std::unique_ptr<Ui::BarStack> ui_;
    QList<RequestBar*> requests_;
    QList<NoticeBar*> notices_;
};

} // namespace kith::gui
