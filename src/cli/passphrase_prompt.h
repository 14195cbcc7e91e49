// Asking for a passphrase, as programs in a terminal do.
#pragma once

#include "cli/event_sink.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

namespace kith::cli {

class StandardInput;

/// Takes one line of standard input, or where a person types at a terminal, one for each of `questions`
/// (limits: the input's bound), which are shown in turn while the terminal shows nothing of what is typed.
/// Owned by main(); main thread; never blocks. One of given() and differ() comes, once, from the event loop;
/// destroying it at any time makes the terminal show what is typed again.
class PassphrasePrompt final : public QObject {
    Q_OBJECT

public:
    /// `fd` is what `input` reads; `show` writes to standard error. Both must outlive it.
    PassphrasePrompt(int fd, StandardInput& input, Writer show, QStringList questions,
                     QObject* parent = nullptr);
    ~PassphrasePrompt() override;

    void start();

Q_SIGNALS:
    /// The first line; empty where input ended before it or it was too long. Whoever takes it wipes it
    /// (secret_input.h); nothing else here holds it any more.
    void given(const QByteArray& passphrase);
    /// The lines were not all the same.
    void differ();

private:
    void ask();
    void take(const QByteArray& line);
    void showWhatIsTyped(bool show);

    int fd_;
    StandardInput& input_;
    Writer show_;
    QStringList questions_;
    QByteArray first_;
    qsizetype asked_ = 0;
    bool isTerminal_ = false;
    bool hidden_ = false;
};

} // namespace kith::cli
