// Text from outside: valid, bounded and harmless, whatever the bytes.
#include "claim.h"
#include "core/limits.h"
#include "core/text.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

namespace {

bool harmless(std::string_view text) {
    while (!text.empty()) {
        const core::CodePoint c = core::decodeUtf8(text);
        if (!c.valid || core::isControlOrFormat(c.value))
            return false;
        text.remove_prefix(c.length);
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::string valid = core::toValidUtf8(bytes);
    CLAIM(core::isValidUtf8(valid));
    CLAIM(core::toValidUtf8(valid) == valid);
    CLAIM(valid.size() <= 3 * size);
    CLAIM(harmless(core::escapeForTerminal(bytes)));
    const std::string name = core::cleanName(bytes);
    CLAIM(harmless(name) && name.size() <= core::limits::nameBytes);
    CLAIM(core::cleanName(name) == name);
    return 0;
}
