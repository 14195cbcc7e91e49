"""Attacks of one who dials, on a host."""

import dataclasses
import select
import socket

from OpenSSL import SSL

from . import frames, tls
from .attacks import Attack, floods, framing, hellos, order, say, wrong_content
from .frames import AUTH_I, ENTRY, GOODBYE, HELLO, KNOCK, PING, PROFILE
from .initiator import Initiator
from .values import (FEATURES, HOST_KEY_UNKNOWN, Hello, Identity, is_usable_key, non_canonical_keys, small_order_keys)

# What I may say at each point. PONG only where a PING was heard.
LEGAL = {
    "secured": {HELLO},
    "greeted": {AUTH_I},
    "waiting": {KNOCK, PING, GOODBYE},
    "knocked": {PING, GOODBYE},
    "admitted": {PROFILE, GOODBYE},
    "open": {PROFILE, ENTRY, PING, GOODBYE},
}


@dataclasses.dataclass
class Target:
    """A host to attack. It asks about strangers (nobody answers), and `friend` is a contact of its."""

    host: str
    port: int
    key: bytes
    friend: Identity
    limit: float = 20.0
    source: str = None  # the address to dial from

    def connect(self):
        return socket.create_connection((self.host, self.port), self.limit, (self.source, 0) if self.source else None)

    def session(self, identity=None, kind=Initiator, **options):
        options = {"expected": self.key, "limit": self.limit, "name": "Mallory", **options}
        return kind(self.connect(), identity or self.friend, **options)

    def reach(self, point, **options):
        """A session at that point: "connected", "secured", "greeted", "waiting", "knocked", "admitted", "open"."""
        if point in ("waiting", "knocked"):
            options.setdefault("identity", Identity())
        session = self.session(**options)
        try:
            self._go(session, point)
        except BaseException:
            session.close()
            raise
        return session

    @staticmethod
    def _go(session, point):
        if point == "connected":
            return
        session.secure()
        if point == "secured":
            return
        session.say_hello()
        session.hear_hello()
        if point == "greeted":
            return
        session.say_auth()
        if point in ("waiting", "knocked"):
            assert not session.hear_answer(), "a stranger was let in"
            if point == "knocked":
                session.knock()
            return
        assert session.hear_answer(), "the friend was not let in"
        if point == "open":
            session.introduce()


# --- HELLO and AUTH --------------------------------------------------------------------------------------------------


def wrong_hellos():
    return [Attack(name, "secured", reason, say(HELLO, hello.encode())) for name, reason, hello in hellos("I")]


def auth(change):
    """AUTH whose (key, signature, id, proof) `change` has made of the right ones."""

    def do(session):
        payload = session.auth()
        session.send(AUTH_I, b"".join(change(payload[:32], payload[32:96], payload[96:104], payload[104:])))

    return do


def unusable_keys():
    """Threats row 24. The signature that OpenSSL 3.0 takes for every message under a key of small order: R the neutral
    point, S zero."""
    forged = bytes([1]) + bytes(63)
    made = [Attack(f"small-order key {key.hex()}", "greeted", "key-invalid",
                   auth(lambda _k, _s, i, p, key=key: (key, forged, i, p))) for key in small_order_keys()]
    # A sample of the others; is_usable_key() itself is tested with all.
    made += [Attack(f"non-canonical key {key.hex()}", "greeted", "key-invalid",
                    auth(lambda _k, s, i, p, key=key: (key, s, i, p))) for key in non_canonical_keys()[::11]]
    assert not any(is_usable_key(key) for key in small_order_keys() + non_canonical_keys())
    return made


def other_transcript(**changes):
    """AUTH whose signature is over a T that differs in one thing from what was said: a stripped HELLO, another session,
    another host."""

    def do(session):
        session.parts.key_i, session.parts.key_r = session.identity.key, session.expected
        for name, change in changes.items():
            setattr(session.parts, name, change(getattr(session.parts, name)))
        signature = session.identity.sign(session.parts.transcript("I"))
        session.send(AUTH_I, session.identity.key + signature + bytes(40))

    return do


def _flip(at):
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def wrong_auths(target):
    def swapped_role(session):
        session.parts.key_i, session.parts.key_r = session.identity.key, session.expected
        session.send(AUTH_I, session.identity.key + session.identity.sign(session.parts.transcript("R")) + bytes(40))

    signature = {
        "AUTH with a bit of the signature flipped": auth(lambda k, s, i, p: (k, _flip(40)(s), i, p)),
        "AUTH with a signature of zeros": auth(lambda k, s, i, p: (k, bytes(64), i, p)),
        "AUTH with S + L": auth(lambda k, s, i, p: (k, malleated(s), i, p)),
        "AUTH under somebody else's key": auth(lambda k, s, i, p: (Identity().key, s, i, p)),
        "AUTH signed as the host": swapped_role,
        "AUTH over another session's exporter": other_transcript(exporter=_flip(0)),
        "AUTH over another host's key": other_transcript(key_r=lambda _: Identity().key),
        "AUTH over another HELLO of ours": other_transcript(hello_i=_flip(20)),
        "AUTH over another HELLO of theirs": other_transcript(hello_r=_flip(20)),
        "AUTH over features that were stripped": other_transcript(features=lambda _: 1),
        "AUTH over a HELLO whose features were stripped": other_transcript(hello_i=_flip(5)),
        "AUTH over another version": other_transcript(version=lambda _: 2),
        "AUTH over other flags": other_transcript(flags=lambda flags: flags ^ HOST_KEY_UNKNOWN),
    }
    made = [Attack(name, "greeted", "signature-wrong", do) for name, do in signature.items()]
    made += [Attack("AUTH with the host's own key", "greeted", "own-key",
                    auth(lambda _k, s, i, p: (target.key, s, i, p)))]
    made += [Attack(f"AUTH of {length} bytes", "greeted", "protocol-broken",
                    lambda session, n=length: session.send(AUTH_I, (session.auth() + bytes(200))[:n]))
             for length in (0, 96, 135, 137, 256, 257)]
    return made


L = 2**252 + 27742317777372353535851937790883648493


def malleated(signature):
    """The other S that a verifier without a range check takes (RFC 8032, section 5.1.7)."""
    return signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")


# --- the rest --------------------------------------------------------------------------------------------------------


def wrong_sequences():
    """What order() cannot say: the same frame twice at once."""
    return [
        Attack("AUTH twice", "greeted", "protocol-broken", lambda s: (s.say_auth(), s.say_auth())),
        Attack("HELLO twice", "secured", "protocol-broken", lambda s: (s.say_hello(), s.say_hello())),
        Attack("KNOCK twice", "waiting", "protocol-broken", lambda s: (s.knock(), s.knock())),
    ]


def not_kith():
    """Threats row 21: other TLS. A session at "connected", with TLS of another kind, that tries to shake hands."""

    def shake(session):
        try:
            session.tls.handshake()
            session.send(HELLO, Hello(features=FEATURES).encode())
        except tls.Ended as ended:
            if ended.how == "silent":
                raise

    kinds = {
        "TLS 1.2": dict(version=SSL.TLS1_2_VERSION),
        "no ALPN": dict(alpn=None),
        "ALPN http/1.1": dict(alpn=b"http/1.1"),
        "ALPN kith/2": dict(alpn=b"kith/2"),
    }
    return [Attack(name, "connected", "not-kith", shake, {"tls": tls.context("I", **kind)})
            for name, kind in kinds.items()]


PLAIN = {
    "HTTP": b"GET / HTTP/1.1\r\nHost: example\r\n\r\n",
    "SSH": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "a line": b"hello\n",
    "a frame without TLS": frames.frame(HELLO, Hello().encode()),
    "SSL 2.0": b"\x80\x2e\x01\x00\x02" + bytes(43),
}


def not_tls():
    """First bytes that are no TLS: turned away as plain text; and what begins like TLS and is none."""
    made = [Attack(f"plain text: {name}", "connected", "plain-turned-away",
                   lambda session, data=data: session.tls.sock.sendall(data)) for name, data in PLAIN.items()]
    made += [Attack(name, "connected", "not-kith", lambda session, data=data: session.tls.sock.sendall(data))
             for name, data in {"0x16 and nonsense": b"\x16" + b"\xa5" * 400,
                                "a TLS record of 2^16-1 bytes": b"\x16\x03\x01\xff\xff" + bytes(70000)}.items()]
    return made


def every(target, pings=10**6, updates=1000):
    """All attacks on a host but those that take time (silent())."""
    made = []
    for point, legal in LEGAL.items():
        made += framing(point) + order(point, legal)
    made += wrong_hellos() + unusable_keys() + wrong_auths(target) + wrong_sequences() + wrong_content()
    made += not_kith() + not_tls()
    return made + (floods(pings, updates) if tls.can_update_keys() else floods(pings, updates)[:1])


CUT_HELLO = b"\x16\x03\x01\x00\x05\x01\x00\x01\x00\x03"  # a whole record that holds the start of a ClientHello


def silent():
    """Threats row 3: one who never goes on, at each step; the host's limits end it."""
    def nothing(_session):
        pass

    made = [Attack("silence", point, "silent", nothing) for point in ("connected", "secured", "greeted", "admitted")]
    return made + [Attack("silence in the ClientHello", "connected", "silent",
                          lambda session: session.tls.sock.sendall(CUT_HELLO))]


def dripping(every=5.0):
    """... and one who says a byte now and then: the limit is absolute. The caller's own clock goes on meanwhile."""
    def drip(session):
        for byte in CUT_HELLO * 10:
            try:
                session.tls.sock.sendall(bytes([byte]))
                if select.select([session.tls.sock], [], [], every)[0]:
                    return
            except ConnectionError:
                return

    return Attack(f"a byte every {every} s", "connected", "silent", drip)
