#include "cli/secret_input.h"

#include "core/signing.h"

#include <cstddef>

namespace kith::cli {

// Through constData(): data() would make a copy of what is shared, and wipe that.

void wipe(QByteArray& secret) {
    core::wipe(const_cast<char*>(secret.constData()), static_cast<std::size_t>(secret.size()));
    secret.clear();
}

void wipe(QString& secret) {
    core::wipe(const_cast<QChar*>(secret.constData()),
               static_cast<std::size_t>(secret.size()) * sizeof(QChar));
    secret.clear();
}

} // namespace kith::cli
