#include "model/local_addresses.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kith::model {

namespace {

using Interfaces = std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)>;

Interfaces interfaces() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        first = nullptr;
    return {first, &::freeifaddrs};
}

/// Bridges and cables inside this computer: containers and virtual machines. Others cannot dial through them.
bool isVirtual(std::string_view name) {
    constexpr std::array<std::string_view, 14> beginnings = {
        "docker", "br-",     "veth", "virbr", "lxc",     "lxd", "podman",
        "cni",    "flannel", "cali", "vmnet", "vboxnet", "tap", "ifb",
    };
    return std::ranges::any_of(beginnings, [&](std::string_view begin) { return name.starts_with(begin); });
}

bool isUsable(const ifaddrs& entry) {
    constexpr unsigned wanted = IFF_UP | IFF_RUNNING;
    return entry.ifa_addr != nullptr && (entry.ifa_flags & wanted) == wanted &&
           (entry.ifa_flags & IFF_LOOPBACK) == 0 && !isVirtual(entry.ifa_name);
}

std::optional<std::string> hostOf(const sockaddr* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        if (::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size()) == nullptr)
            return std::nullopt;
    } else if (address->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        if (::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size()) == nullptr)
            return std::nullopt;
    } else {
        return std::nullopt;
    }
    return std::string(text.data());
}

/// Private IPv4, global IPv6, the others.
int rankOf(const core::Endpoint& address) {
    const bool v4 = address.host.find(':') == std::string::npos;
    const core::HostKind kind = core::hostKind(address.host);
    if (v4 && kind == core::HostKind::Private)
        return 0;
    return !v4 && kind == core::HostKind::Public ? 1 : 2;
}

/// The bytes of a numeric address, its scope aside, in the family's order; nothing where it is none.
std::optional<std::vector<std::uint8_t>> bytesOf(const sockaddr* address) {
    std::vector<std::uint8_t> bytes;
    if (address != nullptr && address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        bytes.resize(sizeof v4.sin_addr);
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
    } else if (address != nullptr && address->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        bytes.resize(sizeof v6.sin6_addr);
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    } else {
        return std::nullopt;
    }
    return bytes;
}

std::optional<std::vector<std::uint8_t>> bytesOf(std::string_view host) {
    const std::string text(host.substr(0, host.find('%')));
    std::vector<std::uint8_t> bytes(sizeof(in6_addr));
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        bytes.resize(sizeof(in_addr));
        return bytes;
    }
    return ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? std::optional(bytes) : std::nullopt;
}

/// "192.168.1.0/24".
std::optional<std::string> prefixText(std::vector<std::uint8_t> address,
                                      const std::vector<std::uint8_t>& mask) {
    int length = 0;
    for (std::size_t i = 0; i < mask.size(); ++i) {
        address[i] &= mask[i];
        length += std::popcount(mask[i]);
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = address.size() == sizeof(in_addr) ? AF_INET : AF_INET6;
    if (::inet_ntop(family, address.data(), text.data(), text.size()) == nullptr)
        return std::nullopt;
    return std::string(text.data()) + '/' + std::to_string(length);
}

/// One spelling for each address, without its scope.
std::string canonical(std::string_view host) {
    std::string text(host.substr(0, host.find('%')));
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (::inet_pton(family, text.c_str(), bytes.data()) == 1 &&
            ::inet_ntop(family, bytes.data(), out.data(), out.size()) != nullptr)
            return out.data();
    }
    return text;
}

} // namespace

std::vector<core::Endpoint> localAddresses(std::uint16_t port) {
    std::vector<core::Endpoint> found;
    const Interfaces all = interfaces();
    for (const ifaddrs* entry = all.get(); entry != nullptr; entry = entry->ifa_next) {
        const std::optional<std::string> host = isUsable(*entry) ? hostOf(entry->ifa_addr) : std::nullopt;
        if (!host)
            continue;
        const core::HostKind kind = core::hostKind(*host);
        const core::Endpoint address{*host, port};
        if (kind != core::HostKind::Loopback && kind != core::HostKind::LinkLocal &&
            std::ranges::find(found, address) == found.end())
            found.push_back(address);
    }
    std::ranges::stable_sort(found, {}, rankOf);
    return found;
}

bool isThisComputer(std::string_view host) {
    const std::string address = canonical(host);
    if (core::hostKind(address) == core::HostKind::Loopback || address == "localhost" ||
        address.ends_with(".localhost") || address == "0.0.0.0" || address == "::")
        return true;
    const Interfaces all = interfaces();
    for (const ifaddrs* entry = all.get(); entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr != nullptr && hostOf(entry->ifa_addr) == address)
            return true;
    }
    return false;
}

QString networkOf(std::string_view host) {
    const core::HostKind kind = core::hostKind(host);
    const std::optional<std::vector<std::uint8_t>> address = bytesOf(host);
    if (!address || (kind != core::HostKind::Private && kind != core::HostKind::LinkLocal))
        return {};
    const Interfaces all = interfaces();
    for (const ifaddrs* entry = all.get(); entry != nullptr; entry = entry->ifa_next) {
        const auto own = bytesOf(entry->ifa_addr);
        const auto mask = bytesOf(entry->ifa_netmask);
        if (!own || !mask || own->size() != address->size() || mask->size() != address->size())
            continue;
        const std::optional<std::string> prefix = prefixText(*address, *mask);
        if (prefix && prefix == prefixText(*own, *mask))
            return QString::fromStdString(*prefix);
    }
    return {};
}

} // namespace kith::model
