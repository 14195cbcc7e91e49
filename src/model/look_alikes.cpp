#include "model/look_alikes.h"

#include "core/look_alike.h"
#include "core/text.h"

namespace kith::model {

using core::PublicKey;

namespace {

std::string skeletonOf(const QString& name) {
    return core::skeleton(core::cleanName(name.toStdString()));
}

} // namespace

QList<PublicKey> LookAlikes::put(const PublicKey& key, const QString& name) {
    const std::string skeleton = skeletonOf(name);
    if (const auto before = skeletons_.constFind(key); before != skeletons_.cend() && *before == skeleton)
        return {};
    const bool wasAlike = isAlike(key);
    QList<PublicKey> turned = remove(key);
    turned.removeAll(key);
    QSet<PublicKey>& same = keys_[skeleton];
    if (same.size() == 1)
        turned << *same.cbegin();
    same.insert(key);
    skeletons_.insert(key, skeleton);
    if ((same.size() > 1) != wasAlike)
        turned << key;
    return turned;
}

QList<PublicKey> LookAlikes::remove(const PublicKey& key) {
    const auto at = skeletons_.constFind(key);
    if (at == skeletons_.cend())
        return {};
    QList<PublicKey> turned;
    const auto same = keys_.find(*at);
    same->remove(key);
    if (same->size() == 1)
        turned << *same->cbegin() << key;
    else if (same->isEmpty())
        keys_.erase(same);
    else
        turned << key;
    skeletons_.erase(at);
    return turned;
}

bool LookAlikes::isAlike(const PublicKey& key) const {
    const auto at = skeletons_.constFind(key);
    return at != skeletons_.cend() && keys_.value(*at).size() > 1;
}

bool LookAlikes::isTaken(const QString& name, const PublicKey& key) const {
    const auto same = keys_.constFind(skeletonOf(name));
    return same != keys_.cend() && (same->size() > 1 || !same->contains(key));
}

} // namespace kith::model
