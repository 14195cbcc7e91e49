#include "worker/tls/module.h"

#include "worker/tls/openssl_context.h"

using namespace kith::worker;

/// What load.cpp calls. The worker and its module are built, installed and replaced together.
extern "C" [[gnu::visibility("default")]] tls::Context* kithTlsContext(kith::core::Side side) {
    return tls::makeOpenSslContext(side).release();
}

static_assert(std::is_same_v<decltype(&kithTlsContext), tls::ModuleEntry>);
