#include "cli/event_sink.h"

namespace kith::cli {

QString inOneLine(const words::Sentence& sentence) {
    if (sentence.text.isEmpty())
        return sentence.title;
    return sentence.title + u' ' + sentence.text;
}

} // namespace kith::cli
