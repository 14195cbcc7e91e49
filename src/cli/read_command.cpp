#include "cli/read_command.h"

#include "words/terminal_sentences.h"

namespace kith::cli {

namespace {

qint64 beginOf(const QDate& day) {
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

ReadCommand::ReadCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place)
    , lines_(arguments.json, place.messenger == nullptr, personOf()) {}

void ReadCommand::run() {
    if (arguments().command == Command::History)
        return findPeers([this](const QList<store::Conversation>& found) { read({found, std::nullopt}); });
    store::SearchRequest search;
    search.words = arguments().words;
    if (arguments().from)
        search.from = beginOf(*arguments().from);
    if (arguments().until)
        search.until = beginOf(arguments().until->addDays(1));
    if (arguments().peer.isEmpty())
        return read({{}, search});
    findPeers([this, search](const QList<store::Conversation>& found) { read({found, search}); });
}

void ReadCommand::read(const ReadRequest& request) {
    reader_ = std::make_unique<EntryReader>(store(), request);
    connect(reader_.get(), &EntryReader::read, this, &ReadCommand::onRead);
    connect(reader_.get(), &EntryReader::ended, this, &ReadCommand::onEnded);
    connect(reader_.get(), &EntryReader::failed, this, [this](const core::Error& error) { fail(error); });
    reader_->next();
}

void ReadCommand::onRead(const QList<store::Entry>& entries) {
    found_ = true;
    QByteArray bytes;
    for (const store::Entry& entry : entries)
        bytes += lines_.next(reader_->conversationOf(entry), entry);
    place().out(bytes);
    waiting_ = true;
    resume();
}

void ReadCommand::resume() {
    if (!waiting_ || place().isFull())
        return;
    waiting_ = false;
    reader_->next();
}

void ReadCommand::onEnded() {
    if (reader_->isDamaged())
        tell({core::Reason::StoreDamaged, 0, {}});
    if (!found_ && arguments().command == Command::Search)
        notice(words::terminalNothingFound(arguments().words));
    finish();
}

} // namespace kith::cli
