#include "app/terminal_program.h"

#include "app/worker_program.h"
#include "cli/human_output.h"
#include "cli/json_output.h"
#include "core/limits.h"
#include "words/terminal_sentences.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
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

void TerminalProgram::start() {
    if (!openLog())
        return exit(1);
    if (arguments_.command != cli::Command::Connect || arguments_.address != u"-")
        return openProfile();
    connect(&input_, &cli::StandardInput::line, this, &TerminalProgram::takeAddress);
    connect(&input_, &cli::StandardInput::lineTooLong, this, [this] { takeAddress({}); });
    connect(&input_, &cli::StandardInput::ended, this, [this] { takeAddress({}); });
    input_.resume();
}

bool TerminalProgram::openLog() {
    if (arguments_.log.isEmpty())
        return true;
    const QByteArray path = QFile::encodeName(arguments_.log);
    logFile_.reset(open(path.constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600));
    if (!logFile_) {
        const QString why = QString::fromLocal8Bit(std::strerror(errno));
        error_.write(cli::forTerminal(words::terminalNoLog(arguments_.log, why)));
        return false;
    }
    log_ = std::make_unique<cli::OutputStream>(logFile_.get(), WhenFull::Drop);
    return true;
}

void TerminalProgram::takeAddress(const QByteArray& line) {
    input_.pause();
    input_.disconnect(this);
    address_ = line;
    openProfile();
}

void TerminalProgram::openProfile() {
    const QString folder =
        arguments_.profile.isEmpty() ? model::Profile::defaultFolder() : arguments_.profile;
    core::Result<model::Profile> opened = model::Profile::open(folder);
    if (opened) {
        profile_.emplace(std::move(opened).value());
        return cli::isStored(arguments_.command) ? carryOut() : chat();
    }
    const bool inUse = opened.error().reason == core::Reason::ProfileInUse;
    if (inUse && arguments_.command == cli::Command::Restore)
        return fail(core::Reason::ProfileInUse, words::terminalCloseFirst());
    if (inUse)
        return handOver(folder);
    words::Values values;
    values.profile = folder;
    fail(opened.error(), values);
}

void TerminalProgram::chat() {
    history_ = std::make_unique<model::History>(profile_->folder());
    connect(history_.get(), &model::History::stateChanged, this, &TerminalProgram::onHistoryChanged);
    history_->open();
    identity_ = std::make_unique<model::Identity>(profile_->folder());
    identity_->noteIn(*history_);
    identity_->load();
    people_ = std::make_unique<model::People>(*history_);
    invites_ = std::make_unique<model::Invites>(*history_);
    messenger_ = std::make_unique<model::Messenger>(model::MessengerPlace{
        workerProgram(), preferences_, *history_, *identity_, *people_, *invites_});
    chat_ = std::make_unique<cli::TerminalChat>(*messenger_, input_, *eventLog_, arguments_.json);
    connect(chat_.get(), &cli::TerminalChat::finished, this,
            [this](int status) { exitAfter(control_->server(), failed_ ? 1 : status); });
    if (arguments_.command == cli::Command::Host) {
        chat_->host(arguments_);
    } else {
        const QString address =
            arguments_.address == u"-" ? QString::fromUtf8(address_).trimmed() : arguments_.address;
        const core::Result<model::Conversation*> begun = chat_->connectTo(address, arguments_, true);
        if (!begun) {
            words::Values values;
            values.peer = address;
            return fail(begun.error(), values);
        }
    }
    control_ = std::make_unique<TerminalControl>(*chat_);
    control_->listen(model::Profile::controlSocket(profile_->folder()));
    chat_->start();
}

/// A history that can be read only is told of; without one nobody could tell who is blocked and what was
/// said.
void TerminalProgram::onHistoryChanged() {
    const model::History::State state = history_->state();
    if (state != model::History::State::ReadOnly && state != model::History::State::Failed)
        return;
    words::Values values;
    values.profile = history_->folder();
    values.file = history_->opened().copy;
    const core::Error why = history_->why().value_or(core::Error{});
    eventLog_->error(why.reason, words::forTerminalError(why, values));
    if (state == model::History::State::Failed) {
        failed_ = true;
        chat_->leave();
    }
}

void TerminalProgram::carryOut() {
    history_ = std::make_unique<model::History>(profile_->folder());
    commandControl_ = std::make_unique<CommandControl>(*history_);
    command_ = cli::StoredCommand::make(arguments_, {*history_, nullptr, eventLog_,
                                                     [this](const QByteArray& bytes) { out_.write(bytes); },
                                                     [this] { return out_.isFull(); }});
    connect(&out_, &cli::OutputStream::roomMade, command_.get(), &cli::StoredCommand::resume);
    connect(command_.get(), &cli::StoredCommand::finished, this,
            [this](int status) { exitAfter(commandControl_->server(), status); });
    if (arguments_.command != cli::Command::Restore) {
        history_->open();
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
    request_->start(model::Profile::controlSocket(folder), {arguments_.handOver, address_});
}

void TerminalProgram::onNotAnswered(const QString& folder) {
    if (heard_)
        return fail(core::Reason::ProfileInUse, words::terminalAnswerBroke());
    // It may have ended just now, and the profile be free.
    if (!std::exchange(asked_, true))
        return openProfile();
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
