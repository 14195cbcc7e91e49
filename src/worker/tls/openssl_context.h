// OpenSSL's half of connection.h: what is in the module (module.cpp), and what tests link. Plain C++; the
// session worker's main thread.
#pragma once

#include "worker/tls/connection.h"

#include <memory>

namespace kith::worker::tls {

/// Nothing where OpenSSL could not.
[[nodiscard]] std::unique_ptr<Context> makeOpenSslContext(core::Side side);

} // namespace kith::worker::tls
