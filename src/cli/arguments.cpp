#include "cli/arguments.h"

#include <array>
#include <vector>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

enum class Option : quint8 { Profile, Log, Json, Plain, Port, Accept, Once, Help, Version };

/// One option: its name, whether a value follows, and which commands know it.
struct OptionRow {
    Option option;
    QLatin1String name;
    bool hasValue;
    bool forHost;
    bool forConnect;
};

constexpr std::array optionRows = {
    OptionRow{Option::Profile, QLatin1String("profile"), true, true, true},
    OptionRow{Option::Log, QLatin1String("log"), true, true, true},
    OptionRow{Option::Json, QLatin1String("json"), false, true, true},
    OptionRow{Option::Plain, QLatin1String("plain"), false, true, true},
    OptionRow{Option::Port, QLatin1String("port"), true, true, false},
    OptionRow{Option::Accept, QLatin1String("accept"), true, true, false},
    OptionRow{Option::Once, QLatin1String("once"), false, true, false},
    OptionRow{Option::Help, QLatin1String("help"), false, true, true},
    OptionRow{Option::Version, QLatin1String("version"), false, true, true},
};

const OptionRow* rowOf(QStringView name) {
    for (const OptionRow& row : optionRows) {
        if (name == row.name)
            return &row;
    }
    return nullptr;
}

/// Takes the words one by one. What is wrong is told once, the first of it.
class Parser final {
public:
    explicit Parser(const QStringList& words)
        : words_(words) {}

    Parsed parse();

private:
    void takeOption(const QString& word);
    void apply(const OptionRow& row, const QString& value);
    void takePort(const QString& value);
    void takeAccept(const QString& value);
    void takePositional(const QString& word);
    void checkCommand();
    void fail(const QString& what) {
        if (mistake_.isEmpty())
            mistake_ = what;
    }

    const QStringList& words_;
    qsizetype next_ = 0;
    Arguments arguments_;
    std::optional<Command> command_;
    std::vector<const OptionRow*> given_;
    QStringList positional_;
    QString mistake_;
    bool help_ = false;
    bool version_ = false;
};

Parsed Parser::parse() {
    bool optionsEnded = false;
    while (next_ < words_.size()) {
        const QString& word = words_[next_++];
        if (!optionsEnded && word == u"--") {
            optionsEnded = true;
            arguments_.handOver += word;
        } else if (!optionsEnded && word == u"-h") {
            help_ = true;
        } else if (!optionsEnded && word.startsWith(u'-') && word != u"-") {
            takeOption(word);
        } else {
            takePositional(word);
        }
    }
    if (mistake_.isEmpty() && help_)
        return HelpAsked{command_};
    if (mistake_.isEmpty() && version_)
        return VersionAsked{};
    checkCommand();
    if (!mistake_.isEmpty())
        return UsageMistake{mistake_, arguments_.json};
    return arguments_;
}

void Parser::takeOption(const QString& word) {
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    const OptionRow* row = name.startsWith("--"_L1) ? rowOf(QStringView(name).mid(2)) : nullptr;
    if (!row)
        return fail(u"unknown option %1"_s.arg(name));
    if (!row->hasValue && equals >= 0)
        return fail(u"%1 takes no value"_s.arg(name));
    if (row->hasValue && equals < 0 && next_ == words_.size())
        return fail(u"%1 needs a value"_s.arg(name));
    QString value;
    if (row->hasValue)
        value = equals >= 0 ? word.mid(equals + 1) : words_[next_++];
    apply(*row, value);
    given_.push_back(row);
    if (row->option == Option::Profile || row->option == Option::Log)
        return;
    arguments_.handOver += name;
    if (row->hasValue)
        arguments_.handOver += value;
}

void Parser::apply(const OptionRow& row, const QString& value) {
    if (row.hasValue && value.isEmpty())
        return fail(u"--%1 needs a value"_s.arg(row.name));
    switch (row.option) {
    case Option::Profile:
        arguments_.profile = value;
        break;
    case Option::Log:
        arguments_.log = value;
        break;
    case Option::Json:
        arguments_.json = true;
        break;
    case Option::Plain:
        arguments_.plain = true;
        break;
    case Option::Port:
        takePort(value);
        break;
    case Option::Accept:
        takeAccept(value);
        break;
    case Option::Once:
        arguments_.once = true;
        break;
    case Option::Help:
        help_ = true;
        break;
    case Option::Version:
        version_ = true;
        break;
    }
}

void Parser::takePort(const QString& value) {
    bool digits = true;
    for (const QChar c : value)
        digits = digits && c >= u'0' && c <= u'9';
    bool ok = false;
    const ushort port = value.toUShort(&ok);
    if (!digits || !ok)
        return fail(u"--port takes a number from 0 to 65535, not %1"_s.arg(value));
    arguments_.port = port;
}

void Parser::takeAccept(const QString& value) {
    if (value == u"ask")
        arguments_.accept = Accept::Ask;
    else if (value == u"known")
        arguments_.accept = Accept::Known;
    else if (value == u"all")
        arguments_.accept = Accept::All;
    else
        fail(u"--accept takes ask, known or all, not %1"_s.arg(value));
}

void Parser::takePositional(const QString& word) {
    if (command_) {
        positional_ += word;
    } else if (word == u"host") {
        command_ = Command::Host;
    } else if (word == u"connect") {
        command_ = Command::Connect;
    } else {
        return fail(u"unknown command %1"_s.arg(word));
    }
    arguments_.handOver += word;
}

void Parser::checkCommand() {
    if (!command_)
        return fail(u"a command is missing: host or connect"_s);
    arguments_.command = *command_;
    const bool host = *command_ == Command::Host;
    for (const OptionRow* row : given_) {
        if (host ? !row->forHost : !row->forConnect)
            fail(u"--%1 does not go with %2"_s.arg(row->name, host ? "host"_L1 : "connect"_L1));
    }
    const qsizetype wanted = host ? 0 : 1;
    if (positional_.size() > wanted)
        return fail(u"one word too many: %1"_s.arg(positional_[wanted]));
    if (positional_.size() < wanted || (!host && positional_[0].isEmpty()))
        return fail(u"connect needs an address, or - to read it from standard input"_s);
    if (!host)
        arguments_.address = positional_[0];
}

constexpr auto generalHelp = R"(Talk directly, computer to computer, in a terminal.

  kith-cli [--profile DIR] [--log FILE] host [OPTIONS]       wait for someone to connect
  kith-cli [--profile DIR] [--log FILE] connect ADDRESS|-    go to someone who hosts

A line typed is a message; a message received is a line on standard output; everything else goes to
standard error. Each command explains itself: kith-cli host --help, kith-cli connect --help.

  --profile DIR  the folder of the profile. If a running Kith has it open, that one carries the command out
  --log FILE     append what happens to FILE: codes, process numbers and times; no names, keys or texts
  --help         this text
  --version      the version

Exit status: 0 ended well, 1 could not, 2 the command line is not understood.
)";

constexpr auto hostHelp = R"(kith-cli [--profile DIR] [--log FILE] host [OPTIONS]

Waits for people to connect and chats with them.

  --port N       listen on this port instead of 5188; 0: any that is free
  --plain        let plain-text programs in too: netcat, telnet, classic chat programs. Nothing protects them
  --accept WHO   ask (each is asked about, as you choose with /accept and /decline), known (only people you
                 know; a plain-text program never is) or all. Without it: ask
  --once         end after the first conversation
  --json         one JSON object a line, in both directions
)";

constexpr auto connectHelp = R"(kith-cli [--profile DIR] [--log FILE] connect ADDRESS|- [OPTIONS]

Connects to a host and chats. ADDRESS is a name or an address, with :PORT where it is not 5188, for example
192.168.1.7, [fe80::1%eth0]:5188 or example.org:5189. With - the first line of standard input is the address.

  --plain        in plain text, for netcat, telnet and classic chat programs. Nothing protects it
  --json         one JSON object a line, in both directions
)";

constexpr auto chatHelp = R"(
A line that begins with / is a command: /to NAME, /who, /accept [NAME], /decline [NAME], /quit, /help.
// sends a line that begins with /. Lines typed before anybody is there wait for the first who comes. At the
end of input, what waits is sent, and then all ends. Input is taken in order and is not read while too much of
it waits to be sent; output that nobody reads makes the peers wait in the same way.
)";

constexpr auto jsonHelp = R"(
With --json, standard input takes {"to":PEER,"text":TEXT} ("to" may be left out), {"accept":PEER} and
{"decline":PEER}; events are "listening", "connected", "request", "message", "state", "closed" and "error".
)";

} // namespace

Parsed parseArguments(const QStringList& words) {
    return Parser(words).parse();
}

QString helpText(std::optional<Command> command) {
    if (!command)
        return QString::fromUtf8(generalHelp);
    const char* own = *command == Command::Host ? hostHelp : connectHelp;
    return QString::fromUtf8(own) + QString::fromUtf8(chatHelp) + QString::fromUtf8(jsonHelp);
}

} // namespace kith::cli
