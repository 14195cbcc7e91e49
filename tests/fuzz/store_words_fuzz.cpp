// Text and questions of any UTF-16: words are made in bounds, and what is searched for is found where it
// stands.
#include "claim.h"
#include "core/limits.h"
#include "store/fold.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

using namespace kith;
using namespace kith::store;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    QString text(qsizetype(size / 2), u'\0');
    std::memcpy(text.data(), data, size / 2 * 2);
    qsizetype from = 0;
    for (const Word& word : wordsOf(text)) {
        CLAIM(!word.folded.isEmpty() && !word.folded.contains(u' ') && !word.folded.contains(u'"'));
        CLAIM(word.folded.size() <= qsizetype(core::limits::searchWord) * 8);
        CLAIM(word.range.from >= from && word.range.length > 0);
        CLAIM(word.range.from + word.range.length <= text.size());
        from = word.range.from;
    }
    // Folding what is folded changes nothing: a question may be typed as it was found.
    const QString folded = indexText(text);
    CLAIM(indexText(folded).size() <= folded.size() * 2);
    const SearchTerms terms = SearchTerms::of(text);
    (void)terms.expression();
    const QList<TextRange> matches = terms.matchesIn(text);
    if (text.size() <= qsizetype(core::limits::searchInput) && terms.phrases.size() == 1)
        CLAIM(!matches.isEmpty());
    qsizetype end = 0;
    for (const TextRange& range : matches) {
        CLAIM(range.from >= end && range.length > 0);
        end = range.from + range.length;
        CLAIM(end <= text.size());
    }
    return 0;
}
