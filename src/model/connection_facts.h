// What is known of one worker process, for whoever lists them. A value; any thread.
#pragma once

#include "core/sandbox.h"
#include "core/traffic.h"

#include <QString>
#include <QtGlobal>

#include <optional>

namespace kith::model {

/// What a worker is there for.
enum class ConnectionRole : quint8 { Listener, Incoming, Outgoing };

/// How far it is.
enum class ConnectionStep : quint8 {
    Listening,  ///< the listener, from its start on
    Connecting, ///< an address is tried, or who dialled says who they are
    Waiting,    ///< a person over there is asked about us
    Asking,     ///< our person is asked
    Open,
    Ending,
};

/// One worker, as far as it is known at this moment.
struct ConnectionFacts {
    qint64 pid = 0; ///< never 0: only what runs is listed
    ConnectionRole role = ConnectionRole::Listener;
    ConnectionStep step = ConnectionStep::Listening;
    QString peer; ///< the name our person knows them by; empty where nobody knows yet, and of the listener
    bool plain = false;                   ///< it is known to be plain text
    QString cipher;                       ///< as OpenSSL names it; empty before TLS stands
    QString address;                      ///< numeric, without the port; of the listener the port
    std::optional<core::Traffic> traffic; ///< of an open session, once somebody has looked
    std::optional<core::Sandbox> sandbox; ///< what confines it, as it says and as the kernel confirms
    std::optional<qint64> memory;         ///< bytes that are its own alone (RssAnon)
    bool operator==(const ConnectionFacts&) const = default;
};

} // namespace kith::model
