#include "cli/found_people.h"

#include "cli/peers.h"
#include "core/kith_id.h"
#include "words/isolated.h"

#include <algorithm>

namespace kith::cli {

namespace {

QString idOf(const core::PublicKey& key) {
    return QString::fromStdString(core::toKithId(key));
}

bool isId(const QString& typed, const core::PublicKey& key) {
    const std::optional<core::PublicKey> meant = keyOf(typed);
    return meant && *meant == key;
}

QString withId(const model::Person& person, const QString& called) {
    const QString shortId = QString::fromStdString(core::shortKithId(person.key));
    return called == shortId ? called : QString(called + QLatin1String(" (") + shortId + QLatin1Char(')'));
}

model::Person nobody(const core::PublicKey& key) {
    model::Person person;
    person.key = key;
    return person;
}

} // namespace

std::optional<core::PublicKey> keyOf(const QString& typed) {
    const core::Result<core::PublicKey> key = core::parseKithId(typed.toStdString());
    return key ? std::optional(*key) : std::nullopt;
}

bool isPerson(const QString& typed, const model::Person& person) {
    return typed == person.shownName() || isId(typed, person.key);
}

bool beginsPerson(const QString& typed, const model::Person& person) {
    return person.shownName().startsWith(typed) || beginsKithId(typed, idOf(person.key));
}

FoundPeople findPeople(const QString& typed, const QList<model::Person>& people,
                       const QList<core::PublicKey>& keys) {
    FoundPeople whole;
    FoundPeople begun;
    const auto add = [](FoundPeople& found, const model::Person& person) {
        found.keys += person.key;
        found.names += nameWithId(person);
    };
    for (const model::Person& person : people) {
        if (isPerson(typed, person))
            add(whole, person);
        else if (beginsPerson(typed, person))
            add(begun, person);
    }
    for (const core::PublicKey& key : keys) {
        const bool isKnown =
            std::ranges::any_of(people, [&](const model::Person& each) { return each.key == key; });
        if (isKnown)
            continue;
        if (isId(typed, key))
            add(whole, nobody(key));
        else if (beginsKithId(typed, idOf(key)))
            add(begun, nobody(key));
    }
    return whole.keys.isEmpty() ? begun : whole;
}

QString nameWithId(const model::Person& person) {
    return withId(person, words::isolated(person.shownName()));
}

QString nameOf(const model::Person& person) {
    return person.looksLikeAnother ? nameWithId(person) : words::isolated(person.shownName());
}

QString bareNameOf(const model::Person& person) {
    return person.looksLikeAnother ? withId(person, person.shownName()) : person.shownName();
}

} // namespace kith::cli
