// Which people's shown names can be taken for one another's.
#pragma once

#include "core/bytes.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace kith::model {

/// Shown names by their skeletons (model/look_alike.h), each under a key; kept up to date at a cost that does
/// not grow with the number of names. A value, used in the thread of its owner; it cannot fail.
class ShownNames final {
public:
    /// This key's name from now on, cleaned. The keys, itself among them, whose isAlike() has changed by it.
    QList<core::PublicKey> put(const core::PublicKey& key, const QString& name);
    QList<core::PublicKey> remove(const core::PublicKey& key);

    /// Another key's name looks the same.
    [[nodiscard]] bool isAlike(const core::PublicKey& key) const;
    /// The name, cleaned, looks like one under another key.
    [[nodiscard]] bool isTaken(const QString& name, const core::PublicKey& key) const;

private:
    QList<core::PublicKey> replace(const core::PublicKey& key, const QStringList& skeletons);
    void addFew(const QStringList& skeletons, QSet<core::PublicKey>& keys) const;

    QHash<core::PublicKey, QStringList> skeletons_;
    QHash<QString, QSet<core::PublicKey>> keys_;
};

} // namespace kith::model
