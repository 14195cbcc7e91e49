// Apart from socket.cpp: the C library's <netinet/tcp.h> knows fewer fields of tcp_info than the kernel's
// header, and the two cannot be included together.
#include "worker/net/socket.h"

#include <sys/socket.h>
#ifdef __linux__
#include <linux/tcp.h>
#include <netinet/in.h>
#else
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif

namespace kith::worker::net {

core::Traffic trafficOf(int fd) {
    core::Traffic traffic;
#if defined(TCP_INFO) && defined(__linux__)
    tcp_info info{}; // an older kernel fills less of it, and the rest stays 0
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        traffic = {info.tcpi_rtt, info.tcpi_bytes_received, info.tcpi_bytes_acked};
#elif defined(TCP_CONNECTION_INFO)
    constexpr std::uint32_t microseconds = 1000; // of a millisecond, which it counts in
    tcp_connection_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_CONNECTION_INFO, &info, &size) == 0)
        traffic = {info.tcpi_srtt * microseconds, info.tcpi_rxbytes, info.tcpi_txbytes};
#endif
    return traffic;
}

} // namespace kith::worker::net
