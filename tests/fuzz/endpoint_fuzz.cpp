// What a person or a link gives as an address: what is taken parses to the same again, and is bounded.
#include "claim.h"
#include "core/endpoint.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto endpoint = core::parseEndpoint(text);
    (void)core::hostKind(text);
    if (!endpoint.ok())
        return 0;
    CLAIM(!endpoint->host.empty() && endpoint->host.size() <= core::limits::hostName);
    CLAIM(endpoint->port != 0);
    for (const std::string& shown : {core::toText(*endpoint), core::toDisplay(*endpoint)}) {
        const auto again = core::parseEndpoint(shown);
        CLAIM(again.ok() && *again == *endpoint);
    }
    return 0;
}
