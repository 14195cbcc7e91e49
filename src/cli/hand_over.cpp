#include "cli/hand_over.h"

#include "cli/argument_rows.h"

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

/// What follows the command; the options stand before it, and `--` between.
QStringList wordsAfter(const Arguments& a) {
    switch (a.command) {
    case Command::Host:
    case Command::Id:
    case Command::Invite:
    case Command::Contacts:
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
    case Command::Rename:
        return {a.peer, a.name};
    case Command::Invites:
        return a.invite.isEmpty() ? QStringList() : QStringList{u"revoke"_s, a.invite};
    case Command::Key:
        return {a.imports ? u"import"_s : u"export"_s, a.file};
    case Command::History:
    case Command::Export:
    case Command::Clear:
    case Command::Delete:
    case Command::Safety:
    case Command::Verify:
    case Command::Accept:
    case Command::Block:
    case Command::Unblock:
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
    value(u"--sessions"_s, a.sessions ? QString::number(*a.sessions) : QString());
    flag(!a.penalties, u"--no-penalties"_s);
    value(u"--from"_s, a.from ? a.from->toString(Qt::ISODate) : QString());
    value(u"--until"_s, a.until ? a.until->toString(Qt::ISODate) : QString());
    value(u"--peer"_s, a.command == Command::Search ? a.peer : QString());
    value(u"--output"_s, a.command == Command::Export ? a.file : QString());
    flag(a.replace, u"--replace"_s);
    flag(a.yes, u"--yes"_s);
    flag(a.somebodyNew, u"--new"_s);
    flag(a.compared == Compared::Differ, u"--differ"_s);
    flag(a.compared == Compared::Not, u"--resume"_s);
    return words + QStringList{u"--"_s} + wordsAfter(a);
}

} // namespace kith::cli
