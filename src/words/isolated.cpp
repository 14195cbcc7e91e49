#include "words/isolated.h"

#include <QList>

#include <algorithm>

namespace kith::words {

QString isolated(const QString& name) {
    const QList<uint> characters = name.toUcs4();
    const bool fromTheRight = std::ranges::any_of(characters, [](uint c) {
        const QChar::Direction direction = QChar::direction(c);
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
    });
    return fromTheRight ? QChar(0x2068) + name + QChar(0x2069) : name;
}

} // namespace kith::words
