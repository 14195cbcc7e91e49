// Names that look alike though they are not the same.
#pragma once

#include <QString>
#include <QStringList>

namespace kith::model {

/// What a name looks like: skeletons (UTS #39 section 4, by ICU), of which there are one or two, or none for
/// an empty name. Two names look alike where they have one in common: "Alice" and "Alісе" with Cyrillic
/// letters, "Mom" and "Morn", "Bob" and "B0b", "Ann" and "ANN", "Al" with a small L and "AI" with a capital
/// I, "José" and "Jose", a name and the same under a heap of marks. One name's case and another's shapes are
/// both overlooked, but not both at once, as "Kai" would be "Kal" then. For names that core::cleanName has
/// cleaned, so that nothing invisible is in them. Only to be compared, never to be shown or stored: another
/// ICU makes others. Any thread; about 10 us.
[[nodiscard]] QStringList skeletons(const QString& name);

/// Have the two names a skeleton in common?
[[nodiscard]] bool lookAlike(const QString& one, const QString& other);

} // namespace kith::model
