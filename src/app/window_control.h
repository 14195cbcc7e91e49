// What other programs of this person ask of a running kith. The programs' composition; main thread.
#pragma once

#include "cli/arguments.h"
#include "supervisor/control.h"

#include <QObject>

namespace kith::model {
class Messenger;
}

namespace kith::app {

struct WindowArguments;

/// Answers the control socket: a second `kith` brings the window to the front and may fill its Connect form;
/// what `kith-cli` is asked for is carried out here and answered when it is known what became of it.
/// Owned by the window program; main thread. The messenger must outlive it.
class WindowControl final : public QObject {
    Q_OBJECT

public:
    explicit WindowControl(model::Messenger& messenger, QObject* parent = nullptr);

    /// Serves the socket. Where it cannot be made the window goes on without it.
    void listen(const QString& path);

Q_SIGNALS:
    /// A second start.
    void openWanted(const kith::app::WindowArguments& arguments);

private:
    void answer(const supervisor::ControlCommand& command, supervisor::ControlReply* reply);
    void connectTo(const cli::Arguments& arguments, const QByteArray& input, supervisor::ControlReply* reply);
    void host(const cli::Arguments& arguments, supervisor::ControlReply* reply);

    model::Messenger& messenger_;
    supervisor::ControlServer server_;
};

} // namespace kith::app
