// One message from a worker: what is taken is within its bounds and survives being written again.
#include "claim.h"
#include "core/limits.h"
#include "core/text.h"
#include "ipc/codec.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto message = ipc::decodeFromWorker({reinterpret_cast<const char*>(data), size});
    if (!message.ok())
        return 0;
    if (const auto* received = std::get_if<ipc::Received>(&*message)) {
        CLAIM(received->text.size() <= core::limits::plainLine);
        CLAIM(core::isValidUtf8(received->text));
        CLAIM(received->text.find('\0') == std::string::npos);
    }
    if (const auto* peer = std::get_if<ipc::PeerEntry>(&*message)) {
        CLAIM(peer->entry.text.size() <= core::limits::entryText);
        CLAIM(core::isValidUtf8(peer->entry.text));
        CLAIM(peer->entry.text.find('\0') == std::string::npos);
        CLAIM(peer->entry.number > 0);
    }
    if (const auto* peer = std::get_if<ipc::PeerProfile>(&*message)) {
        CLAIM(peer->profile.name.size() <= core::limits::nameBytes);
        CLAIM(core::isValidUtf8(peer->profile.name));
        CLAIM(peer->profile.hosts.size() <= core::limits::profileAddresses);
    }
    const std::string frame = ipc::encode(*message);
    CLAIM(frame.size() > 4);
    const auto again = ipc::decodeFromWorker(std::string_view(frame).substr(4));
    CLAIM(again.ok() && *again == *message);
    return 0;
}
