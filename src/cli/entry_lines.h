// What was said, as `history` and `search` write it.
#pragma once

#include "cli/found_people.h"
#include "model/message_list.h"

#include <QByteArray>
#include <QDate>
#include <QString>

#include <utility>

namespace kith::cli {

/// The host of a conversation with its brackets and port taken off; the address itself where it is none.
[[nodiscard]] QString hostOf(const store::Conversation& conversation);
/// What our person called it, or the host; of a contact's, the name that is shown.
[[nodiscard]] QString nameOf(const store::Conversation& conversation, const PersonOf& personOf = {});
/// The address, or a contact's Kith ID.
[[nodiscard]] QString peerOf(const store::Conversation& conversation);

/// Turns entries, one after the other, into lines: a JSON object each, or a heading for each new day and then
/// time, name and text, escaped as everything from outside. A value; any thread that may translate.
class EntryLines final {
public:
    /// `allOver`: no conversation goes on, whatever its row says; a program that was killed could not end it.
    explicit EntryLines(bool json, bool allOver = false, PersonOf personOf = {})
        : json_(json)
        , allOver_(allOver)
        , personOf_(std::move(personOf)) {}

    /// Whole lines.
    [[nodiscard]] QByteArray next(const store::Conversation& conversation, const store::Entry& entry);

private:
    bool json_;
    bool allOver_;
    PersonOf personOf_;
    QDate day_; ///< of the last heading
};

} // namespace kith::cli
