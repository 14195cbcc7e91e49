#include "core/text.h"

#include "core/limits.h"

#include <array>
#include <cstdio>

namespace kith::core {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Unicode 15 general categories Cc and Cf, and U+2028/2029 (Zl, Zp), U+00AD and the tag characters among
// them.
constexpr std::array controlRanges = {
    Range{0x0000, 0x001F},   Range{0x007F, 0x009F},   Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F},
    Range{0x0600, 0x0605},   Range{0x061C, 0x061C},   Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},
    Range{0x0890, 0x0891},   Range{0x08E2, 0x08E2},   Range{0x115F, 0x1160},   Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F},   Range{0x200B, 0x200F},   Range{0x2028, 0x202E},   Range{0x2060, 0x206F},
    Range{0x3164, 0x3164},   Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFFB},
    Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD}, Range{0x13430, 0x1343F}, Range{0x1BCA0, 0x1BCA3},
    Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF},
};

// Blocks of combining marks that stack without limit ("zalgo").
constexpr std::array combiningRanges = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E},
    Range{0x0EB1, 0x0EB1}, Range{0x0EB4, 0x0EBC}, Range{0x0EC8, 0x0ECE}, Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF}, Range{0x302A, 0x302F}, Range{0x3099, 0x309A},
    Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F},
};

template <std::size_t N>
bool inRanges(const std::array<Range, N>& ranges, char32_t c) {
    for (const Range& range : ranges) {
        if (c >= range.first && c <= range.last)
            return true;
    }
    return false;
}

bool isSpace(char32_t c) {
    return c == 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000 || (c >= 0x09 && c <= 0x0D);
}

// Bytes that a sequence with this first byte has, and the bounds of its second byte (Unicode 15, table 3-7).
struct Lead {
    std::size_t length;
    unsigned char secondLow;
    unsigned char secondHigh;
};

Lead leadOf(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF)
        return {2, 0x80, 0xBF};
    if (byte == 0xE0)
        return {3, 0xA0, 0xBF};
    if (byte == 0xED)
        return {3, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF)
        return {3, 0x80, 0xBF};
    if (byte == 0xF0)
        return {4, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3)
        return {4, 0x80, 0xBF};
    if (byte == 0xF4)
        return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

} // namespace

CodePoint decodeUtf8(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = at(0);
    if (first < 0x80)
        return {first, 1, true, false};
    const Lead lead = leadOf(first);
    if (lead.length == 0)
        return {0xFFFD, 1, false, false};
    char32_t value = first & (0xFFU >> (lead.length + 1));
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (i == bytes.size())
            return {0xFFFD, i, false, true};
        const unsigned char low = i == 1 ? lead.secondLow : 0x80;
        const unsigned char high = i == 1 ? lead.secondHigh : 0xBF;
        if (at(i) < low || at(i) > high)
            return {0xFFFD, i, false, false};
        value = (value << 6) | (at(i) & 0x3FU);
    }
    return {value, lead.length, true, false};
}

void appendUtf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string toValidUtf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const CodePoint c = decodeUtf8(bytes);
        if (c.valid && c.value != 0)
            out.append(bytes.substr(0, c.length));
        else
            appendUtf8(out, 0xFFFD);
        bytes.remove_prefix(c.length);
    }
    return out;
}

bool isValidUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const CodePoint c = decodeUtf8(bytes);
        if (!c.valid)
            return false;
        bytes.remove_prefix(c.length);
    }
    return true;
}

bool isControlOrFormat(char32_t codePoint) {
    return inRanges(controlRanges, codePoint);
}

std::string escapeForTerminal(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint c = decodeUtf8(text);
        if (!c.valid) {
            appendUtf8(out, 0xFFFD);
        } else if (c.value == '\n') {
            out += "\\n";
        } else if (c.value == '\t') {
            out += "\\t";
        } else if (isControlOrFormat(c.value)) {
            std::array<char, 16> escaped{};
            const auto number = static_cast<unsigned>(c.value);
            std::snprintf(escaped.data(), escaped.size(), number < 0x100 ? "\\x%02x" : "\\u{%x}", number);
            out += escaped.data();
        } else {
            out.append(text.substr(0, c.length));
        }
        text.remove_prefix(c.length);
    }
    return out;
}

std::string cleanName(std::string_view name) {
    std::string out;
    std::size_t codePoints = 0;
    unsigned marks = 0;
    bool space = false;
    while (!name.empty() && codePoints < limits::nameCodePoints) {
        const CodePoint c = decodeUtf8(name);
        name.remove_prefix(c.length);
        if (isSpace(c.value)) {
            space = !out.empty();
            continue;
        }
        if (isControlOrFormat(c.value))
            continue;
        const bool mark = inRanges(combiningRanges, c.value);
        marks = mark ? marks + 1 : 0;
        if (marks > limits::marksPerBase || (mark && out.empty()))
            continue;
        std::string piece;
        if (space)
            piece.push_back(' ');
        appendUtf8(piece, c.value);
        if (out.size() + piece.size() > limits::nameBytes ||
            codePoints + (space ? 2U : 1U) > limits::nameCodePoints)
            break;
        codePoints += space ? 2 : 1;
        space = false;
        out += piece;
    }
    return out;
}

} // namespace kith::core
