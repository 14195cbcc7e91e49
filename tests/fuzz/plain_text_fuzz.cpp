// A plain-text peer: the first byte says how its bytes are cut, every 0x00 after a cut is a pause of 300 ms.
#include "claim.h"
#include "core/limits.h"
#include "core/text.h"
#include "wire/plain_text.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

namespace {

void check(const std::vector<std::string>& messages) {
    for (const std::string& text : messages) {
        CLAIM(text.size() <= core::limits::plainLine);
        CLAIM(core::isValidUtf8(text));
        CLAIM(text.find('\0') == std::string::npos);
        CLAIM(text.find('\n') == std::string::npos);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t step = 1U + data[0];
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    wire::PlainDecoder decoder;
    std::size_t refusals = 0;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        const std::string_view piece = stream.substr(at, step);
        check(decoder.feed(piece));
        if (piece.front() == '\0') {
            check(decoder.showPartial());
            CLAIM(!decoder.hasPartial());
        }
        refusals += decoder.takeRefusals().size();
        CLAIM(refusals <= 3 * core::limits::telnetAnswers);
    }
    check(decoder.finish());
    CLAIM(!decoder.hasPartial());
    return 0;
}
