// The one name by which load.cpp finds the module. Plain C++; the session worker.
#pragma once

#include "worker/tls/connection.h"

namespace kith::worker::tls {

/// The module's file, beside kith-worker's own.
inline constexpr const char* moduleName = "kith-tls.so";
/// The name of a function of this type in it: makes a Context, or nothing where OpenSSL could not.
inline constexpr const char* moduleEntry = "kithTlsContext";
using ModuleEntry = Context* (*)(core::Side);

} // namespace kith::worker::tls
