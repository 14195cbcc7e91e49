#include "cli/input_lines.h"

#include "cli/secret_input.h"

namespace kith::cli {

void InputLines::feed(QByteArrayView bytes) {
    if (from_ > 0) {
        buffer_.remove(0, from_);
        scanned_ -= from_;
        from_ = 0;
    }
    buffer_.append(bytes);
}

void InputLines::end() {
    ended_ = true;
}

void InputLines::forget() {
    wipe(buffer_);
    from_ = 0;
    scanned_ = 0;
}

std::optional<InputLine> InputLines::next() {
    const qsizetype newline = buffer_.indexOf('\n', scanned_);
    if (newline >= 0) {
        InputLine line = take(newline - from_);
        ++from_;
        scanned_ = from_;
        return line;
    }
    scanned_ = buffer_.size();
    dropPartOfLongLine();
    if (!ended_ || atEnd())
        return std::nullopt;
    return take(buffer_.size() - from_);
}

InputLine InputLines::take(qsizetype length) {
    QByteArrayView bytes = QByteArrayView(buffer_).sliced(from_, length);
    from_ += length;
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    const bool tooLong = skipping_ || bytes.size() > bound_;
    skipping_ = false;
    return tooLong ? InputLine{{}, true} : InputLine{bytes.toByteArray(), false};
}

void InputLines::dropPartOfLongLine() {
    // One more than the bound may be the \r of a line that is just within it.
    if (!skipping_ && buffer_.size() - from_ <= bound_ + 1)
        return;
    skipping_ = true;
    buffer_.clear();
    from_ = 0;
    scanned_ = 0;
}

} // namespace kith::cli
