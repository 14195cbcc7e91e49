#include "gui/conversation_words.h"

#include "core/kith_id.h"
#include "model/conversation.h"
#include "model/people.h"
#include "words/isolated.h"

namespace kith::gui {

using core::ConversationState;
using model::Conversation;
using model::PeerKind;
using model::Person;

QString isolated(const QString& name) {
    return words::isolated(name);
}

QString asWindowTitle(const QString& text) {
    return QString(text).replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
}

words::Stop stopOf(const Person& person) {
    switch (person.stoppedBy) {
    case model::StoppedBy::OtherKey:
        return words::Stop::OtherKey;
    case model::StoppedBy::Comparing:
        return words::Stop::NumbersDiffer;
    case model::StoppedBy::EarlierRun:
        break;
    }
    return words::Stop::Either;
}

words::Values valuesOf(const Conversation& conversation) {
    words::Values values;
    values.peer = isolated(conversation.name());
    values.where = conversation.dialled();
    values.secure = conversation.isSecure();
    values.keyExpected = conversation.isSecure() && conversation.key().has_value();
    if (const Person* person = conversation.person()) {
        values.verified = person->verified();
        if (person->stopped())
            values.stop = stopOf(*person);
    }
    if (conversation.state() == ConversationState::Waiting)
        values.seconds = static_cast<int>(conversation.secondsSince());
    return values;
}

QString titleOf(const Person& person) {
    if (!person.looksLikeAnother)
        return person.shownName();
    return QStringLiteral("%1 (%2)").arg(isolated(person.shownName()),
                                         QString::fromStdString(core::shortKithId(person.key)));
}

QString titleOf(const Conversation& conversation) {
    if (conversation.kind() == PeerKind::Plain)
        return words::conversationTitle(conversation.host(), conversation.ordinal());
    const Person* const person = conversation.person();
    return person != nullptr ? titleOf(*person) : conversation.name();
}

QString stateOf(const Conversation& conversation) {
    if (const Person* person = conversation.person(); person != nullptr && person->blocked)
        return words::blockedLine(isolated(person->shownName()));
    else if (person != nullptr && person->stopped())
        return words::stoppedLine(isolated(person->shownName()), stopOf(*person));
    return words::stateLine(conversation.state(), valuesOf(conversation));
}

Mark markOf(const Conversation& conversation) {
    if (const Person* person = conversation.person(); person != nullptr && person->blocked)
        return Mark::Blocked;
    else if (person != nullptr && person->stopped())
        return Mark::Stopped;
    switch (conversation.state()) {
    case ConversationState::Connecting:
    case ConversationState::Waiting:
    case ConversationState::Asking:
    case ConversationState::Closing:
        return Mark::UnderWay;
    case ConversationState::Open:
        return conversation.isSecure() ? Mark::Secure : Mark::PlainText;
    case ConversationState::Ended:
        break;
    }
    return Mark::Away;
}

} // namespace kith::gui
