// Text as search sees it: words, folded. Pure functions; any thread. What is indexed must be made again, bit
// for bit, to be erased, so the rules are pinned to Unicode 14 whatever Qt runs: a change of them needs a
// schema version that makes the index anew.
#pragma once

#include "store/values.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace kith::store {

/// A word of a text: folded, and where it stands in the text (UTF-16 units).
struct Word {
    QString folded;
    TextRange range;
    bool single = false; ///< a character that is a word of its own (Chinese, Japanese, Korean, emoji)
    bool joined =
        false; ///< nothing but punctuation, and no white space, stands before it since the last word
};

/// The words of a text, in order. Folding: NFKD, marks that are written on letters removed (accents, Hebrew
/// and Arabic vowels; not the vowels of Indic scripts and not the voicing of kana, which make other words),
/// case folded, NFC. A word is a run of letters, digits and their marks, cut off after limits::searchWord
/// characters. Each Han, kana, bopomofo, Hangul, Yi, Thai, Lao, Khmer and Myanmar character, and each
/// pictograph, is a word of its own: these are written without spaces, or nobody searches for more than one.
[[nodiscard]] QList<Word> wordsOf(QStringView text);

/// The words for the index: separated by spaces.
[[nodiscard]] QString indexText(QStringView text);

/// What to look for, as wordsOf() makes words of a text: groups that must each stand as a phrase.
struct SearchTerms {
    /// Words that must stand next to each other, in this order.
    struct Phrase {
        QList<QString> words;
        bool lastIsPrefix = false;
    };
    QList<Phrase> phrases;

    /// Reads at most limits::searchInput characters and limits::searchWords words. May be empty.
    [[nodiscard]] static SearchTerms of(QStringView input);
    [[nodiscard]] bool isEmpty() const { return phrases.isEmpty(); }
    /// An FTS5 expression that is always well formed.
    [[nodiscard]] QString expression() const;
    /// Where the phrases stand in a text, in order, overlaps merged.
    [[nodiscard]] QList<TextRange> matchesIn(QStringView text) const;
};

} // namespace kith::store
