// The throw-away certificate that a TLS server cannot do without. Nobody looks at it: who the other is, is
// settled above TLS. Plain C++ over OpenSSL; the session worker only.
#pragma once

#include "worker/tls/openssl.h"

namespace kith::worker::tls {

/// Makes a fresh key and a certificate signed by it, and sets both in `context`. It holds no name, no date
/// of ours and a random serial number, so that it tells nothing. False where OpenSSL could not.
[[nodiscard]] bool setThrowAwayCertificate(SSL_CTX& context);

} // namespace kith::worker::tls
