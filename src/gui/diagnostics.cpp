#include "gui/diagnostics.h"

#include "core/reason.h"
#include "model/connection_facts.h"
#include "model/conversation.h"
#include "model/history.h"
#include "model/hosting.h"
#include "model/messenger.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QMap>
#include <QStringList>
#include <QSysInfo>

namespace kith::gui {

using namespace Qt::StringLiterals;
using model::ConnectionFacts;
using model::ConnectionRole;

namespace {

QString textOf(const core::Sandbox& sandbox) {
    return u"seccomp %1, landlock %2, no-new-privileges %3, seatbelt %4"_s.arg(sandbox.seccomp ? 1 : 0)
        .arg(sandbox.landlock)
        .arg(sandbox.noNewPrivileges ? 1 : 0)
        .arg(sandbox.seatbelt ? 1 : 0);
}

QString textOf(core::HostingState state) {
    switch (state) {
    case core::HostingState::Off:
        return u"off"_s;
    case core::HostingState::Starting:
        return u"starting"_s;
    case core::HostingState::On:
        return u"on"_s;
    case core::HostingState::Failed:
        return u"failed"_s;
    case core::HostingState::HeldOff:
        return u"held off"_s;
    }
    return {};
}

QString textOf(model::History::State state) {
    using State = model::History::State;
    switch (state) {
    case State::Closed:
    case State::Closing:
        return u"closed"_s;
    case State::Opening:
        return u"opening"_s;
    case State::Open:
        return u"open"_s;
    case State::ReadOnly:
        return u"read only"_s;
    case State::Failed:
        return u"failed"_s;
    }
    return {};
}

QString codeOf(core::Reason reason) {
    const std::string_view code = core::code(reason);
    return QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()));
}

/// "peer-closed 2, connection-refused 1".
QString counted(const QMap<QString, int>& counts) {
    QStringList each;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        each.append(it.key() + u' ' + QString::number(it.value()));
    return each.isEmpty() ? u"none"_s : each.join(u", "_s);
}

QString connectionLines(const model::Messenger& messenger) {
    QMap<QString, int> ciphers;
    QMap<QString, int> sandboxes;
    int incoming = 0;
    int outgoing = 0;
    const QList<ConnectionFacts> all = messenger.connections();
    for (const ConnectionFacts& facts : all) {
        incoming += facts.role == ConnectionRole::Incoming ? 1 : 0;
        outgoing += facts.role == ConnectionRole::Outgoing ? 1 : 0;
        if (facts.role != ConnectionRole::Listener)
            ++ciphers[facts.plain ? u"plain text"_s : facts.cipher.isEmpty() ? u"not yet"_s : facts.cipher];
        if (facts.sandbox)
            ++sandboxes[u"("_s + textOf(*facts.sandbox) + u')'];
    }
    return u"Connections: %1 incoming, %2 outgoing\nCiphers: %3\nSandboxes: %4\n"_s.arg(incoming)
        .arg(outgoing)
        .arg(counted(ciphers), counted(sandboxes));
}

QString conversationLines(const model::Messenger& messenger) {
    QMap<QString, int> kinds;
    QMap<QString, int> ends;
    for (const model::Conversation* conversation : messenger.all()) {
        ++kinds[conversation->kind() == model::PeerKind::Plain ? u"plain text"_s : u"secure"_s];
        if (conversation->state() == core::ConversationState::Ended &&
            conversation->end().reason != core::Reason::StoppedByUs)
            ++ends[codeOf(conversation->end().reason)];
    }
    return u"Conversations: %1\nEnded by: %2\n"_s.arg(counted(kinds), counted(ends));
}

} // namespace

QString diagnostics(const model::Messenger& messenger) {
    const model::DoorCounts& door = messenger.door();
    const quint64 turnedAway =
        door.heldOff + door.addressFull + door.doorFull + door.tooFast + door.sessionsFull;
    QString text =
        u"Kith %1, Qt %2, %3\n"_s.arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
                                      QGuiApplication::platformName());
    text += u"System: %1, %2 %3, %4\n"_s.arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(),
                                             QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture());
    text += u"Language: %1\n"_s.arg(QLocale().name());
    text += u"Hosting: %1; the door started %2, turned away %3\n"_s.arg(textOf(messenger.hosting()->state()))
                .arg(door.started)
                .arg(turnedAway);
    text += connectionLines(messenger);
    text += conversationLines(messenger);
    text += u"History: %1\n"_s.arg(textOf(messenger.history().state()));
    return text;
}

} // namespace kith::gui
