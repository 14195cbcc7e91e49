// Text from outside: made valid, bounded and harmless before anything shows it. Plain C++; any process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith::core {

/// One code point read from the front of UTF-8 bytes.
struct CodePoint {
    char32_t value = 0xFFFD; ///< U+FFFD where the bytes are not UTF-8
    std::size_t length = 1;  ///< bytes taken, at least 1
    bool valid = false;
    bool incomplete = false; ///< the bytes end inside a sequence that is right so far
};

/// Reads one code point. `bytes` must not be empty. Ill-formed input is taken as Unicode 15, table 3-8 says
/// ("maximal subpart"): one U+FFFD for each part that cannot begin or go on with a sequence.
[[nodiscard]] CodePoint decodeUtf8(std::string_view bytes);

/// Appends the UTF-8 of a code point.
void appendUtf8(std::string& out, char32_t codePoint);

/// Valid UTF-8: whatever is not becomes U+FFFD, and so does NUL.
[[nodiscard]] std::string toValidUtf8(std::string_view bytes);

[[nodiscard]] bool isValidUtf8(std::string_view bytes);

/// Characters that change how the text around them is shown and are not text themselves: C0 and C1 controls,
/// DEL, directional marks, embeddings, overrides and isolates, zero-width and other format characters, line
/// and paragraph separators. Newline and tab count too.
[[nodiscard]] bool isControlOrFormat(char32_t codePoint);

/// For a terminal: such characters become `\n`, `\t`, `\x1b`, `\u{202e}`; a backslash stays as it is. The
/// result cannot move a cursor, set a title or turn the reading direction, whatever `text` was.
[[nodiscard]] std::string escapeForTerminal(std::string_view text);

/// A name as it may be shown: valid UTF-8, no control or format characters, white space folded to single
/// spaces and trimmed, at most limits::marksPerBase combining marks on a character, limits::nameCodePoints
/// code points and limits::nameBytes bytes. May be empty.
[[nodiscard]] std::string cleanName(std::string_view name);

} // namespace kith::core
