// Bytes of standard input cut into lines of bounded length. Total; no I/O; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace kith::cli {

/// One line without its end (`\n` or `\r\n`), or word that a line was over the bound and has been dropped.
struct InputLine {
    QByteArray bytes;
    bool tooLong = false;

    bool operator==(const InputLine&) const = default;
};

/// Takes bytes as they come and gives lines as they are complete; holds at most one read and one line of the
/// bound. A value; the program's main thread. A line over the bound is told of once, at its end, and none of
/// it is kept.
class InputLines final {
public:
    /// bound: the most bytes a line may have, without its end.
    explicit InputLines(qsizetype bound)
        : bound_(bound) {}

    void feed(QByteArrayView bytes);
    /// Nothing more comes: what is left without a newline is the last line.
    void end();
    /// Wipes what was fed, given or not, and has nothing left of it.
    void forget();
    /// The next line, or nothing until more is fed.
    [[nodiscard]] std::optional<InputLine> next();
    /// end() was called and every line has been taken.
    [[nodiscard]] bool atEnd() const { return ended_ && from_ == buffer_.size() && !skipping_; }

private:
    InputLine take(qsizetype length);
    void dropPartOfLongLine();

    qsizetype bound_;
    QByteArray buffer_;
    qsizetype from_ = 0;    ///< where the next line begins
    qsizetype scanned_ = 0; ///< there is no newline between from_ and here
    bool skipping_ = false; ///< inside a line over the bound, whose beginning is dropped
    bool ended_ = false;
};

} // namespace kith::cli
