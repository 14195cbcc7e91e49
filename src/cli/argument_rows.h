// The words that kith-cli understands: commands and options, each with what goes with it. Inside cli/ alone;
// total; any thread.
#pragma once

#include "cli/arguments.h"

#include <QLatin1StringView>
#include <QStringView>

#include <span>

namespace kith::cli {

/// A command's name, how many words follow it, and what is said where there are too few.
struct CommandRow {
    Command command;
    QLatin1StringView name;
    int least;
    int most;
    QLatin1StringView missing;
};

enum class Option : quint8 {
    Profile,
    Log,
    Json,
    Plain,
    Port,
    Accept,
    Once,
    NoHistory,
    SandboxOptional,
    From,
    Until,
    Peer,
    Output,
    Replace,
    Yes,
    New,
    Differ,
    Resume,
    Help,
    Version,
};

/// A set of commands, a bit for each.
constexpr unsigned of(Command command) {
    return 1U << static_cast<unsigned>(command);
}

/// One option: its name, whether a value follows, and which commands know it.
struct OptionRow {
    Option option;
    QLatin1StringView name;
    bool hasValue;
    unsigned commands;
};

/// In the order in which a person reads of them.
[[nodiscard]] std::span<const CommandRow> commandRows();
[[nodiscard]] const CommandRow& rowOf(Command command);
/// Null where there is none of that name.
[[nodiscard]] const CommandRow* commandOf(QStringView name);
/// `name` without its dashes; null as above.
[[nodiscard]] const OptionRow* optionOf(QStringView name);

} // namespace kith::cli
