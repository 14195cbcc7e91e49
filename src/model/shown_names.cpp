#include "model/shown_names.h"

#include "model/look_alike.h"

#include <algorithm>

namespace kith::model {

using core::PublicKey;

QList<PublicKey> ShownNames::put(const PublicKey& key, const QString& name) {
    return replace(key, skeletons(name));
}

QList<PublicKey> ShownNames::remove(const PublicKey& key) {
    return replace(key, {});
}

/// Keys of those skeletons that one or two share: a third leaves the others as they are.
void ShownNames::addFew(const QStringList& skeletons, QSet<PublicKey>& keys) const {
    for (const QString& skeleton : skeletons) {
        if (const auto same = keys_.constFind(skeleton); same != keys_.cend() && same->size() <= 2)
            keys += *same;
    }
}

QList<PublicKey> ShownNames::replace(const PublicKey& key, const QStringList& skeletons) {
    const QStringList before = skeletons_.value(key);
    if (before == skeletons)
        return {};
    QSet<PublicKey> touched{key};
    addFew(before, touched);
    addFew(skeletons, touched);
    QSet<PublicKey> wereAlike;
    for (const PublicKey& each : std::as_const(touched)) {
        if (isAlike(each))
            wereAlike.insert(each);
    }
    for (const QString& skeleton : before) {
        const auto same = keys_.find(skeleton);
        same->remove(key);
        if (same->isEmpty())
            keys_.erase(same);
    }
    for (const QString& skeleton : skeletons)
        keys_[skeleton].insert(key);
    if (skeletons.isEmpty())
        skeletons_.remove(key);
    else
        skeletons_.insert(key, skeletons);
    QList<PublicKey> turned;
    for (const PublicKey& each : std::as_const(touched)) {
        if (isAlike(each) != wereAlike.contains(each))
            turned << each;
    }
    return turned;
}

bool ShownNames::isAlike(const PublicKey& key) const {
    const QStringList own = skeletons_.value(key);
    return std::any_of(own.begin(), own.end(),
                       [this](const QString& skeleton) { return keys_.value(skeleton).size() > 1; });
}

bool ShownNames::isTaken(const QString& name, const PublicKey& key) const {
    for (const QString& skeleton : skeletons(name)) {
        const auto same = keys_.constFind(skeleton);
        if (same != keys_.cend() && (same->size() > 1 || !same->contains(key)))
            return true;
    }
    return false;
}

} // namespace kith::model
