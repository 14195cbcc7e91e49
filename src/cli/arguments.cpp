#include "cli/arguments.h"

#include "cli/argument_rows.h"
#include "cli/hand_over.h"

#include <algorithm>
#include <vector>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

/// Takes the words one by one. What is wrong is told once, the first of it.
class Parser final {
public:
    Parser(const QStringList& words, const QString& folder)
        : words_(words)
        , folder_(folder) {}

    Parsed parse();

private:
    void takeOption(const QString& word);
    void apply(const OptionRow& row, const QString& value);
    void takePort(const QString& value);
    void takeAccept(const QString& value);
    void takeDay(std::optional<QDate>& day, const OptionRow& row, const QString& value);
    void takePositional(const QString& word);
    void checkCommand();
    [[nodiscard]] bool hasEmptyWord() const;
    void checkOptions();
    void takeWords();
    void takeKeep();
    void takeInvites();
    void takeKey();
    [[nodiscard]] QString absolute(const QString& file) const;
    void fail(const QString& what) {
        if (mistake_.isEmpty())
            mistake_ = what;
    }

    const QStringList& words_;
    const QString& folder_;
    qsizetype next_ = 0;
    Arguments arguments_;
    const CommandRow* command_ = nullptr;
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
        if (!optionsEnded && word == u"--")
            optionsEnded = true;
        else if (!optionsEnded && word == u"-h")
            help_ = true;
        else if (!optionsEnded && word.startsWith(u'-') && word != u"-")
            takeOption(word);
        else
            takePositional(word);
    }
    if (mistake_.isEmpty() && help_)
        return HelpAsked{command_ ? std::optional(command_->command) : std::nullopt};
    if (mistake_.isEmpty() && version_)
        return VersionAsked{};
    checkCommand();
    if (!mistake_.isEmpty())
        return UsageMistake{mistake_, arguments_.json};
    arguments_.handOver = handOverOf(arguments_);
    return arguments_;
}

void Parser::takeOption(const QString& word) {
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    const OptionRow* row = name.startsWith("--"_L1) ? optionOf(QStringView(name).mid(2)) : nullptr;
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
    case Option::NoHistory:
        arguments_.keepsHistory = false;
        break;
    case Option::SandboxOptional:
        arguments_.sandboxOptional = true;
        break;
    case Option::From:
    case Option::Until:
        takeDay(row.option == Option::From ? arguments_.from : arguments_.until, row, value);
        break;
    case Option::Peer:
        arguments_.peer = value;
        break;
    case Option::Output:
        arguments_.file = absolute(value);
        break;
    case Option::Replace:
        arguments_.replace = true;
        break;
    case Option::Yes:
        arguments_.yes = true;
        break;
    case Option::New:
        arguments_.somebodyNew = true;
        break;
    case Option::Differ:
    case Option::Resume:
        arguments_.compared = row.option == Option::Differ ? Compared::Differ : Compared::Not;
        break;
    case Option::Help:
    case Option::Version:
        (row.option == Option::Help ? help_ : version_) = true;
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

void Parser::takeDay(std::optional<QDate>& day, const OptionRow& row, const QString& value) {
    const QDate taken = QDate::fromString(value, u"yyyy-MM-dd"_s);
    if (!taken.isValid())
        return fail(u"--%1 takes a day as YYYY-MM-DD, not %2"_s.arg(row.name, value));
    day = taken;
}

void Parser::takePositional(const QString& word) {
    if (command_)
        positional_ += word;
    else if (command_ = commandOf(word); !command_)
        fail(u"unknown command %1"_s.arg(word));
}

void Parser::checkCommand() {
    if (!command_) {
        QStringList names;
        for (const CommandRow& row : commandRows())
            names += QString(row.name);
        return fail(u"a command is missing: %1"_s.arg(names.join(u", "_s)));
    }
    arguments_.command = command_->command;
    checkOptions();
    if (positional_.size() > command_->most)
        return fail(u"one word too many: %1"_s.arg(positional_[command_->most]));
    if (positional_.size() < command_->least || hasEmptyWord())
        return fail(u"%1 needs %2"_s.arg(command_->name, command_->missing));
    takeWords();
}

bool Parser::hasEmptyWord() const {
    if (arguments_.command == Command::Search)
        return false;
    // An empty name takes the one before away.
    const qsizetype named = arguments_.command == Command::Rename ? 1 : positional_.size();
    return std::ranges::any_of(positional_.first(std::min(named, positional_.size())),
                               [](const QString& word) { return word.isEmpty(); });
}

void Parser::checkOptions() {
    for (const OptionRow* row : given_) {
        if ((row->commands & of(command_->command)) == 0)
            fail(u"--%1 does not go with %2"_s.arg(row->name, command_->name));
    }
    if (arguments_.from && arguments_.until && *arguments_.from > *arguments_.until)
        fail(u"--from is a later day than --until"_s);
    if (arguments_.somebodyNew && arguments_.plain)
        fail(u"--new does not go with --plain, where nobody has a key"_s);
}

void Parser::takeWords() {
    switch (arguments_.command) {
    case Command::Host:
    case Command::Id:
    case Command::Invite:
    case Command::Contacts:
        break;
    case Command::Connect:
        arguments_.address = positional_[0];
        break;
    case Command::Search:
        arguments_.words = positional_.join(u' ').trimmed();
        if (arguments_.words.isEmpty() && !arguments_.from && !arguments_.until)
            fail(u"search needs words, or days with --from and --until"_s);
        break;
    case Command::Backup:
    case Command::Restore:
        arguments_.file = absolute(positional_[0]);
        break;
    case Command::Keep:
        takeKeep();
        break;
    case Command::Invites:
        takeInvites();
        break;
    case Command::Rename:
        arguments_.peer = positional_[0];
        arguments_.name = positional_[1];
        break;
    case Command::Key:
        takeKey();
        break;
    case Command::History:
    case Command::Export:
    case Command::Clear:
    case Command::Delete:
    case Command::Safety:
    case Command::Verify:
    case Command::Block:
    case Command::Unblock:
        arguments_.peer = positional_.value(0);
        break;
    }
}

void Parser::takeKeep() {
    arguments_.peer = positional_[0];
    arguments_.keep = positional_[1] == u"on";
    if (positional_[1] != u"on" && positional_[1] != u"off")
        fail(u"keep takes on or off, not %1"_s.arg(positional_[1]));
}

void Parser::takeInvites() {
    if (positional_.isEmpty())
        return;
    if (positional_[0] != u"revoke")
        return fail(u"invites takes revoke, not %1"_s.arg(positional_[0]));
    arguments_.invite = positional_.value(1);
    if (arguments_.invite.isEmpty())
        fail(u"invites revoke needs an ID, as invites lists them"_s);
}

void Parser::takeKey() {
    arguments_.imports = positional_[0] == u"import";
    arguments_.file = absolute(positional_[1]);
    if (positional_[0] != u"import" && positional_[0] != u"export")
        fail(u"key takes export or import, not %1"_s.arg(positional_[0]));
    else if (arguments_.imports && arguments_.replace)
        fail(u"--replace does not go with key import, which deletes nothing"_s);
}

QString Parser::absolute(const QString& file) const {
    return file.startsWith(u'/') || folder_.isEmpty() ? file : QString(folder_ + u'/' + file);
}

} // namespace

Parsed parseArguments(const QStringList& words, const QString& folder) {
    return Parser(words, folder).parse();
}

} // namespace kith::cli
