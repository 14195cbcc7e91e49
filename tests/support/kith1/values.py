"""Keys, HELLO, T and what is made of it (PROTOCOL.md, "Who it is"). Pure functions."""

import dataclasses
import hashlib
import hmac
import os
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
FEATURES = 0
HOST_KEY_UNKNOWN, NO_CONTACT_FITS = 1, 2  # flags of the initiator's HELLO
EXPORTER_LABEL = b"EXPERIMENTAL-kith-auth-v1"
ZERO_KEY, ZERO_INVITE, ZERO_PROOF = bytes(32), bytes(8), bytes(32)


class Refused(Exception):
    """This side does not go on: `reason` is a code as in JSON events, `key` the one that a changed peer claims."""

    def __init__(self, reason, detail="", key=None):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.key = key


# --- keys ------------------------------------------------------------------------------------------------------------

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def _root(n):
    """A square root modulo P, or None."""
    root = pow(n, (P + 3) // 8, P)
    for candidate in (root, root * ROOT_OF_MINUS_1 % P):
        if candidate * candidate % P == n % P:
            return candidate
    return None


def _order_8():
    """y of the points of order 8. Doubling one gives (±sqrt(-1), 0), so y^2 = -x^2; with that the curve's equation,
    -x^2 + y^2 = 1 + D x^2 y^2, is 2 y^2 = 1 - D y^4."""
    root = _root((1 + D) % P)
    for square in ((-1 + root) * pow(D, P - 2, P) % P, (-1 - root) * pow(D, P - 2, P) % P):
        y = _root(square)
        if y is not None:
            return y
    raise ArithmeticError("the curve has points of order 8")


Y8 = _order_8()
SMALL_ORDER_Y = {0, 1, P - 1, Y8, P - Y8}


def is_usable_key(key):
    """Canonical (y < P) and not of small order."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    return len(key) == 32 and y < P and y not in SMALL_ORDER_Y


def small_order_keys():
    """All 14 encodings of the eight points of small order: the eight canonical ones, y >= P where 255 bits have room
    for it, and the sign of an x that is 0."""
    ys = [0, 1, P - 1, Y8, P - Y8, P, P + 1]
    return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


def non_canonical_keys():
    """Encodings with y >= P of points that are not of small order."""
    return [(y | sign << 255).to_bytes(32, "little") for y in range(P + 2, 2**255) for sign in (0, 1)]


class Identity:
    """A secret key and its public one."""

    def __init__(self, seed=None):
        self.secret = Ed25519PrivateKey.from_private_bytes(seed or os.urandom(32))
        self.key = self.secret.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    def sign(self, message):
        return self.secret.sign(message)


def verifies(key, message, signature):
    if not is_usable_key(key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


# --- HELLO -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Hello:
    version_min: int = VERSION
    version_max: int = VERSION
    features: int = FEATURES
    flags: int = 0
    zero: int = 0
    nonce: bytes = dataclasses.field(default_factory=lambda: os.urandom(32))

    def encode(self):
        return struct.pack(">BBIBB", self.version_min, self.version_max, self.features, self.flags,
                           self.zero) + self.nonce


def decode_hello(payload, role):
    """What `role`, "I" or "R", sent."""
    if len(payload) != 40:
        raise Refused("protocol-broken", f"HELLO of {len(payload)} bytes")
    hello = Hello(*struct.unpack(">BBIBB", payload[:8]), payload[8:])
    if hello.zero or hello.flags not in ((0, 1, 3) if role == "I" else (0,)):
        raise Refused("protocol-broken", "a bit of HELLO that must be 0")
    if not 0 < hello.version_min <= hello.version_max:
        raise Refused("protocol-broken", "versions of HELLO")
    return hello


def choose(own, theirs):
    """(version, features) that two HELLOs settle on."""
    version = min(own.version_max, theirs.version_max)
    if version < own.version_min:
        raise Refused("version-too-old")
    if version < theirs.version_min:
        raise Refused("version-too-new")
    return version, own.features & theirs.features


# --- T ---------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Parts:
    """All that T is made of, but for who signs."""

    version: int
    features: int
    flags: int  # of the initiator's HELLO
    exporter: bytes
    hello_i: bytes
    hello_r: bytes
    key_i: bytes
    key_r: bytes

    def transcript(self, role):
        key_r = ZERO_KEY if role == "I" and self.flags & HOST_KEY_UNKNOWN else self.key_r
        t = b"kith-auth-v1".ljust(32, b"\0") + role.encode() + bytes([self.version, 0x01, self.flags])
        t += struct.pack(">I", self.features) + self.exporter
        t += hashlib.sha256(self.hello_i).digest() + hashlib.sha256(self.hello_r).digest()
        t += self.key_i + key_r
        assert len(t) == 200
        return t


def settle(role, own, payload, exporter):
    """Parts without keys, of our own Hello as `role` and the HELLO that came."""
    theirs = decode_hello(payload, "R" if role == "I" else "I")
    version, features = choose(own, theirs)
    hello_i, hello_r = (own.encode(), payload) if role == "I" else (payload, own.encode())
    flags = (own if role == "I" else theirs).flags
    return Parts(version, features, flags, exporter, hello_i, hello_r, ZERO_KEY, ZERO_KEY)


def known_hint(key_r, exporter):
    return hashlib.sha256(b"kith-known-v1".ljust(32, b"\0") + key_r + exporter).digest()


def invite_proof(secret, transcript_i):
    return hmac.new(secret, transcript_i, hashlib.sha256).digest()
