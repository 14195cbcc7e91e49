// One message for a worker: what is taken is within its bounds and survives being written again.
#include "claim.h"
#include "core/limits.h"
#include "core/text.h"
#include "ipc/codec.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto message = ipc::decodeToWorker({reinterpret_cast<const char*>(data), size});
    if (!message.ok())
        return 0;
    if (const auto* send = std::get_if<ipc::SendText>(&*message)) {
        CLAIM(send->text.size() <= core::limits::messageText);
        CLAIM(core::isValidUtf8(send->text));
        CLAIM(send->text.find('\0') == std::string::npos);
    }
    if (const auto* send = std::get_if<ipc::SendEntry>(&*message)) {
        CLAIM(send->entry.text.size() <= core::limits::entryText);
        CLAIM(core::isValidUtf8(send->entry.text));
    }
    const std::string frame = ipc::encode(*message);
    CLAIM(frame.size() > 4);
    const auto again = ipc::decodeToWorker(std::string_view(frame).substr(4));
    CLAIM(again.ok() && *again == *message);
    return 0;
}
