"""Frames and their payloads (PROTOCOL.md, "Frames"): length (4, big-endian; of what follows) | type (1) | payload.
Protobuf by hand (src/wire/peer.proto), as it is two small messages."""

import dataclasses
import os
import struct
import time

from .values import Refused

HELLO, AUTH_I, AUTH_R, WAIT, KNOWN, KNOCK, PROFILE, PING, PONG, GOODBYE = range(1, 11)
ENTRY = 16
NAMES = {HELLO: "HELLO", AUTH_I: "AUTH of I", AUTH_R: "AUTH of R", WAIT: "WAIT", KNOWN: "KNOWN", KNOCK: "KNOCK",
         PROFILE: "PROFILE", PING: "PING", PONG: "PONG", GOODBYE: "GOODBYE", ENTRY: "ENTRY"}
# The most that a payload may have.
MOST = {**{type_: 256 for type_ in NAMES}, PROFILE: 2048, ENTRY: 65536}
LENGTHS = {HELLO: 40, AUTH_I: 136, AUTH_R: 96, WAIT: 0, KNOWN: 32, PING: 0, PONG: 0, GOODBYE: 1}
ENDED, DECLINED, UNANSWERED, SUPERSEDED = range(4)  # what GOODBYE says
TEXT = 1  # kind of an entry
ENTRY_TEXT = 65536 - 512


def frame(type_, payload=b""):
    return struct.pack(">IB", 1 + len(payload), type_) + payload


class Reader:
    """Cuts a stream into frames; refuses a length or type before it keeps a byte of the payload."""

    def __init__(self):
        self.buffer = b""

    def next(self):
        """(type, payload), or None where it is not whole yet."""
        if len(self.buffer) < 4:
            return None
        length = struct.unpack(">I", self.buffer[:4])[0]
        if not 1 <= length <= 1 + max(MOST.values()):
            raise Refused("protocol-broken", f"a frame of {length} bytes")
        if len(self.buffer) < 5:
            return None
        type_ = self.buffer[4]
        if type_ not in MOST or length - 1 > MOST[type_]:
            raise Refused("protocol-broken", f"a frame of type {type_} with {length - 1} bytes")
        if len(self.buffer) < 4 + length:
            return None
        payload, self.buffer = self.buffer[5:4 + length], self.buffer[4 + length:]
        if LENGTHS.get(type_, len(payload)) != len(payload):
            raise Refused("protocol-broken", f"{NAMES[type_]} of {len(payload)} bytes")
        return type_, payload


# --- protobuf --------------------------------------------------------------------------------------------------------


def varint(n):
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    """A field with a number or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value) if value else b""
    return varint(number << 3 | 2) + varint(len(value)) + value if value else b""


def _read_varint(data, at):
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Refused("protocol-broken", "protobuf")
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value & 2**64 - 1, at


def fields(data):
    """[(number, value)] of a message; other wire types are passed over."""
    found, at = [], 0
    while at < len(data):
        tag, at = _read_varint(data, at)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            value, at = _read_varint(data, at)
            found.append((number, value))
        elif kind == 2:
            length, at = _read_varint(data, at)
            found.append((number, data[at:at + length]))
            at += length
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            raise Refused("protocol-broken", "protobuf")
        if not number or at > len(data):
            raise Refused("protocol-broken", "protobuf")
    return found


def _text(data, most, what):
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Refused("protocol-broken", f"{what} is not UTF-8") from None
    if len(data) > most or "\0" in text:
        raise Refused("protocol-broken", f"{what} is too long, or has NUL")
    return text


# --- PROFILE and ENTRY -----------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Profile:
    name: str = "Python"
    hosts: list = dataclasses.field(default_factory=list)  # (address, port)

    def encode(self):
        hosts = b"".join(field(2, field(1, address.encode()) + field(2, port)) for address, port in self.hosts)
        return field(1, self.name.encode()) + hosts


def decode_profile(payload):
    profile = Profile("")
    for number, value in fields(payload):
        if number == 1:
            profile.name = _text(value, 256, "a name")
        elif number == 2:
            host = dict(fields(value))
            if not 0 < host.get(2, 0) < 65536:
                raise Refused("protocol-broken", "a port")
            profile.hosts.append((_text(host.get(1, b""), 253, "an address"), host[2]))
    if len(profile.hosts) > 4:
        raise Refused("protocol-broken", "hosts")
    return profile


@dataclasses.dataclass
class Entry:
    text: str
    number: int
    stream: bytes
    id: bytes = dataclasses.field(default_factory=lambda: os.urandom(16))
    written: int = dataclasses.field(default_factory=lambda: int(time.time() * 1000))
    kind: int = TEXT

    def encode(self):
        zigzag = (self.written << 1 ^ self.written >> 63) & 2**64 - 1
        text = self.text if isinstance(self.text, bytes) else self.text.encode()
        return (field(1, self.stream) + field(2, self.number) + field(3, self.id) + field(4, zigzag)
                + field(5, self.kind) + field(6, text))


def decode_entry(payload):
    found = dict(fields(payload))
    stream, id_, number = found.get(1, b""), found.get(3, b""), found.get(2, 0)
    if len(stream) != 16 or len(id_) != 16 or not number:
        raise Refused("protocol-broken", "an entry's ids")
    zigzag = found.get(4, 0)
    return Entry(_text(found.get(6, b""), ENTRY_TEXT, "a text"), number, stream, id_,
                 zigzag >> 1 ^ -(zigzag & 1), found.get(5, 0))
