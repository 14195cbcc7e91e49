// Which people's shown names can be taken for one another.
#pragma once

#include "core/bytes.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <string>

namespace kith::model {

/// Names by their skeleton (core/look_alike.h), each under a key; kept up to date at a cost that does not
/// grow with the number of names. A value, in the thread of its owner; it cannot fail.
class LookAlikes final {
public:
    /// This key's name from now on. The keys, itself among them, for which isAlike() has changed by it.
    QList<core::PublicKey> put(const core::PublicKey& key, const QString& name);
    QList<core::PublicKey> remove(const core::PublicKey& key);

    /// Another key's name looks the same.
    [[nodiscard]] bool isAlike(const core::PublicKey& key) const;
    /// The name looks like one under another key.
    [[nodiscard]] bool isTaken(const QString& name, const core::PublicKey& key) const;

private:
    QHash<core::PublicKey, std::string> skeletons_;
    QHash<std::string, QSet<core::PublicKey>> keys_;
};

} // namespace kith::model
