// The bars under the header: who wants to come in, and what is to be told. GUI thread.
#pragma once

#include "core/endpoint.h"
#include "core/state.h"
#include "gui/notice_bar.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>

namespace kith::model {
class Conversation;
class Messenger;
} // namespace kith::model

namespace kith::gui {

class RequestBar;

namespace Ui {
class BarStack;
}

/// Shows at most two bars at once, requests before notices, the oldest first, and in one line below them how
/// many more there are, and how many asked and are no bar any more, until a person dismisses that number.
/// Owned by the main window; GUI thread.
class BarStack final : public QWidget {
    Q_OBJECT

public:
    explicit BarStack(QWidget* parent = nullptr);
    ~BarStack() override;

    /// Once; the messenger must outlive the stack.
    void setMessenger(model::Messenger& messenger);

    /// A notice, until a person presses one of its buttons or it is taken back; null where one with this
    /// title is told already. Those that only show something (details, files), and those whose matter tells
    /// by itself that it is over (the history), stay. `chosen` gets what was pressed.
    NoticeBar* tell(const words::Sentence& sentence, Tone tone, const QList<words::Action>& usable,
                    const std::function<void(words::Action)>& chosen = {});
    void takeBack(NoticeBar* notice);

Q_SIGNALS:
    /// A person let somebody in.
    void accepted(kith::model::Conversation* conversation);
    /// A person wants to change who may come in with plain text.
    void plainTextWanted();

private:
    void syncRequests();
    void onTurnedAway(const core::Endpoint& peer);
    void onRefused(const core::Endpoint& peer, const core::End& why);
    void tellOf(const core::End& end, const core::Endpoint& peer);
    void arrange();

    model::Messenger* messenger_ = nullptr;
    std::unique_ptr<Ui::BarStack> ui_;
    QList<RequestBar*> requests_;
    QList<NoticeBar*> notices_;
};

} // namespace kith::gui
