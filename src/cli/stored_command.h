// A command that works on the history, in whichever program has the profile open.
#pragma once

#include "cli/arguments.h"
#include "cli/event_sink.h"
#include "core/result.h"
#include "model/history.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kith::model {
class Messenger;
}

namespace kith::cli {

/// What a command needs of the program that carries it out. Everything but the sink outlives the command.
struct CommandPlace {
    model::History& history;
    /// The conversations that are going on; null where the program does nothing but this command.
    model::Messenger* messenger = nullptr;
    /// For what goes wrong, and for what only a person wants to read.
    std::shared_ptr<EventSink> sink;
    /// Standard output, and whether its reader has to catch up first.
    Writer out;
    std::function<bool()> isFull;
};

/// One command on its way. Owned by who carries it out: the program itself, or the reply to another one, with
/// which it stops and goes. Main thread; never blocks. Whatever cannot be done is told and makes the exit
/// status 1; finished() comes once, last, and never from within start().
class StoredCommand : public QObject {
    Q_OBJECT

public:
    /// The one that `arguments` ask for; null where they ask for a chat.
    [[nodiscard]] static std::unique_ptr<StoredCommand> make(const Arguments& arguments,
                                                             const CommandPlace& place);
    ~StoredCommand() override;

    /// Begins as soon as the history is open, or tells why it is not. A history that can only be read is told
    /// of where that matters: it is damaged, or the command writes.
    virtual void start();
    /// The reader has caught up.
    virtual void resume() {}

Q_SIGNALS:
    void finished(int exitStatus);

protected:
    StoredCommand(Arguments arguments, CommandPlace place);

    virtual void run() = 0;
    [[nodiscard]] virtual bool writes() const { return false; }

    [[nodiscard]] const Arguments& arguments() const { return arguments_; }
    [[nodiscard]] const CommandPlace& place() const { return place_; }
    [[nodiscard]] store::Store& store() const { return place_.history.store(); }

    /// Reads the list and calls `then` with those that PEER means (with no PEER everybody); where that is
    /// nobody, or several people, it is told and the command is finished.
    void findPeers(const std::function<void(const QList<store::Conversation>&)>& then);
    void tell(const core::Error& error);
    /// tell(), then finish().
    void fail(const core::Error& error);
    /// Finished, with words of their own: nothing is done.
    void refuse(const words::Sentence& why);
    void notice(const QString& text) { place_.sink->notice(text); }
    void finish();

private:
    void begin();

    Arguments arguments_;
    CommandPlace place_;
    bool begun_ = false;
    bool failed_ = false;
};

} // namespace kith::cli
