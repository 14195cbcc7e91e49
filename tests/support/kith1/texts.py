"""What people copy, compare and paste: Kith IDs, safety numbers, invites (PROTOCOL.md). Pure functions."""

import base64
import dataclasses
import hashlib
import re
import string
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


def _check(before, after, id_and_secret):
    """Two bytes over the link on both sides of SECRET, and what SECRET holds besides them."""
    return hashlib.sha256((before + after).lower().encode() + id_and_secret).digest()[:2]


def sealed(before, after, held):
    """A whole link: what stands before SECRET and behind it, and the id and secret it holds."""
    return before + _base32(held + _check(before, after, held)) + after


def invite_link(invite):
    before = f"kith://{invite.addresses[0]}/{kith_id(invite.key).replace('-', '')}?s="
    after = "".join(f"&alt={address}" for address in invite.addresses[1:])
    after += f"&n={urllib.parse.quote(invite.name, safe='')}" if invite.name else ""
    return sealed(before, after, invite.id + invite.secret)


URI = set(string.ascii_letters + string.digits + "-._~:/?[]@!$&'()*+,;=%")  # RFC 3986 without "#"
ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[1-9][0-9]{0,4}")  # HOST:PORT
ENCODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


def parse_invite(text):
    text = text.strip(" \t\r\n\v\f")
    if len(text) > 512 or not set(text) <= URI or not text.lower().startswith("kith://"):
        raise Refused("invite-invalid")
    address, _, rest = text[7:].partition("/")
    identity, _, query = rest.partition("?")
    fields = [field.partition("=")[::2] for field in query.split("&")]
    secrets, names, others = ([value for name, value in fields if name == wanted] for wanted in ("s", "n", "alt"))
    raw = _from_base32(secrets[0].upper()) if len(secrets) == 1 else None
    if raw is None or len(raw) != 26:
        raise Refused("invite-invalid", "secret")
    start = re.search(r"[?&]s=", text).end()
    if raw[24:] != _check(text[:start], text[start + len(secrets[0]):], raw[:24]):
        raise Refused("invite-invalid", "checksum")
    addresses = [address] + others
    if len(addresses) > 4 or not all(ADDRESS.fullmatch(each) for each in addresses):
        raise Refused("invite-invalid", "addresses")
    return Invite(addresses, _invited_key(identity), raw[:8], raw[8:24], _invited_name(names))


def _invited_key(text):
    try:
        key = parse_kith_id(text)
    except Refused as refused:
        raise Refused("invite-invalid", "key") from refused
    if not is_usable_key(key):
        raise Refused("invite-invalid", "key")
    return key


def _invited_name(names):
    try:
        name = urllib.parse.unquote_to_bytes(names[0] if names else "").decode()
    except UnicodeDecodeError as error:
        raise Refused("invite-invalid", "name") from error
    if len(names) > 1 or not ENCODED.fullmatch("".join(names)) or len(name.encode()) > 256 or "\0" in name:
        raise Refused("invite-invalid", "name")
    return name
