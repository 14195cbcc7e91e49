// A command that works on what a profile holds, in whichever program has it open.
#pragma once

#include "cli/arguments.h"
#include "cli/event_sink.h"
#include "cli/found_people.h"
#include "cli/json_output.h"
#include "core/result.h"
#include "model/history.h"

#include <QObject>

#include <functional>
#include <memory>
#include <utility>

namespace kith::model {
class Identity;
class Invites;
class Messenger;
class Preferences;
} // namespace kith::model

namespace kith::cli {

/// What a command needs of the program that carries it out. Everything but the sink outlives the command.
struct CommandPlace {
    model::History& history;
    model::Identity& identity;
    model::People& people;
    model::Invites& invites;
    /// The conversations that are going on; null where the program does nothing but this command.
    model::Messenger* messenger = nullptr;
    /// For what goes wrong, and for what only a person wants to read.
    std::shared_ptr<EventSink> sink;
    /// Standard output, and whether its reader has to catch up first.
    Writer out;
    std::function<bool()> isFull;
    /// What was read for it before it began: the passphrase of `key`.
    QByteArray input{};
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

    /// Begins as soon as what it needs is there, or tells why it is not. A history that can only be read is
    /// told of where that matters: it is damaged, or the command writes.
    virtual void start();
    /// The reader has caught up.
    virtual void resume() {}

Q_SIGNALS:
    void finished(int exitStatus);

protected:
    StoredCommand(Arguments arguments, CommandPlace place);

    virtual void run() = 0;
    [[nodiscard]] virtual bool writes() const { return false; }
    /// It can do its work without a history that can be read.
    [[nodiscard]] virtual bool needsHistory() const { return true; }
    /// Who we are has to be known; where nobody knows it yet, the key is read, or made.
    [[nodiscard]] virtual bool usesKey() const { return false; }

    [[nodiscard]] const Arguments& arguments() const { return arguments_; }
    [[nodiscard]] const CommandPlace& place() const { return place_; }
    /// CommandPlace::input, which is the caller's from then on.
    [[nodiscard]] QByteArray takeInput() { return std::exchange(place_.input, {}); }
    [[nodiscard]] store::Store& store() const { return place_.history.store(); }
    [[nodiscard]] PersonOf personOf() const;

    /// Reads the list and calls `then` with those that PEER means (with no PEER everybody); where that is
    /// nobody, or several people, it is told and the command is finished. Of a contact without a conversation
    /// it is onNothingSaid() that is called.
    void findPeers(const std::function<void(const QList<store::Conversation>&)>& then);
    virtual void onNothingSaid(const core::PublicKey& contact);
    /// The key that PEER means: a contact's, or one of `strangers`. Nothing where that was told and the
    /// command is finished.
    [[nodiscard]] std::optional<core::PublicKey> findPerson(const QList<core::PublicKey>& strangers = {});
    /// Calls `then` with the person's choices, as they are in the program or stored; those of a first start
    /// where nothing can be read.
    void withPreferences(const std::function<void(const model::Preferences&)>& then);
    /// Goes on when `change` is stored; where it could not be, that is told and the command is finished.
    void whenStored(const store::PendingStatus& change, const std::function<void()>& then);
    /// An answer on standard output: with `--json` the object, else the text.
    void print(const QString& text, const JsonFields& fields);
    void tell(const core::Error& error);
    /// tell(), then finish().
    void fail(const core::Error& error);
    /// Finished, with words of their own: nothing is done.
    void refuse(const words::Sentence& why, core::Reason code = core::Reason::UsageError);
    void notice(const QString& text) { place_.sink->notice(text); }
    void finish();

private:
    void begin();
    [[nodiscard]] bool isReady() const;
    void runWithHistory();

    Arguments arguments_;
    CommandPlace place_;
    bool begun_ = false;
    bool failed_ = false;
};

} // namespace kith::cli
