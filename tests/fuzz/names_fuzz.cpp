// What peers call themselves: cleaned, a name has few and harmless characters, and looks like itself.
#include "claim.h"
#include "core/limits.h"
#include "core/text.h"
#include "model/look_alike.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string name = core::cleanName({reinterpret_cast<const char*>(data), size});
    std::size_t codePoints = 0;
    for (std::string_view left = name; !left.empty(); ++codePoints) {
        const core::CodePoint c = core::decodeUtf8(left);
        CLAIM(c.valid && !core::isControlOrFormat(c.value));
        left.remove_prefix(c.length);
    }
    CLAIM(codePoints <= core::limits::nameCodePoints && name.size() <= core::limits::nameBytes);

    const QString shown = QString::fromStdString(name);
    const QStringList skeletons = model::skeletons(shown);
    CLAIM(skeletons.size() <= 2);
    for (const QString& skeleton : skeletons)
        CLAIM(!skeleton.isEmpty());
    CLAIM(model::lookAlike(shown, shown) == !skeletons.isEmpty());
    CLAIM(skeletons.isEmpty() || model::lookAlike(shown, shown.toLower()));
    return 0;
}
