// What two peers say inside TLS, in pieces of any size, as their workers read it: cut, decoded, judged by
// both tables. The first byte says how the bytes are cut, the next eight which side says which frame.
#include "claim.h"
#include "core/limits.h"
#include "wire/codec.h"
#include "wire/legality.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

using namespace kith;

namespace {

constexpr std::size_t head = 9;

bool isAnswer(core::Goodbye goodbye) {
    return goodbye == core::Goodbye::Declined || goodbye == core::Goodbye::Unanswered;
}

/// Both directions of a session.
class Session final {
public:
    /// Was it legal?
    bool say(bool initiator, const wire::Frame& frame) {
        wire::Legality& speaker = initiator ? initiator_ : responder_;
        const wire::Phase before = speaker.phase();
        if (!speaker.spoken(frame)) {
            CLAIM(speaker.phase() == before);
            return false;
        }
        CLAIM(before != wire::Phase::Over);
        if (std::holds_alternative<core::Entry>(frame))
            CLAIM(initiator_.phase() >= wire::Phase::Open && responder_.phase() >= wire::Phase::Open);
        if (const auto* bye = std::get_if<wire::Farewell>(&frame); bye && isAnswer(bye->goodbye))
            CLAIM(!initiator && before == wire::Phase::Waiting);
        (initiator ? responder_ : initiator_).heard(frame);
        count(initiator, frame);
        return true;
    }

private:
    void count(bool initiator, const wire::Frame& frame) {
        unanswered_[initiator ? 1 : 0] += std::holds_alternative<wire::Ping>(frame) ? 1 : 0;
        if (std::holds_alternative<wire::Pong>(frame))
            CLAIM(unanswered_[initiator ? 0 : 1]-- > 0);
        handshake_ += frame.index() <= wire::Frame(core::Knock{}).index() ? 1 : 0;
        CLAIM(handshake_ <= 6); // both HELLOs and AUTHs, WAIT, KNOCK
    }

    wire::Legality initiator_{core::Side::Initiator};
    wire::Legality responder_{core::Side::Responder};
    int unanswered_[2] = {0, 0};
    int handshake_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < head)
        return 0;
    const std::size_t step = 1U + data[0];
    const std::string_view stream(reinterpret_cast<const char*>(data) + head, size - head);
    Session session;
    wire::FrameReader reader;
    std::size_t count = 0;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        reader.append(stream.substr(at, step));
        CLAIM(reader.size() <= core::limits::conversationFrame + 5 + step);
        while (true) {
            const auto raw = reader.next();
            if (!raw.ok()) {
                CLAIM(reader.size() == 0);
                return 0;
            }
            if (!raw->has_value())
                break;
            CLAIM((*raw)->payload.size() <= wire::payloadLimit(static_cast<std::uint8_t>((*raw)->type)));
            const auto frame = wire::decode((*raw)->type, (*raw)->payload);
            const bool initiator = (data[1 + count / 8 % 8] >> (count % 8) & 1U) != 0;
            ++count;
            if (!frame.ok() || !session.say(initiator, *frame))
                return 0;
        }
    }
    return 0;
}
