// The command line of kith: words in, what is asked for or what is wrong with it out. Total; no I/O; any
// thread.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace kith::app {

/// A command line that is understood. A value.
struct WindowArguments {
    QString profile;                ///< empty: the default one
    bool host = false;              ///< host at once ...
    std::optional<quint16> port;    ///< ... on this port; nothing: the one last used
    std::optional<QString> address; ///< --connect, or a link: fills the Connect form; empty: leaves it empty
    bool background = false;        ///< no window at first
    QString log{};                  ///< append what happens to this file; empty: to none

    bool operator==(const WindowArguments&) const = default;

    /// What a running program that holds the profile is asked for, in the words of
    /// supervisor::ControlCommand.
    [[nodiscard]] QStringList handOver() const;
};

/// `--help` was given.
struct WindowHelpAsked {};

/// `--version` was given.
struct WindowVersionAsked {};

/// What cannot be understood, in a few words; exit status 2.
struct WindowMistake {
    QString what;
};

using WindowParsed = std::variant<WindowArguments, WindowHelpAsked, WindowVersionAsked, WindowMistake>;

/// `words` without the program's name.
[[nodiscard]] WindowParsed parseWindowArguments(const QStringList& words);

/// What `--help` prints, ending with a newline.
[[nodiscard]] QString windowHelp();

/// The arguments as text. Links are overwritten in `argv` itself, as every user of this computer can read
/// there (proc(5), /proc/PID/cmdline) and an invite is a secret.
[[nodiscard]] QStringList takeWords(int argc, char** argv);

} // namespace kith::app
