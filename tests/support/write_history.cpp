// write_history FOLDER: makes a profile's history of what it reads from standard input, for tests that are no
// C++: {"settings": {NAME: VALUE}, "talks": [{"address", "started", "ended", "draft", "said": [[MINE, TIME,
// TEXT]…]}…]}, times in milliseconds since 1970. "ended" and "draft" may be left out.
#include "support/written_history.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace kith;
using namespace Qt::StringLiterals;

namespace {

tests::Talk talkOf(const QJsonObject& object) {
    tests::Talk talk;
    talk.address = object["address"_L1].toString();
    talk.startedAt = object["started"_L1].toInteger();
    if (object.contains("ended"_L1))
        talk.endedAt = object["ended"_L1].toInteger();
    talk.draft = object["draft"_L1].toString();
    for (const auto& value : object["said"_L1].toArray()) {
        const QJsonArray said = value.toArray();
        talk.said.append({said[0].toBool(), said[1].toInteger(), said[2].toString()});
    }
    return talk;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    QFile input;
    if (QCoreApplication::arguments().size() != 2 || !input.open(stdin, QIODevice::ReadOnly))
        return 2;
    const QJsonObject object = QJsonDocument::fromJson(input.readAll()).object();
    tests::WrittenHistory history;
    for (const auto& talk : object["talks"_L1].toArray())
        history.talks.append(talkOf(talk.toObject()));
    const QJsonObject settings = object["settings"_L1].toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it)
        history.settings.insert(it.key(), it.value().toString());
    if (!object.isEmpty() && tests::writeHistory(QCoreApplication::arguments()[1], history))
        return 0;
    std::fputs("write_history: the history could not be written\n", stderr);
    return 1;
}
