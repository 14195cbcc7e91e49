#include "wire/plain_text.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <utility>

namespace kith::wire {

namespace {

namespace limits = core::limits;

// RFC 854, "TELNET COMMAND STRUCTURE".
constexpr unsigned char se = 240;
constexpr unsigned char sb = 250;
constexpr unsigned char will = 251;
constexpr unsigned char wont = 252;
constexpr unsigned char doIt = 253;
constexpr unsigned char dont = 254;
constexpr unsigned char iac = 255;

constexpr char32_t replacement = 0xFFFD; // what stands for a byte that is not UTF-8

} // namespace

std::vector<std::string> PlainDecoder::feed(std::string_view bytes) {
    std::vector<std::string> out;
    while (!bytes.empty()) {
        const std::size_t run = plainRun(bytes);
        if (run > 0) {
            text_.append(bytes.substr(0, run));
            bytes.remove_prefix(run);
        } else {
            takeByte(static_cast<unsigned char>(bytes.front()), out);
            bytes.remove_prefix(1);
        }
    }
    return out;
}

/// How many bytes from the front are characters of ASCII that can be taken as they are: most of what people
/// type.
std::size_t PlainDecoder::plainRun(std::string_view bytes) const {
    if (telnet_ != Telnet::Text || carriageReturn_ || !sequence_.empty())
        return 0;
    const std::size_t most = std::min(bytes.size(), limits::plainLine - text_.size());
    std::size_t run = 0;
    while (run < most && bytes[run] != '\n' && bytes[run] != '\r' && static_cast<signed char>(bytes[run]) > 0)
        ++run;
    return run;
}

void PlainDecoder::takeByte(unsigned char byte, std::vector<std::string>& out) {
    switch (telnet_) {
    case Telnet::Text:
        if (byte == iac)
            telnet_ = Telnet::Command;
        else
            takeText(byte, out);
        return;
    case Telnet::Command:
        takeCommand(byte, out);
        return;
    case Telnet::Option:
        telnet_ = Telnet::Text;
        if ((command_ == will || command_ == doIt) && answered_ < limits::telnetAnswers) {
            ++answered_;
            const unsigned char answer = command_ == will ? dont : wont;
            for (const unsigned char part : {iac, answer, byte})
                refusals_.push_back(static_cast<char>(part));
        }
        return;
    case Telnet::Subnegotiation:
        // Bounded, so that a stray 0xFF 0xFA does not swallow the rest of what a person types.
        if (byte == iac)
            telnet_ = Telnet::SubnegotiationCommand;
        else if (++subnegotiation_ >= limits::telnetSubnegotiation)
            telnet_ = Telnet::Text;
        return;
    case Telnet::SubnegotiationCommand:
        telnet_ = byte == se ? Telnet::Text : Telnet::Subnegotiation;
        return;
    }
}

void PlainDecoder::takeCommand(unsigned char byte, std::vector<std::string>& out) {
    telnet_ = Telnet::Text;
    if (byte == iac || byte < se) { // an escaped 0xFF, or no command at all: a byte that is not UTF-8
        dropSequence(out);
        append(replacement, out);
        if (byte != iac)
            takeText(byte, out);
    } else if (byte == sb) {
        telnet_ = Telnet::Subnegotiation;
        subnegotiation_ = 0;
    } else if (byte >= will) {
        telnet_ = Telnet::Option;
        command_ = byte;
    }
}

void PlainDecoder::takeText(unsigned char byte, std::vector<std::string>& out) {
    if (byte == '\n') {
        endLine(out);
        return;
    }
    if (carriageReturn_) {
        carriageReturn_ = false;
        append('\r', out);
    }
    if (byte == '\r') {
        dropSequence(out);
        carriageReturn_ = true;
        return;
    }
    sequence_.push_back(static_cast<char>(byte));
    while (!sequence_.empty()) {
        const core::CodePoint c = core::decodeUtf8(sequence_);
        if (c.incomplete)
            return;
        sequence_.erase(0, c.length);
        append(c.valid && c.value != 0 ? c.value : replacement, out);
    }
}

void PlainDecoder::endLine(std::vector<std::string>& out) {
    dropSequence(out);
    carriageReturn_ = false;
    if (!text_.empty() || !shown_)
        out.push_back(std::exchange(text_, {}));
    shown_ = false;
}

void PlainDecoder::append(char32_t codePoint, std::vector<std::string>& out) {
    std::string bytes;
    core::appendUtf8(bytes, codePoint);
    if (text_.size() + bytes.size() > limits::plainLine)
        emitText(out);
    text_ += bytes;
}

void PlainDecoder::dropSequence(std::vector<std::string>& out) {
    if (sequence_.empty())
        return;
    sequence_.clear();
    append(replacement, out);
}

void PlainDecoder::emitText(std::vector<std::string>& out) {
    if (text_.empty())
        return;
    out.push_back(std::exchange(text_, {}));
    shown_ = true;
}

std::vector<std::string> PlainDecoder::showPartial() {
    std::vector<std::string> out;
    emitText(out);
    return out;
}

std::vector<std::string> PlainDecoder::finish() {
    std::vector<std::string> out;
    dropSequence(out);
    carriageReturn_ = false;
    emitText(out);
    return out;
}

std::string PlainDecoder::takeRefusals() {
    return std::exchange(refusals_, {});
}

std::string encodePlain(std::string_view text) {
    std::string line(text);
    line.push_back('\n');
    return line;
}

} // namespace kith::wire
