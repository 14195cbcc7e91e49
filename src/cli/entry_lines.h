// What was said, as `history` and `search` write it.
#pragma once

#include "model/message_list.h"

#include <QByteArray>
#include <QDate>
#include <QString>

namespace kith::cli {

/// The host of a conversation with its brackets and port taken off; the address itself where it is none.
[[nodiscard]] QString hostOf(const store::Conversation& conversation);
/// What our person called it, or the host.
[[nodiscard]] QString nameOf(const store::Conversation& conversation);

/// Turns entries, one after the other, into lines: a JSON object each, or a heading for each new day and then
/// time, name and text, escaped as everything from outside. A value; any thread that may translate.
class EntryLines final {
public:
    explicit EntryLines(bool json)
        : json_(json) {}

    /// Whole lines.
    [[nodiscard]] QByteArray next(const store::Conversation& conversation, const store::Entry& entry);

private:
    bool json_;
    QDate day_; ///< of the last heading
};

} // namespace kith::cli
