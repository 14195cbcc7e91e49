// A whole stream from a worker, in pieces of any size, as its program reads it: cut, decoded, judged.
#include "claim.h"
#include "core/limits.h"
#include "ipc/codec.h"
#include "ipc/legality.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const std::size_t step = 1U + data[0];
    ipc::Legality legality(static_cast<ipc::Role>(data[1] % 3));
    const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
    ipc::FrameReader reader;
    bool over = false;
    for (std::size_t at = 0; at < stream.size() && !over; at += step) {
        reader.append(stream.substr(at, step));
        CLAIM(reader.size() <= core::limits::boundaryMessage + 4 + step);
        while (!over) {
            const auto payload = reader.next();
            if (!payload.ok()) {
                CLAIM(reader.size() == 0);
                over = true;
                break;
            }
            if (!payload->has_value())
                break;
            const auto message = ipc::decodeFromWorker(**payload);
            const ipc::Phase before = legality.phase();
            over = !message.ok() || !legality.fromWorker(*message);
            CLAIM(before != ipc::Phase::Over || over);
            CLAIM(over || !std::holds_alternative<ipc::PeerEntry>(*message) || legality.secure());
            CLAIM(over || !std::holds_alternative<ipc::Received>(*message) || !legality.secure());
        }
    }
    return 0;
}
