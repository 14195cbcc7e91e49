#include "cli/passphrase_prompt.h"

#include "cli/secret_input.h"
#include "cli/standard_input.h"

#include <utility>

#include <termios.h>
#include <unistd.h>

namespace kith::cli {

PassphrasePrompt::PassphrasePrompt(int fd, StandardInput& input, Writer show, QStringList questions,
                                   QObject* parent)
    : QObject(parent)
    , fd_(fd)
    , input_(input)
    , show_(std::move(show))
    , questions_(std::move(questions))
    , isTerminal_(isatty(fd) == 1) {}

PassphrasePrompt::~PassphrasePrompt() {
    showWhatIsTyped(true);
}

void PassphrasePrompt::start() {
    connect(&input_, &StandardInput::line, this, &PassphrasePrompt::take);
    connect(&input_, &StandardInput::lineTooLong, this, [this] { take({}); });
    connect(&input_, &StandardInput::ended, this, [this] { take({}); });
    showWhatIsTyped(false);
    ask();
    input_.resume();
}

void PassphrasePrompt::showWhatIsTyped(bool show) {
    if (!isTerminal_ || show == !hidden_)
        return;
    termios settings{};
    if (tcgetattr(fd_, &settings) != 0)
        return;
    if (show)
        settings.c_lflag |= tcflag_t{ECHO};
    else
        settings.c_lflag &= ~tcflag_t{ECHO};
    // What was typed before the question is no answer to it.
    hidden_ = tcsetattr(fd_, TCSAFLUSH, &settings) == 0 && !show;
}

void PassphrasePrompt::ask() {
    if (isTerminal_)
        show_(questions_[asked_].toUtf8());
}

void PassphrasePrompt::take(const QByteArray& line) {
    if (isTerminal_)
        show_("\n"); // the one that was typed did not show
    const bool isLast = !isTerminal_ || ++asked_ == questions_.size();
    const bool isFirst = asked_ <= 1;
    if (isFirst)
        first_ = line;
    if (!isLast && !line.isEmpty())
        return ask();
    input_.pause();
    input_.disconnect(this);
    showWhatIsTyped(true);
    input_.forget();
    // The answer is wiped by who takes it; one to a later question is another copy.
    QByteArray answer = std::exchange(first_, {});
    QByteArray last = line;
    const bool agree = last == answer;
    if (!agree || !isFirst)
        wipe(last);
    if (agree)
        return Q_EMIT given(answer);
    wipe(answer);
    Q_EMIT differ();
}

} // namespace kith::cli
