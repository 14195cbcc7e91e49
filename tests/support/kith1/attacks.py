"""What attacks on either side have in common: an attack is a name, a point that it reaches by fair means, what is said
there, and the reason for which the attacked side must end. Bytes that are wrong wherever they come stand here."""

import dataclasses
import struct

from . import frames
from .frames import (AUTH_I, AUTH_R, ENTRY, GOODBYE, HELLO, KNOCK, KNOWN, PING, PONG, PROFILE, WAIT, frame)
from .tls import Ended
from .values import Hello, Refused


@dataclasses.dataclass
class Attack:
    name: str
    point: str   # as far as it goes by fair means; see the two sides' reach()
    reason: str  # code of the attacked side's reason
    do: object   # called with the session, which is at that point
    options: dict = dataclasses.field(default_factory=dict)  # for the session

    def __str__(self):
        return f"{self.name} ({self.point})"


def carry_out(attack, session, limit=None):
    """Does it, on a session that is at its point, and reads until the end: (frames that came, how it ended). The
    attacked side may end before the last byte is out. Without TLS ("connected") bytes are read instead of frames."""
    session.tolerant = True
    try:
        attack.do(session)
    except Ended as ended:
        if ended.how == "silent":
            raise
    try:
        if attack.point == "connected":
            return bytes_until_end(session.tls.sock, limit or session.limit)
        return session.until_end(limit)
    finally:
        session.close()


def bytes_until_end(sock, limit):
    """([what came], how it ended) of a bare connection."""
    data = b""
    sock.settimeout(limit)
    try:
        while piece := sock.recv(1 << 16):
            data += piece
        how = "cut"
    except TimeoutError:
        how = "silent"
    except ConnectionError:
        how = "reset"
    return [data] if data else [], how


# A frame of each type with nothing wrong in it.
SOUND = {
    HELLO: Hello().encode(),
    AUTH_I: bytes(136),
    AUTH_R: bytes(96),
    WAIT: b"",
    KNOWN: bytes(32),
    KNOCK: b"Mallory",
    PROFILE: frames.Profile("Mallory").encode(),
    PING: b"",
    PONG: b"",
    GOODBYE: b"\0",
    ENTRY: frames.Entry("early", 1, bytes(range(16))).encode(),
}


def raw(data):
    return lambda session: session.send_raw(data)


def say(type_, payload=None):
    return lambda session: session.send(type_, SOUND[type_] if payload is None else payload)


def framing(point):
    """Threats row 2: lengths and types that no frame has."""
    broken = {
        "a frame of length 0": struct.pack(">I", 0),
        "a frame of length 2^32-1": struct.pack(">IB", 2**32 - 1, ENTRY),
        "a frame of length 2^31": struct.pack(">IB", 2**31, PING),
        "a frame one longer than the longest": struct.pack(">IB", 1 + 65536 + 1, ENTRY) + bytes(1000),
        "a PROFILE one longer than the longest": struct.pack(">IB", 1 + 2048 + 1, PROFILE) + bytes(1000),
        "a KNOCK one longer than the longest": struct.pack(">IB", 1 + 256 + 1, KNOCK) + bytes(257),
        "a PING of one byte": frame(PING, b"\0"),
        "a GOODBYE of no byte": frame(GOODBYE, b""),
        "a GOODBYE of two bytes": frame(GOODBYE, b"\0\0"),
    }
    for type_ in (0, 11, 15, 17, 127, 255):
        broken[f"a frame of type {type_}"] = frame(type_, b"")
    return [Attack(name, point, "protocol-broken", raw(data)) for name, data in broken.items()]


def order(point, legal, asking=False):
    """Threats row 2: every frame that is not legal now; and a person's answer where nobody is `asking` one."""
    made = [Attack(f"{frames.NAMES[type_]} now", point, "protocol-broken", say(type_))
            for type_ in SOUND if type_ not in legal]
    if GOODBYE in legal and not asking:
        made += [Attack(f"GOODBYE, {name}", point, "protocol-broken", say(GOODBYE, bytes([why])))
                 for name, why in (("declined", frames.DECLINED), ("unanswered", frames.UNANSWERED))]
    return made


def hellos(role):
    """HELLOs that no Kith says: (name, reason, Hello)."""
    fit = 1 if role == "I" else 0  # the flags that a HELLO of this side may have
    wrong = {
        "a HELLO of version 0": dict(version_min=0, version_max=0),
        "a HELLO from version 0": dict(version_min=0),
        "a HELLO whose versions are swapped": dict(version_min=2, version_max=1),
        "a HELLO with the byte that is 0 set": dict(zero=1),
        "a HELLO with flag 2": dict(flags=fit | 4),
        "a HELLO with flag 7": dict(flags=fit | 128),
        "a HELLO with flag 1 alone": dict(flags=2),
    }
    wrong |= {"a host's HELLO with flag 0": dict(flags=1)} if role == "R" else {}
    made = [(name, "protocol-broken", Hello(**{"flags": fit, **fields})) for name, fields in wrong.items()]
    return made + [("a HELLO of a later version", "version-too-new", Hello(2, 3, flags=fit))]


def conversation():
    """PROFILEs and entries that are sound frames and nothing else."""
    stream, text = bytes(range(16)), b"text"

    def entry(**fields):
        return frames.Entry(**{"text": "x", "number": 1, "stream": stream, **fields}).encode()

    wrong_entries = {
        "an entry with NUL in its text": entry(text=b"a\0b"),
        "an entry that is not UTF-8": entry(text=b"\xff\xfe"),
        "an entry with a surrogate": entry(text=b"\xed\xa0\x80"),
        "an entry of a text one byte too long": entry(text=b"x" * (frames.ENTRY_TEXT + 1)),
        "an entry with an id of 15 bytes": entry(id=bytes(15)),
        "an entry with an id of 17 bytes": entry(id=bytes(17)),
        "an entry without an id": entry(id=b""),
        "an entry with a stream of 15 bytes": entry(stream=bytes(15)),
        "an entry without a number": entry(number=0),
        "an entry that is cut": entry(text=text)[:-1],
        "an entry that is no protobuf": b"\xff" * 40,
        "an entry whose text claims 4 GiB": frames.field(1, stream) + b"\x32\xff\xff\xff\xff\x0f",
    }
    host = frames.field(1, b"192.0.2.1") + frames.field(2, 5188)
    wrong_profiles = {
        "a PROFILE with five addresses": frames.field(1, b"M") + 5 * frames.field(2, host),
        "a PROFILE with port 0": frames.field(1, b"M") + frames.field(2, frames.field(1, b"192.0.2.1")),
        "a PROFILE with port 65536": frames.field(2, frames.field(1, b"192.0.2.1") + frames.field(2, 65536)),
        "a PROFILE with a name of 257 bytes": frames.field(1, b"M" * 257),
        "a PROFILE with a name that is not UTF-8": frames.field(1, b"\xff"),
        "a PROFILE with NUL in its name": frames.field(1, b"a\0b"),
        "a PROFILE that is cut": frames.field(1, b"Mallory")[:-1],
    }
    return [(name, ENTRY, payload) for name, payload in wrong_entries.items()] + \
        [(name, PROFILE, payload) for name, payload in wrong_profiles.items()]


def wrong_content():
    made = [Attack(name, "open", "protocol-broken", say(type_, payload)) for name, type_, payload in conversation()]
    made += [Attack(name, "admitted", "protocol-broken", say(type_, payload))
             for name, type_, payload in conversation() if type_ == PROFILE]
    return made


def floods(pings=10**6, updates=1000):
    """Threats row 6: more than anybody needs."""

    def flood_pings(session):
        burst = frame(PING) * 1000
        for _ in range(pings // 1000):
            session.send_raw(burst)

    def flood_updates(session):
        for _ in range(updates):
            session.tls.update_keys()

    def flood_updates_of_ours(session):
        for _ in range(updates):
            session.tls.update_keys(ask_too=True)

    return [Attack(f"{pings} pings", "open", "too-much", flood_pings),
            Attack(f"{updates} KeyUpdates", "open", "too-much", flood_updates),
            Attack(f"{updates} KeyUpdates that ask for one", "open", "too-much", flood_updates_of_ours)]


def refuses(step):
    """The reason for which our own side refuses, or ends; None where it goes through."""
    try:
        step()
    except Refused as refused:
        return refused.reason
    except Ended as ended:
        return f"ended:{ended}"
    return None
