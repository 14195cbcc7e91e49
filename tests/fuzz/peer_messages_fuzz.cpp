// One frame's payload, its type in the first byte: what is taken is within its bounds and survives being
// written again.
#include "claim.h"
#include "core/endpoint.h"
#include "core/limits.h"
#include "core/text.h"
#include "wire/codec.h"

#include <cstddef>
#include <cstdint>
#include <variant>

using namespace kith;
namespace limits = core::limits;

namespace {

void checkText(const std::string& text, std::size_t most) {
    CLAIM(text.size() <= most);
    CLAIM(core::isValidUtf8(text));
    CLAIM(text.find('\0') == std::string::npos);
}

void check(const wire::Frame& frame) {
    if (const auto* knock = std::get_if<core::Knock>(&frame))
        checkText(knock->name, limits::knockName);
    if (const auto* profile = std::get_if<core::Profile>(&frame)) {
        checkText(profile->name, limits::nameBytes);
        CLAIM(profile->hosts.size() <= limits::profileAddresses);
        for (const core::Endpoint& host : profile->hosts)
            CLAIM(core::hostKind(host.host) != core::HostKind::Name && host.port != 0);
    }
    if (const auto* entry = std::get_if<core::Entry>(&frame)) {
        checkText(entry->text, limits::entryText);
        CLAIM(entry->number > 0);
        CLAIM(entry->writtenAt >= 0 && entry->writtenAt <= limits::latestTime);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const auto frame = wire::decode(static_cast<wire::FrameType>(data[0]),
                                    {reinterpret_cast<const char*>(data) + 1, size - 1});
    if (!frame.ok()) {
        CLAIM(frame.error().reason == core::Reason::ProtocolBroken);
        return 0;
    }
    check(*frame);
    const std::string bytes = wire::encode(*frame);
    wire::FrameReader reader;
    reader.append(bytes);
    const auto raw = reader.next();
    CLAIM(raw.ok() && raw->has_value());
    const auto again = wire::decode((*raw)->type, (*raw)->payload);
    CLAIM(again.ok() && *again == *frame);
    return 0;
}
