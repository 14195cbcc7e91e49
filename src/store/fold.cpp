#include "store/fold.h"

#include "core/limits.h"

#include <algorithm>
#include <array>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;

namespace {

constexpr auto unicode = QChar::Unicode_14_0;

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool inRanges(const std::array<Range, N>& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Marks that people leave out when they type: combining diacritical marks and their extensions and
// supplements, Hebrew points, Arabic harakat and Quranic marks, half marks, variation selectors.
constexpr std::array droppedMarks = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05C7},   Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06ED},   Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F},   Range{0xFE20, 0xFE2F},
    Range{0x180B, 0x180D}, Range{0x180F, 0x180F}, Range{0xE0100, 0xE01EF},
};

// Scripts whose words have no spaces between them (after folding, so half-width forms are not here).
constexpr std::array singleRanges = {
    Range{0x0E01, 0x0EDF},   Range{0x1000, 0x109F},   Range{0x1100, 0x11FF},   Range{0x1780, 0x17D3},
    Range{0x2E80, 0x2FDF},   Range{0x3005, 0x3007},   Range{0x3021, 0x3029},   Range{0x3031, 0x3035},
    Range{0x3038, 0x303C},   Range{0x3041, 0x30FF},   Range{0x3100, 0x318F},   Range{0x31A0, 0x31BF},
    Range{0x31F0, 0x31FF},   Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},
    Range{0xA960, 0xA97F},   Range{0xAA60, 0xAA7F},   Range{0xAC00, 0xD7FF},   Range{0xF900, 0xFAFF},
    Range{0x16FE0, 0x18AFF}, Range{0x1AFF0, 0x1B2FF}, Range{0x20000, 0x3FFFD},
};

// Pictographs that stand as general category So, and the regional indicators that make flags.
constexpr std::array pictographRanges = {
    Range{0x2190, 0x21FF},
    Range{0x2300, 0x27BF},
    Range{0x2900, 0x2BFF},
    Range{0x1F000, 0x1FAFF},
};

// What goes on from the character before it: a segment is normalized as a whole.
bool continuesSegment(char32_t c) {
    if (c < 0x0300)
        return false;
    if (c == 0xFF9E || c == 0xFF9F) // the voicing marks of half-width kana are letters to Unicode
        return true;
    if (c >= 0x1160 && c <= 0x11FF) // vowels and finals of Hangul written as jamo
        return true;
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining ||
           category == QChar::Mark_Enclosing;
}

// Characters newer than the version that is pinned are letters, and stay as they are.
bool isNewer(char32_t c) {
    const auto version = QChar::unicodeVersion(c);
    return version == QChar::Unicode_Unassigned || version > unicode;
}

enum class Role { Part, Single, Ignored, Separator };

Role roleOf(char32_t c) {
    if (c < 0x80) {
        const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        return part ? Role::Part : Role::Separator;
    }
    if (QChar::isSurrogate(c) || QChar::isNonCharacter(c))
        return Role::Separator;
    if (inRanges(singleRanges, c))
        return continuesSegment(c) || QChar::isLetterOrNumber(c) ? Role::Single : Role::Separator;
    if (inRanges(pictographRanges, c))
        return QChar::category(c) == QChar::Symbol_Modifier ? Role::Ignored : Role::Single;
    if (isNewer(c))
        return Role::Part;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Other_PrivateUse:
        return Role::Part;
    case QChar::Other_Format:
        return Role::Ignored; // a soft hyphen, a joiner: "co\u00ADoperate" is one word
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
        return Role::Separator;
    }
    return Role::Separator;
}

struct Read {
    char32_t value;
    qsizetype length;
};

Read codePointAt(QStringView text, qsizetype at) {
    const QChar first = text[at];
    if (first.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(first, text[at + 1]), 2};
    return {first.unicode(), 1};
}

QString foldSegment(QStringView segment) {
    const QString decomposed = segment.toString().normalized(QString::NormalizationForm_KD, unicode);
    QString kept;
    kept.reserve(decomposed.size());
    for (qsizetype i = 0; i < decomposed.size();) {
        const Read read = codePointAt(decomposed, i);
        if (!inRanges(droppedMarks, read.value)) {
            // Qt folds characters one to one; of the others, sharp s is the one that people write as two.
            if (read.value == 0x00DF || read.value == 0x1E9E)
                kept += u"ss"_s;
            else if (isNewer(read.value))
                kept += QStringView(decomposed).mid(i, read.length);
            else
                kept += QChar::fromUcs4(QChar::toCaseFolded(read.value));
        }
        i += read.length;
    }
    return kept.normalized(QString::NormalizationForm_C, unicode);
}

/// Gathers words from folded characters as they come.
class WordReader final {
public:
    void take(QStringView folded, TextRange range) {
        for (qsizetype i = 0; i < folded.size();) {
            const Read read = codePointAt(folded, i);
            takeOne(read.value, folded.mid(i, read.length), range);
            i += read.length;
        }
    }
    QList<Word> finish() {
        endWord();
        return std::move(words_);
    }

private:
    void takeOne(char32_t c, QStringView character, TextRange range) {
        switch (roleOf(c)) {
        case Role::Part:
            if (characters_ == 0)
                word_ = {{}, {range.from, 0}, false, joined_};
            if (++characters_ <= limits::searchWord)
                word_.folded += character;
            word_.range.length = range.from + range.length - word_.range.from;
            break;
        case Role::Single:
            // A mark that was not composed (a vowel of Thai) stays with the character it is written on.
            if (characters_ == 0 && continuesSegment(c) && !words_.isEmpty() && words_.back().single &&
                words_.back().range == range) {
                words_.back().folded += character;
                break;
            }
            endWord();
            words_.append({character.toString(), range, true, joined_});
            joined_ = true;
            break;
        case Role::Ignored:
            break;
        case Role::Separator:
            endWord();
            if (QChar::isSpace(c))
                joined_ = false;
            break;
        }
    }
    void endWord() {
        if (characters_ == 0)
            return;
        words_.append(std::move(word_));
        word_ = {};
        characters_ = 0;
        joined_ = true;
    }

    QList<Word> words_;
    Word word_;
    std::size_t characters_ = 0;
    bool joined_ = false;
};

bool matchesAt(const QList<Word>& words, qsizetype at, const SearchTerms::Phrase& phrase) {
    if (at + phrase.words.size() > words.size())
        return false;
    for (qsizetype i = 0; i < phrase.words.size(); ++i) {
        const bool prefix = phrase.lastIsPrefix && i + 1 == phrase.words.size();
        const QString& have = words[at + i].folded;
        if (prefix ? !have.startsWith(phrase.words[i]) : have != phrase.words[i])
            return false;
    }
    return true;
}

QList<TextRange> merged(QList<TextRange> ranges) {
    std::sort(ranges.begin(), ranges.end(),
              [](const TextRange& a, const TextRange& b) { return a.from < b.from; });
    QList<TextRange> out;
    for (const TextRange& range : ranges) {
        if (!out.isEmpty() && range.from < out.back().from + out.back().length) {
            const qsizetype end = std::max(out.back().from + out.back().length, range.from + range.length);
            out.back().length = end - out.back().from;
        } else {
            out.append(range);
        }
    }
    return out;
}

} // namespace

QList<Word> wordsOf(QStringView text) {
    WordReader reader;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype from = i;
        i += codePointAt(text, i).length;
        while (i < text.size()) {
            const Read next = codePointAt(text, i);
            if (!continuesSegment(next.value))
                break;
            i += next.length;
        }
        const QStringView segment = text.mid(from, i - from);
        if (segment.size() == 1 && segment[0].unicode() < 0x80) {
            const char16_t c = segment[0].unicode();
            const QChar lower(c >= u'A' && c <= u'Z' ? char16_t(c + 32) : c);
            reader.take(QStringView(&lower, 1), {from, 1});
        } else {
            reader.take(foldSegment(segment), {from, i - from});
        }
    }
    return reader.finish();
}

QString indexText(QStringView text) {
    QString out;
    out.reserve(text.size() + 16);
    for (const Word& word : wordsOf(text)) {
        if (!out.isEmpty())
            out += u' ';
        out += word.folded;
    }
    return out;
}

SearchTerms SearchTerms::of(QStringView input) {
    SearchTerms terms;
    std::size_t count = 0;
    const QList<Word> words = wordsOf(input.left(qsizetype(limits::searchInput)));
    for (const Word& word : words) {
        if (++count > limits::searchWords)
            break;
        if (!word.joined || terms.phrases.isEmpty())
            terms.phrases.append(Phrase{});
        terms.phrases.back().words.append(word.folded);
        terms.phrases.back().lastIsPrefix = !word.single;
    }
    for (qsizetype i = 0; i + 1 < terms.phrases.size(); ++i)
        terms.phrases[i].lastIsPrefix = false;
    return terms;
}

QString SearchTerms::expression() const {
    QStringList parts;
    for (const Phrase& phrase : phrases) {
        // A folded word has no quotation mark in it: it is letters, digits and marks alone.
        QString part = u'"' + phrase.words.join(u' ') + u'"';
        if (phrase.lastIsPrefix)
            part += u" *"_s;
        parts << part;
    }
    return parts.join(u" AND "_s);
}

QList<TextRange> SearchTerms::matchesIn(QStringView text) const {
    const QList<Word> words = wordsOf(text);
    QList<TextRange> found;
    for (const Phrase& phrase : phrases) {
        for (qsizetype at = 0; at < words.size(); ++at) {
            if (!matchesAt(words, at, phrase))
                continue;
            const TextRange first = words[at].range;
            const TextRange last = words[at + phrase.words.size() - 1].range;
            found.append({first.from, last.from + last.length - first.from});
        }
    }
    return merged(std::move(found));
}

} // namespace kith::store
