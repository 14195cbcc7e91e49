#include "cli/hand_over.h"

#include "cli/argument_rows.h"

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

/// What follows the command; the options stand before it, and `--` between.
QStringList wordsAfter(const Arguments& a) {
    switch (a.command) {
    case Command::Host:
        return {};
    case Command::Connect:
        return {a.address};
    case Command::Search:
        return a.words.isEmpty() ? QStringList() : QStringList{a.words};
    case Command::Backup:
    case Command::Restore:
        return {a.file};
    case Command::Keep:
        return {a.peer, a.keep ? u"on"_s : u"off"_s};
    case Command::History:
    case Command::Export:
    case Command::Clear:
    case Command::Delete:
        break;
    }
    return a.peer.isEmpty() ? QStringList() : QStringList{a.peer};
}

} // namespace

QStringList handOverOf(const Arguments& a) {
    QStringList words{QString(rowOf(a.command).name)};
    const auto flag = [&](bool given, const QString& name) {
        if (given)
            words += name;
    };
    const auto value = [&](const QString& name, const QString& text) {
        if (!text.isEmpty())
            words += {name, text};
    };
    flag(a.json, u"--json"_s);
    flag(a.plain, u"--plain"_s);
    value(u"--port"_s, a.port ? QString::number(*a.port) : QString());
    value(u"--accept"_s, a.accept == Accept::All     ? u"all"_s
                         : a.accept == Accept::Known ? u"known"_s
                                                     : QString());
    flag(a.once, u"--once"_s);
    flag(!a.keepsHistory, u"--no-history"_s);
    value(u"--from"_s, a.from ? a.from->toString(Qt::ISODate) : QString());
    value(u"--until"_s, a.until ? a.until->toString(Qt::ISODate) : QString());
    value(u"--peer"_s, a.command == Command::Search ? a.peer : QString());
    value(u"--output"_s, a.command == Command::Export ? a.file : QString());
    flag(a.replace, u"--replace"_s);
    flag(a.yes, u"--yes"_s);
    return words + QStringList{u"--"_s} + wordsAfter(a);
}

} // namespace kith::cli
