#include "cli/dialled.h"

#include "core/invite.h"
#include "model/people.h"
#include "words/isolated.h"

namespace kith::cli {

words::Values dialledValues(const model::People& people, const QString& typed) {
    words::Values values;
    const std::string text = typed.toStdString();
    const model::Person* person = nullptr;
    if (core::looksLikeInvite(text)) {
        const core::Result<core::Invite> invite = core::parseInvite(text);
        if (!invite)
            return values;
        values.where = invite->addresses.front();
        values.peer = QString::fromStdString(values.where.host);
        values.keyExpected = true;
        person = people.find(invite->key);
    } else {
        values.peer = typed;
        const core::Result<core::Endpoint> endpoint = core::parseEndpoint(text);
        if (!endpoint)
            return values;
        values.where = *endpoint;
        person = people.atAddress(*endpoint);
    }
    if (person != nullptr) {
        values.peer = words::isolated(person->shownName());
        values.keyExpected = true;
    }
    return values;
}

} // namespace kith::cli
