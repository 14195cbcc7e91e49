// Whom PEER means among the people who are known by a key.
#pragma once

#include "core/bytes.h"
#include "model/people.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace kith::cli {

/// The contact with this key, or null: People::find() without the People.
using PersonOf = std::function<const model::Person*(const core::PublicKey&)>;

/// Those that a PEER means; more than one: none is meant. `names` bear the beginning of the Kith ID.
struct FoundPeople {
    QList<core::PublicKey> keys;
    QStringList names;
};

/// Does `typed` mean this person: as a whole (a Kith ID or the name that is shown), or as the beginning of
/// one of them?
[[nodiscard]] bool isPerson(const QString& typed, const model::Person& person);
[[nodiscard]] bool beginsPerson(const QString& typed, const model::Person& person);

/// What fits as a whole comes before what only begins so. Of those of `keys` that are none of
/// `people`, the Kith ID alone counts. Total; no I/O; any thread.
[[nodiscard]] FoundPeople findPeople(const QString& typed, const QList<model::Person>& people,
                                     const QList<core::PublicKey>& keys = {});
/// A whole Kith ID, whoever's it is.
[[nodiscard]] std::optional<core::PublicKey> keyOf(const QString& typed);

/// "Ann (ABCD-EFGH…)", for where a name alone could mean somebody else; the name isolated.
[[nodiscard]] QString nameWithId(const model::Person& person);
/// The same where another contact's name looks alike, else the name alone.
[[nodiscard]] QString nameOf(const model::Person& person);
/// The same for programs: not isolated.
[[nodiscard]] QString bareNameOf(const model::Person& person);

} // namespace kith::cli
