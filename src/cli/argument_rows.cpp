#include "cli/argument_rows.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kith::cli {

namespace {

constexpr int any = std::numeric_limits<int>::max();
constexpr QLatin1StringView somebody("a name, a Kith ID or an address");
constexpr QLatin1StringView person("a name or a Kith ID");
constexpr std::array commands = {
    CommandRow{Command::Host, QLatin1StringView("host"), 0, 0, {}},
    CommandRow{Command::Connect, QLatin1StringView("connect"), 1, 1,
               QLatin1StringView("an address, or - to read it from standard input")},
    CommandRow{Command::History, QLatin1StringView("history"), 0, 1, {}},
    CommandRow{Command::Search, QLatin1StringView("search"), 0, any, {}},
    CommandRow{Command::Export, QLatin1StringView("export"), 0, 1, {}},
    CommandRow{Command::Backup, QLatin1StringView("backup"), 1, 1, QLatin1StringView("a file to make")},
    CommandRow{Command::Restore, QLatin1StringView("restore"), 1, 1, QLatin1StringView("a backup's file")},
    CommandRow{Command::Clear, QLatin1StringView("clear"), 1, 1, somebody},
    CommandRow{Command::Delete, QLatin1StringView("delete"), 1, 1, somebody},
    CommandRow{Command::Keep, QLatin1StringView("keep"), 2, 2,
               QLatin1StringView("a name, a Kith ID or an address, and on or off")},
    CommandRow{Command::Id, QLatin1StringView("id"), 0, 0, {}},
    CommandRow{Command::Invite, QLatin1StringView("invite"), 0, 0, {}},
    CommandRow{Command::Invites, QLatin1StringView("invites"), 0, 2,
               QLatin1StringView("nothing more, or revoke and an ID")},
    CommandRow{Command::Contacts, QLatin1StringView("contacts"), 0, 0, {}},
    CommandRow{Command::Safety, QLatin1StringView("safety"), 1, 1, person},
    CommandRow{Command::Verify, QLatin1StringView("verify"), 1, 1, person},
    CommandRow{Command::Block, QLatin1StringView("block"), 1, 1, person},
    CommandRow{Command::Unblock, QLatin1StringView("unblock"), 1, 1, person},
    CommandRow{Command::Rename, QLatin1StringView("rename"), 2, 2,
               QLatin1StringView("a name or a Kith ID, and what to call them")},
    CommandRow{Command::Key, QLatin1StringView("key"), 2, 2,
               QLatin1StringView("export or import, and a file")},
};

constexpr unsigned everyCommand = ~0U;

constexpr std::array options = {
    OptionRow{Option::Profile, QLatin1StringView("profile"), true, everyCommand},
    OptionRow{Option::Log, QLatin1StringView("log"), true, everyCommand},
    OptionRow{Option::Json, QLatin1StringView("json"), false, everyCommand},
    OptionRow{Option::Plain, QLatin1StringView("plain"), false, of(Command::Host) | of(Command::Connect)},
    OptionRow{Option::Port, QLatin1StringView("port"), true, of(Command::Host)},
    OptionRow{Option::Accept, QLatin1StringView("accept"), true, of(Command::Host)},
    OptionRow{Option::Once, QLatin1StringView("once"), false, of(Command::Host) | of(Command::Invite)},
    OptionRow{Option::NoHistory, QLatin1StringView("no-history"), false,
              of(Command::Host) | of(Command::Connect)},
    OptionRow{Option::SandboxOptional, QLatin1StringView("sandbox-optional"), false,
              of(Command::Host) | of(Command::Connect)},
    OptionRow{Option::From, QLatin1StringView("from"), true, of(Command::Search)},
    OptionRow{Option::Until, QLatin1StringView("until"), true, of(Command::Search) | of(Command::Invite)},
    OptionRow{Option::Peer, QLatin1StringView("peer"), true, of(Command::Search)},
    OptionRow{Option::Output, QLatin1StringView("output"), true, of(Command::Export)},
    OptionRow{Option::Replace, QLatin1StringView("replace"), false,
              of(Command::Export) | of(Command::Backup) | of(Command::Restore) | of(Command::Key)},
    OptionRow{Option::Yes, QLatin1StringView("yes"), false, of(Command::Clear) | of(Command::Delete)},
    OptionRow{Option::New, QLatin1StringView("new"), false, of(Command::Connect)},
    OptionRow{Option::Differ, QLatin1StringView("differ"), false, of(Command::Verify)},
    OptionRow{Option::Resume, QLatin1StringView("resume"), false, of(Command::Verify)},
    OptionRow{Option::Help, QLatin1StringView("help"), false, everyCommand},
    OptionRow{Option::Version, QLatin1StringView("version"), false, everyCommand},
};

} // namespace

std::span<const CommandRow> commandRows() {
    return commands;
}

const CommandRow& rowOf(Command command) {
    return *std::ranges::find(commands, command, &CommandRow::command);
}

const CommandRow* commandOf(QStringView name) {
    const auto* row =
        std::ranges::find_if(commands, [&](const CommandRow& each) { return name == each.name; });
    return row == commands.end() ? nullptr : row;
}

const OptionRow* optionOf(QStringView name) {
    const auto* row = std::ranges::find_if(options, [&](const OptionRow& each) { return name == each.name; });
    return row == options.end() ? nullptr : row;
}

} // namespace kith::cli
