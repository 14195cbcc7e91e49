#include "model/peer_address.h"

#include <QString>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kith::model {

namespace {

constexpr std::size_t prefixBytes = 8;
constexpr std::size_t siteBytes = 6;

std::optional<std::string> numericHost(const sockaddr* address, socklen_t size) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return std::nullopt;
    return std::string(text.data());
}

std::optional<core::Endpoint> endpointOf(sockaddr_in6 v6) {
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = v6.sin6_port;
        std::memcpy(&v4.sin_addr, &v6.sin6_addr.s6_addr[12], sizeof v4.sin_addr);
        const auto host = numericHost(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
        return host ? std::optional(core::Endpoint{*host, ntohs(v4.sin_port)}) : std::nullopt;
    }
    const auto host = numericHost(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
    return host ? std::optional(core::Endpoint{*host, ntohs(v6.sin6_port)}) : std::nullopt;
}

/// The first bytes of an IPv6 address that is neither link-local nor loopback, as text; empty for any other.
std::string prefixOf(const std::string& host, std::size_t bytes, const char* suffix) {
    in6_addr v6{};
    const bool scoped = host.find('%') != std::string::npos;
    if (scoped || core::hostKind(host) == core::HostKind::LinkLocal ||
        ::inet_pton(AF_INET6, host.c_str(), &v6) != 1 || IN6_IS_ADDR_LOOPBACK(&v6))
        return {};
    std::fill(std::begin(v6.s6_addr) + bytes, std::end(v6.s6_addr), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET6, &v6, text.data(), text.size()) == nullptr
               ? std::string()
               : text.data() + std::string(suffix);
}

} // namespace

std::optional<core::Endpoint> peerOf(int connection) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(connection, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return std::nullopt;
    if (address.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        return endpointOf(v6);
    }
    if (address.ss_family != AF_INET)
        return std::nullopt;
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    const auto host = numericHost(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
    return host ? std::optional(core::Endpoint{*host, ntohs(v4.sin_port)}) : std::nullopt;
}

std::string addressKey(const std::string& host) {
    const std::string prefix = prefixOf(host, prefixBytes, "/64");
    return prefix.empty() ? QString::fromStdString(host).toLower().toStdString() : prefix;
}

std::string siteKey(const std::string& host) {
    return prefixOf(host, siteBytes, "/48");
}

core::Result<core::Endpoint> toAscii(const core::Endpoint& endpoint) {
    const bool ascii =
        std::ranges::all_of(endpoint.host, [](char c) { return static_cast<signed char>(c) >= 0; });
    if (ascii)
        return endpoint;
    const QByteArray ace = QUrl::toAce(QString::fromStdString(endpoint.host));
    // Full-width digits and dots may have become an address, or one of inet_aton's forms, which are refused.
    core::Result<core::Endpoint> checked = core::parseEndpoint(ace.toStdString());
    if (!checked.ok() || checked->host != ace.toStdString())
        return core::Error{core::Reason::AddressInvalid, 0, "not a name by IDNA"};
    checked->port = endpoint.port;
    return checked;
}

} // namespace kith::model
