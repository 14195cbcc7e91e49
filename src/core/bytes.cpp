#include "core/bytes.h"

#include <cstdlib>

#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif

namespace kith::core {

void fillRandom(std::uint8_t* bytes, std::size_t size) {
    constexpr std::size_t most = 256; // getentropy(3) gives no more at once
    while (size > 0) {
        const std::size_t part = std::min(size, most);
        if (::getentropy(bytes, part) != 0)
            std::abort();
        bytes += part;
        size -= part;
    }
}

} // namespace kith::core
