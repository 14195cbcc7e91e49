#include "core/endpoint.h"

#include <algorithm>
#include <array>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace kith::core {

namespace {

using V4 = std::array<std::uint8_t, 4>;
using V6 = std::array<std::uint8_t, 16>;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isAlnum(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// inet_pton would not see what stands behind a NUL.
bool hasNul(std::string_view host) {
    return host.find('\0') != std::string_view::npos;
}

std::optional<V4> parseV4(std::string_view host) {
    V4 bytes{};
    if (hasNul(host) || host.size() >= INET_ADDRSTRLEN ||
        ::inet_pton(AF_INET, std::string(host).c_str(), bytes.data()) != 1)
        return std::nullopt;
    return bytes;
}

std::optional<V6> parseV6(std::string_view host) {
    if (hasNul(host))
        return std::nullopt;
    const std::size_t percent = host.find('%');
    if (percent != std::string_view::npos) {
        const std::string_view scope = host.substr(percent + 1);
        const bool plain = std::all_of(scope.begin(), scope.end(),
                                       [](char c) { return isAlnum(c) || c == '.' || c == '-' || c == '_'; });
        if (scope.empty() || scope.size() > limits::interfaceName || !plain)
            return std::nullopt;
    }
    const std::string address(host.substr(0, percent));
    V6 bytes{};
    if (address.size() >= INET6_ADDRSTRLEN || ::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1)
        return std::nullopt;
    return bytes;
}

HostKind kindOf(const V4& a) {
    if (a[0] == 127)
        return HostKind::Loopback;
    if (a[0] == 169 && a[1] == 254)
        return HostKind::LinkLocal;
    const bool rfc1918 = a[0] == 10 || (a[0] == 172 && (a[1] & 0xF0) == 16) || (a[0] == 192 && a[1] == 168);
    const bool rfc6598 = a[0] == 100 && (a[1] & 0xC0) == 64;
    return rfc1918 || rfc6598 ? HostKind::Private : HostKind::Public;
}

HostKind kindOf(const V6& a) {
    const bool zeros = std::all_of(a.begin(), a.begin() + 10, [](std::uint8_t b) { return b == 0; });
    if (zeros && a[10] == 0xFF && a[11] == 0xFF) // RFC 4291 section 2.5.5.2: IPv4-mapped
        return kindOf(V4{a[12], a[13], a[14], a[15]});
    if (zeros && a[10] == 0 && a[11] == 0 && a[12] == 0 && a[13] == 0 && a[14] == 0 && a[15] == 1)
        return HostKind::Loopback;
    if (a[0] == 0xFE && (a[1] & 0xC0) == 0x80)
        return HostKind::LinkLocal;
    return (a[0] & 0xFE) == 0xFC ? HostKind::Private : HostKind::Public;
}

// inet_aton's forms ("127.1", "0x7f.1", "2130706433") end in a number; getaddrinfo would take them for
// addresses.
bool endsInNumber(std::string_view host) {
    if (host.ends_with('.'))
        host.remove_suffix(1);
    const std::size_t dot = host.rfind('.');
    const std::string_view label = dot == std::string_view::npos ? host : host.substr(dot + 1);
    if (label.starts_with("0x") || label.starts_with("0X"))
        return true;
    return std::all_of(label.begin(), label.end(), isDigit);
}

bool isName(std::string_view host) {
    if (host.empty() || host.size() > limits::hostName || host.front() == '-' || endsInNumber(host))
        return false;
    std::size_t label = 0;
    for (const char c : host) {
        // RFC 1123 section 2.1, the underscore of local names, and UTF-8 for the resolver to judge (IDNA).
        if (c == '.') {
            if (label == 0)
                return false;
            label = 0;
            continue;
        }
        const bool outsideAscii = static_cast<unsigned char>(c) >= 0x80;
        if (!isAlnum(c) && c != '-' && c != '_' && !outsideAscii)
            return false;
        if (++label > 63)
            return false;
    }
    return true;
}

std::optional<std::uint16_t> parsePort(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    unsigned port = 0;
    for (const char c : text)
        port = port * 10 + static_cast<unsigned>(c - '0');
    if (port == 0 || port > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

Error invalidAddress(std::string_view why) {
    return {Reason::AddressInvalid, 0, std::string(why)};
}

Result<Endpoint> withPort(std::string_view host, std::string_view portText) {
    const auto port = parsePort(portText);
    if (!port)
        return invalidAddress("port");
    if (!parseV4(host) && !isName(host))
        return invalidAddress("host");
    return Endpoint{std::string(host), *port};
}

} // namespace

HostKind hostKind(std::string_view host) {
    if (const auto v4 = parseV4(host))
        return kindOf(*v4);
    if (const auto v6 = parseV6(host))
        return kindOf(*v6);
    return HostKind::Name;
}

Result<Endpoint> parseEndpoint(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos || text.size() > limits::addressInput)
        return invalidAddress("empty or too long");
    text = text.substr(begin, text.find_last_not_of(blank) - begin + 1);

    if (text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return invalidAddress("bracket");
        const std::string_view host = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (!parseV6(host) || (!rest.empty() && rest.front() != ':'))
            return invalidAddress("bracketed host");
        const auto port = rest.empty() ? std::optional(limits::defaultPort) : parsePort(rest.substr(1));
        if (!port)
            return invalidAddress("port");
        return Endpoint{std::string(host), *port};
    }
    if (parseV6(text))
        return Endpoint{std::string(text), limits::defaultPort};
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
        return withPort(text.substr(0, colon), text.substr(colon + 1));
    if (!parseV4(text) && !isName(text))
        return invalidAddress("host");
    return Endpoint{std::string(text), limits::defaultPort};
}

std::string toDisplay(const Endpoint& endpoint) {
    return endpoint.port == limits::defaultPort ? endpoint.host : toText(endpoint);
}

std::string toText(const Endpoint& endpoint) {
    const bool v6 = endpoint.host.find(':') != std::string::npos;
    return (v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

} // namespace kith::core
