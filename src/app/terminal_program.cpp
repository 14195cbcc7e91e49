#include "app/terminal_program.h"

#include "app/worker_program.h"
#include "cli/dialled.h"
#include "cli/human_output.h"
#include "cli/json_output.h"
#include "cli/log_line.h"
#include "cli/secret_input.h"
#include "core/limits.h"
#include "words/people_sentences.h"
#include "words/terminal_sentences.h"

#include <QCoreApplication>
#include <QTimer>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace kith::app {

using namespace Qt::StringLiterals;
using WhenFull = cli::OutputStream::WhenFull;

namespace {

/// One byte over the longest message, so that TextTooLong is told of by who knows the text; with `--json` a
/// line is an object, with its escapes.
qsizetype lineBound(bool json) {
    return static_cast<qsizetype>(json ? core::limits::controlLine : core::limits::messageText + 1);
}

} // namespace

TerminalProgram::TerminalProgram(cli::Arguments arguments, QObject* parent)
    : QObject(parent)
    , arguments_(std::move(arguments))
    , input_(STDIN_FILENO, lineBound(arguments_.json))
    , out_(STDOUT_FILENO, WhenFull::Wait)
    , error_(STDERR_FILENO, WhenFull::Drop) {
    out_.setInterrupt(signals_.descriptor());
    const cli::Writer out = [this](const QByteArray& bytes) { out_.write(bytes); };
    const cli::Writer error = [this](const QByteArray& bytes) { error_.write(bytes); };
    if (arguments_.json)
        output_ = std::make_unique<cli::JsonOutput>(out);
    else
        output_ = std::make_unique<cli::HumanOutput>(out, error);
    eventLog_ = std::make_shared<cli::EventLog>(*output_, [this](const QByteArray& bytes) {
        if (log_)
            log_->write(bytes);
    });
    connect(&signals_, &cli::EndSignals::received, this, [this] {
        if (chat_)
            chat_->leave();
        else
            QCoreApplication::exit(1); // who reads nothing is not waited for
    });
    connect(&out_, &cli::OutputStream::broken, this, [this] {
        if (chat_)
            chat_->leave();
        else
            exit(0);
    });
}

TerminalProgram::~TerminalProgram() {
    cli::wipe(firstLine_); // where another program carried it out, or none did
}

void TerminalProgram::start() {
    if (!openLog())
        return exit(1);
    if (arguments_.command == cli::Command::Key)
        return askPassphrase();
    if (arguments_.command != cli::Command::Connect || arguments_.address != u"-")
        return openProfile();
    connect(&input_, &cli::StandardInput::line, this, &TerminalProgram::takeFirstLine);
    connect(&input_, &cli::StandardInput::lineTooLong, this, [this] { takeFirstLine({}); });
    connect(&input_, &cli::StandardInput::ended, this, [this] { takeFirstLine({}); });
    input_.resume();
}

/// Before the profile is taken, so that nobody else waits for a person who types.
void TerminalProgram::askPassphrase() {
    const QStringList questions =
        arguments_.imports ? QStringList{words::terminalPassphrase()}
                           : QStringList{words::terminalNewPassphrase(), words::terminalPassphraseAgain()};
    prompt_ = std::make_unique<cli::PassphrasePrompt>(
        STDIN_FILENO, input_, [this](const QByteArray& bytes) { error_.write(bytes); }, questions);
    connect(prompt_.get(), &cli::PassphrasePrompt::given, this, &TerminalProgram::takeFirstLine);
    connect(prompt_.get(), &cli::PassphrasePrompt::differ, this,
            [this] { fail(core::Reason::UsageError, words::terminalPassphrasesDiffer()); });
    prompt_->start();
}

bool TerminalProgram::openLog() {
    if (arguments_.log.isEmpty())
        return true;
    logFile_ = cli::openLogFile(arguments_.log);
    if (!logFile_) {
        const QString why = QString::fromLocal8Bit(std::strerror(errno));
        error_.write(cli::forTerminal(words::terminalNoLog(arguments_.log, why)));
        return false;
    }
    log_ = std::make_unique<cli::OutputStream>(logFile_.get(), WhenFull::Drop);
    return true;
}

void TerminalProgram::takeFirstLine(const QByteArray& line) {
    input_.pause();
    input_.disconnect(this);
    firstLine_ = line;
    openProfile();
}

void TerminalProgram::openProfile() {
    const QString folder =
        arguments_.profile.isEmpty() ? model::Profile::defaultFolder() : arguments_.profile;
    core::Result<model::Profile> opened = model::Profile::open(folder);
    if (opened)
        return useProfile(std::move(opened).value());
    const bool inUse = opened.error().reason == core::Reason::ProfileInUse;
    if (inUse && arguments_.command == cli::Command::Restore)
        return fail(core::Reason::ProfileInUse, words::terminalCloseFirst());
    if (inUse)
        return handOver(folder);
    words::Values values;
    values.profile = folder;
    fail(opened.error(), values);
}

void TerminalProgram::useProfile(model::Profile profile) {
    profile_.emplace(std::move(profile));
    if (cli::isStored(arguments_.command))
        carryOut();
    else
        chat();
}

void TerminalProgram::chat() {
    parts_ = std::make_unique<ProfileParts>(profile_->folder());
    settings_ = std::make_unique<model::ProfileSettings>(parts_->history, preferences_);
    messenger_ = std::make_unique<model::Messenger>(model::MessengerPlace{
        workerProgram(), preferences_, parts_->history, parts_->identity, parts_->people, parts_->invites});
    chat_ = std::make_unique<cli::TerminalChat>(*messenger_, input_, *eventLog_, arguments_.json);
    control_ = std::make_unique<TerminalControl>(*chat_);
    connect(chat_.get(), &cli::TerminalChat::finished, this, [this](int status) {
        eventLog_->door(messenger_->door());
        settings_->flush();
        exitAfter(control_->server(), failed_ ? 1 : status);
    });
    connect(&parts_->history, &model::History::stateChanged, this, &TerminalProgram::onHistoryChanged);
    connect(&parts_->identity, &model::Identity::stateChanged, this, &TerminalProgram::beginWhenReady);
    connect(&parts_->people, &model::People::ready, this, &TerminalProgram::beginWhenReady);
    connect(settings_.get(), &model::ProfileSettings::settled, this, &TerminalProgram::beginWhenReady);
    parts_->history.open();
    parts_->identity.load();
}

void TerminalProgram::beginWhenReady() {
    const bool ready = parts_->identity.state() != model::Identity::State::Loading &&
                       parts_->people.isReady() && settings_->isSettled();
    if (begun_ || failed_ || !ready)
        return;
    begun_ = true;
    if (!begin())
        return;
    control_->listen(model::Profile::controlSocket(profile_->folder()));
    chat_->start();
}

bool TerminalProgram::begin() {
    if (arguments_.command == cli::Command::Host) {
        if (const std::optional<core::Error>& why = parts_->identity.why()) {
            words::Values values;
            values.file = profile_->folder() + u'/' + model::Identity::fileName();
            if (!arguments_.plain) {
                fail(*why, values);
                return false;
            }
            eventLog_->error(why->reason, words::forTerminalError(*why, values));
        }
        chat_->host(arguments_);
        return true;
    }
    const QString typed =
        arguments_.address == u"-" ? QString::fromUtf8(firstLine_).trimmed() : arguments_.address;
    const core::Result<model::Conversation*> begun = chat_->connectTo(typed, arguments_, true);
    if (begun)
        return true;
    words::Values values = cli::dialledValues(parts_->people, typed);
    values.file = profile_->folder() + u'/' + model::Identity::fileName();
    fail(begun.error(), values);
    return false;
}

/// A history that can be read only is told of; without one nobody could tell who is blocked and what was
/// said.
void TerminalProgram::onHistoryChanged() {
    const model::History& history = parts_->history;
    const model::History::State state = history.state();
    if (state != model::History::State::ReadOnly && state != model::History::State::Failed)
        return;
    words::Values values;
    values.profile = history.folder();
    values.file = history.opened().copy;
    const core::Error why = history.why().value_or(core::Error{});
    eventLog_->error(why.reason, words::forTerminalError(why, values));
    if (state == model::History::State::Failed) {
        failed_ = true;
        chat_->leave();
    }
}

void TerminalProgram::carryOut() {
    parts_ = std::make_unique<ProfileParts>(profile_->folder());
    commandControl_ = std::make_unique<CommandControl>(*parts_);
    const cli::CommandPlace place{parts_->history,
                                  parts_->identity,
                                  parts_->people,
                                  parts_->invites,
                                  nullptr,
                                  eventLog_,
                                  [this](const QByteArray& bytes) { out_.write(bytes); },
                                  [this] { return out_.isFull(); },
                                  firstLine_};
    command_ = cli::StoredCommand::make(arguments_, place);
    connect(&out_, &cli::OutputStream::roomMade, command_.get(), &cli::StoredCommand::resume);
    connect(command_.get(), &cli::StoredCommand::finished, this,
            [this](int status) { exitAfter(commandControl_->server(), status); });
    if (arguments_.command != cli::Command::Restore) {
        parts_->history.open();
        commandControl_->listen(model::Profile::controlSocket(profile_->folder()));
    }
    command_->start();
}

void TerminalProgram::handOver(const QString& folder) {
    request_ = std::make_unique<supervisor::ControlRequest>();
    const auto passTo = [this](cli::OutputStream& stream) {
        return [this, &stream](const QByteArray& bytes) {
            heard_ = true;
            stream.write(bytes);
        };
    };
    connect(request_.get(), &supervisor::ControlRequest::out, this, passTo(out_));
    connect(request_.get(), &supervisor::ControlRequest::error, this, passTo(error_));
    connect(request_.get(), &supervisor::ControlRequest::finished, this, &TerminalProgram::exit);
    connect(
        request_.get(), &supervisor::ControlRequest::failed, this, [this, folder] { onNotAnswered(folder); },
        Qt::QueuedConnection);
    connect(
        request_.get(), &supervisor::ControlRequest::notServed, this, [this, folder] { onNotServed(folder); },
        Qt::QueuedConnection);
    request_->start(model::Profile::controlSocket(folder), {arguments_.handOver, firstLine_});
}

/// The program that had the profile may have let it go.
void TerminalProgram::onNotServed(const QString& folder) {
    if (!request_ || heard_)
        return;
    core::Result<model::Profile> opened = model::Profile::open(folder);
    if (!opened)
        return;
    request_.reset();
    useProfile(std::move(opened).value());
}

void TerminalProgram::onNotAnswered(const QString& folder) {
    if (profile_)
        return; // it was free in the same moment
    if (heard_)
        return fail(core::Reason::ProfileInUse, words::terminalAnswerBroke());
    // It may be about to end, which takes a while where something still has to go out, or have ended just
    // now: the profile is tried again, and after the last silence once more.
    const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(core::limits::controlAnswer);
    const bool isFirst = !asked_.isValid();
    if (isFirst)
        asked_.start();
    if (isFirst || !asked_.hasExpired(patience.count()) || !std::exchange(askedLast_, true)) {
        QTimer::singleShot(core::limits::controlRetry, this, &TerminalProgram::openProfile);
        return;
    }
    words::Values values;
    values.profile = folder;
    fail({core::Reason::ProfileInUse, 0, {}}, values);
}

void TerminalProgram::fail(const core::Error& error, const words::Values& values) {
    fail(error.reason, words::forTerminalError(error, values));
}

void TerminalProgram::fail(core::Reason reason, const words::Sentence& sentence) {
    eventLog_->error(reason, sentence);
    exit(1);
}

void TerminalProgram::exitAfter(supervisor::ControlServer& server, int status) {
    server.close();
    if (!server.isBusy())
        return exit(status);
    connect(&server, &supervisor::ControlServer::idle, this, [this, status] { exit(status); });
    QTimer::singleShot(core::limits::controlAnswer, this, [this, status] { exit(status); });
}

void TerminalProgram::exit(int status) {
    out_.flush();
    QCoreApplication::exit(status);
}

} // namespace kith::app
