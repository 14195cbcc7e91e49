"""What people copy, compare and paste: Kith IDs, safety numbers, invites (PROTOCOL.md). Pure functions."""

import base64
import dataclasses
import hashlib
import urllib.parse

from .values import Refused, is_usable_key

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648


def _base32(data):
    return base64.b32encode(data).decode().rstrip("=")


def _from_base32(text):
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return data if _base32(data) == text else None  # bits behind the last byte are 0


# --- Kith IDs --------------------------------------------------------------------------------------------------------


def _polymod(values):
    """BIP 173's checksum."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check


BECH32M = 0x2BC830A3  # BIP 350
HUMAN_READABLE_PART = "kith"
EXPANDED = [ord(c) >> 5 for c in HUMAN_READABLE_PART] + [0] + [ord(c) & 31 for c in HUMAN_READABLE_PART]


def kith_id(key):
    digits = [ALPHABET.index(c) for c in _base32(key)]
    check = _polymod(EXPANDED + digits + [0] * 6) ^ BECH32M
    text = "".join(ALPHABET[d] for d in digits + [check >> 5 * (5 - i) & 31 for i in range(6)])
    return "-".join(text[i:i + 4] for i in range(0, len(text), 4))


def parse_kith_id(text):
    plain = "".join(text.split()).replace("-", "").upper()
    if len(plain) != 58 or any(c not in ALPHABET for c in plain):
        raise Refused("kith-id-invalid")
    if _polymod(EXPANDED + [ALPHABET.index(c) for c in plain]) != BECH32M:
        raise Refused("kith-id-invalid", "checksum")
    key = _from_base32(plain[:52])
    if key is None:
        raise Refused("kith-id-invalid", "bits behind the key")
    return key


# --- safety numbers --------------------------------------------------------------------------------------------------


def _half(identifier, key, iterations):
    """Signal's NumericFingerprint, version 0: 30 digits of one side."""
    digest = b"\0\0" + key + identifier
    for _ in range(iterations):
        digest = hashlib.sha512(digest + key).digest()
    return "".join(f"{int.from_bytes(digest[i:i + 5], 'big') % 100000:05}" for i in range(0, 30, 5))


def numeric_fingerprint(identifier_a, key_a, identifier_b, key_b, iterations=5200):
    return "".join(sorted((_half(identifier_a, key_a, iterations), _half(identifier_b, key_b, iterations))))


def safety_number(one, other):
    return numeric_fingerprint(one, one, other, other)


def grouped(number):
    return " ".join(number[i:i + 5] for i in range(0, len(number), 5))


# --- invites ---------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Invite:
    addresses: list  # "HOST:PORT"
    key: bytes
    id: bytes
    secret: bytes
    name: str = ""


def _check(link):
    """Two bytes over the link without its `s=`."""
    return hashlib.sha256(link.encode()).digest()[:2]


def _link(addresses, key, secret, name):
    more = [f"alt={address}" for address in addresses[1:]]
    more += [f"n={urllib.parse.quote(name, safe='')}"] if name else []
    query = "&".join(([f"s={secret}"] if secret else []) + more)
    return f"kith://{addresses[0]}/{kith_id(key)}" + (f"?{query}" if query else "")


def invite_link(invite):
    check = _check(_link(invite.addresses, invite.key, "", invite.name))
    return _link(invite.addresses, invite.key, _base32(invite.id + invite.secret + check), invite.name)


def parse_invite(text):
    text = text.strip()
    scheme, _, rest = text.partition("://")
    address, _, rest = rest.partition("/")
    identity, _, query = rest.partition("?")
    if len(text) > 512 or not text.isascii() or scheme.lower() != "kith" or not address:
        raise Refused("invite-invalid")
    fields = [field.partition("=")[::2] for field in query.split("&")]
    secrets = [value for name, value in fields if name == "s"]
    raw = _from_base32(secrets[0].upper()) if len(secrets) == 1 else None
    if raw is None or len(raw) != 26:
        raise Refused("invite-invalid", "secret")
    key = parse_kith_id(identity)
    addresses = [address] + [urllib.parse.unquote(value) for name, value in fields if name == "alt"]
    if not is_usable_key(key) or len(addresses) > 4:
        raise Refused("invite-invalid", "key or addresses")
    if raw[24:] != _check(text.replace(f"s={secrets[0]}&", "").replace(f"?s={secrets[0]}", "")):
        raise Refused("invite-invalid", "checksum")
    names = [urllib.parse.unquote(value) for name, value in fields if name == "n"]
    return Invite(addresses, key, raw[:8], raw[8:24], names[0] if names else "")
