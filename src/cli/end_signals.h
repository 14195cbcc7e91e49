// SIGINT, SIGTERM and SIGHUP as an event.
#pragma once

#include "core/unique_fd.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace kith::cli {

/// Turns the first of these signals into received(), from the event loop, and gives the next its usual
/// effect: whoever presses Ctrl+C twice ends the program at once (its workers end by themselves when it is
/// gone). SIGHUP stays ignored where it was (nohup). Owned by main(), at most one at a time; main thread.
/// Without descriptors for its pipe the signals keep their usual effect.
class EndSignals final : public QObject {
    Q_OBJECT

public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

    /// Readable once a signal has come; stays so.
    [[nodiscard]] int descriptor() const { return reading_.get(); }

Q_SIGNALS:
    void received();

private:
    core::UniqueFd reading_;
    core::UniqueFd writing_;
    std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace kith::cli
