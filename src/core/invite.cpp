#include "core/invite.h"

#include "core/base32.h"
#include "core/hello.h"
#include "core/kith_id.h"
#include "core/signing.h"
#include "core/text.h"

#include <algorithm>
#include <optional>

namespace kith::core {

namespace {

constexpr std::string_view inviteScheme = "kith://";
constexpr std::string_view hexDigits = "0123456789ABCDEF";
constexpr std::string_view nameParameter = "&n=";
constexpr std::size_t checkBytes = 2;
constexpr std::size_t secretBytes = InviteId::size + InviteSecret::size + checkBytes;

Error invalidInvite(std::string_view why) {
    return {Reason::InviteInvalid, 0, std::string(why)};
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isLinkAlnum(char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

/// RFC 3986 section 2.3: what stands in a link as it is.
bool isUnreserved(char c) {
    return isLinkAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// RFC 3986 section 2.2, without the fragment's "#", and "%".
bool isOfLinks(char c) {
    constexpr std::string_view others = ":/?[]@!$&'()*+,;=%";
    return isUnreserved(c) || others.find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// Takes what stands before `mark` off the front of `text`, and the mark; all of it where there is none.
std::string_view upTo(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view front = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return front;
}

std::string percentEncoded(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        if (isUnreserved(c)) {
            text.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text.push_back('%');
        text.push_back(hexDigits[byte >> 4U]);
        text.push_back(hexDigits[byte & 15U]);
    }
    return text;
}

std::optional<unsigned> hexValue(char c) {
    const std::size_t at = hexDigits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
    return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

std::optional<std::string> percentDecoded(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            bytes.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size())
            return std::nullopt;
        const auto high = hexValue(text[i + 1]);
        const auto low = hexValue(text[i + 2]);
        if (!high || !low)
            return std::nullopt;
        bytes.push_back(static_cast<char>(static_cast<unsigned char>((*high << 4U) | *low)));
        i += 2;
    }
    return bytes;
}

/// The first two bytes of SHA-256 over the link without SECRET, in lower case, then the id and the secret.
std::string checkOf(std::string_view before, std::string_view after, std::string_view idAndSecret) {
    std::string covered;
    covered.reserve(before.size() + after.size() + idAndSecret.size());
    covered.append(before).append(after);
    std::transform(covered.begin(), covered.end(), covered.begin(), lower);
    covered.append(idAndSecret);
    return std::string(sha256(covered).view().substr(0, checkBytes));
}

/// The address as it stands in an invite, or nothing where it cannot stand there: it is not ASCII, it is
/// none, or it has a scope, which means something on its own computer only.
std::optional<std::string> inInvite(const Endpoint& address) {
    const std::string text = toText(address);
    const bool ofHosts = std::all_of(
        text.begin(), text.end(), [](char c) { return isUnreserved(c) || c == ':' || c == '[' || c == ']'; });
    if (!ofHosts)
        return std::nullopt;
    const auto again = parseEndpoint(text);
    if (!again.ok() || *again != address)
        return std::nullopt;
    return text;
}

std::optional<Endpoint> addressOf(std::string_view text) {
    const auto address = parseEndpoint(text);
    // Only as toText() writes it: with its port, without blanks, zeros in front or a scope.
    if (!address.ok() || inInvite(*address) != text)
        return std::nullopt;
    return *address;
}

/// What stands behind the question mark, each at most once but `alt`.
struct Parameters {
    std::optional<std::string_view> secret;
    std::optional<std::string_view> name;
    std::vector<std::string_view> others; ///< of `alt`
};

std::optional<Parameters> parametersOf(std::string_view query) {
    Parameters found;
    while (!query.empty()) {
        std::string_view value = upTo(query, '&');
        const std::string_view name = upTo(value, '=');
        std::optional<std::string_view>* once = name == "s"   ? &found.secret
                                                : name == "n" ? &found.name
                                                              : nullptr;
        if (once && once->has_value())
            return std::nullopt;
        if (once)
            *once = value;
        else if (name == "alt")
            found.others.push_back(value);
    }
    return found;
}

/// `link` as a whole, and SECRET as a part of it. Errors: InviteInvalid.
Status readSecret(std::string_view link, std::string_view text, Invite& invite) {
    const auto bytes = fromBase32(text);
    if (!bytes || bytes->size() != secretBytes)
        return invalidInvite("secret");
    const std::string_view all(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const std::string_view covered = all.substr(0, secretBytes - checkBytes);
    const auto begin = static_cast<std::size_t>(text.data() - link.data());
    if (checkOf(link.substr(0, begin), link.substr(begin + text.size()), covered) !=
        all.substr(secretBytes - checkBytes))
        return invalidInvite("checksum");
    invite.id = *InviteId::from(covered.substr(0, InviteId::size));
    invite.secret = *InviteSecret::from(covered.substr(InviteId::size));
    return Done{};
}

Status readAddresses(std::string_view first, const std::vector<std::string_view>& others, Invite& invite) {
    if (others.size() + 1 > limits::inviteAddresses)
        return invalidInvite("too many addresses");
    std::vector<std::string_view> texts = {first};
    texts.insert(texts.end(), others.begin(), others.end());
    for (const std::string_view text : texts) {
        auto address = addressOf(text);
        if (!address)
            return invalidInvite("address");
        invite.addresses.push_back(std::move(*address));
    }
    return Done{};
}

Status readName(std::string_view text, Invite& invite) {
    auto name = percentDecoded(text);
    if (!name || name->size() > limits::nameBytes || !isValidUtf8(*name) ||
        name->find('\0') != std::string::npos)
        return invalidInvite("name");
    invite.name = std::move(*name);
    return Done{};
}

/// As much of the name as fits into so many bytes of a link.
std::string nameWithin(std::size_t room, std::string_view name) {
    std::string cleaned = cleanName(name);
    std::size_t length = 0;
    for (std::size_t size = nameParameter.size(); length < cleaned.size();) {
        const std::size_t next = decodeUtf8(std::string_view(cleaned).substr(length)).length;
        size += percentEncoded(std::string_view(cleaned).substr(length, next)).size();
        if (size > room)
            break;
        length += next;
    }
    cleaned.resize(length);
    return cleanName(cleaned); // it may end in a blank now
}

} // namespace

bool looksLikeInvite(std::string_view text) {
    const std::string_view begin = trimmed(text).substr(0, inviteScheme.size());
    return std::equal(begin.begin(), begin.end(), inviteScheme.begin(), inviteScheme.end(),
                      [](char typed, char wanted) { return lower(typed) == wanted; });
}

Result<Invite> parseInvite(std::string_view text) {
    const std::string_view link = trimmed(text);
    if (!looksLikeInvite(link))
        return invalidInvite("scheme");
    if (link.size() > limits::addressInput)
        return invalidInvite("too long");
    if (!std::all_of(link.begin(), link.end(), isOfLinks))
        return invalidInvite("character");

    std::string_view rest = link.substr(inviteScheme.size());
    const std::string_view address = upTo(rest, '/');
    const std::string_view id = upTo(rest, '?');
    const auto parameters = parametersOf(rest);
    if (!parameters || !parameters->secret)
        return invalidInvite("parameters");

    Invite invite;
    if (const Status read = readSecret(link, *parameters->secret, invite); !read.ok())
        return read.error();
    if (const Status read = readAddresses(address, parameters->others, invite); !read.ok())
        return read.error();
    if (const Status read = readName(parameters->name.value_or(""), invite); !read.ok())
        return read.error();
    const auto key = parseKithId(id);
    if (!key.ok() || !isUsableKey(*key))
        return invalidInvite("key");
    invite.key = *key;
    return invite;
}

std::string toLink(const Invite& invite) {
    std::vector<std::string> addresses;
    for (const Endpoint& address : invite.addresses) {
        if (auto text = inInvite(address); text && addresses.size() < limits::inviteAddresses)
            addresses.push_back(std::move(*text));
    }
    if (addresses.empty() || !isUsableKey(invite.key))
        return {};

    std::string id = toKithId(invite.key);
    std::erase(id, '-');
    const std::string before = std::string(inviteScheme) + addresses.front() + "/" + id + "?s=";
    std::size_t room = limits::addressInput - before.size() - base32Length(secretBytes);
    std::string after;
    const auto add = [&](std::string_view part) {
        if (part.size() > room)
            return false;
        after += part;
        room -= part.size();
        return true;
    };
    for (std::size_t i = 1; i < addresses.size() && add("&alt=" + addresses[i]); ++i) {
    }
    if (const std::string name = nameWithin(room, invite.name); !name.empty())
        add(std::string(nameParameter) + percentEncoded(name));

    std::string secret(invite.id.view());
    secret += invite.secret.view();
    secret += checkOf(before, after, secret);
    return before + toBase32(secret) + after;
}

} // namespace kith::core
