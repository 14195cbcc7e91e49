"""What both sides have in common: TLS, HELLO, frames, PROFILE, and the conversation behind them."""

import os
import time

from OpenSSL import SSL

from . import frames
from .frames import AUTH_R, DECLINED, ENTRY, GOODBYE, HELLO, PING, PONG, PROFILE, UNANSWERED, WAIT
from .tls import ALPN, Ended, Tls
from .values import Hello, Refused, is_usable_key, settle

AUTHENTICATION = 10.0  # seconds, from accept to a verified AUTH of I; and from AUTH of R to PROFILE
REQUEST = 300.0        # ... that a person may take to answer
PINGS_AT_ONCE = 16     # and one in a second
POST_HANDSHAKE = 16    # TLS messages behind the handshake, in an hour


class Session:
    """One connection, as "I" or "R". Steps are called one after another, so that a hostile peer can leave one out, do
    one twice or say something else; run() of the two sides is all of them. A step raises Refused where this side does
    not go on, Ended where the other did not."""

    def __init__(self, sock, role, identity, *, hello=None, name="Python", tls=None, limit=20.0):
        self.role = role
        self.identity = identity
        self.own_hello = hello or Hello()
        self.name = name
        self.limit = limit
        self.tls = self.transport(sock, tls)
        self.tolerant = False  # a hostile peer bears what it has asked for
        self.reader = frames.Reader()
        self.said, self.heard = [], []  # (type, payload)
        self.parts = None
        self.peer_key = None
        self.peer_profile = None
        self.stream = os.urandom(16)
        self.number = 0
        self.pongs_due = 0
        self.pings = [time.monotonic(), PINGS_AT_ONCE]  # when it was counted, and how many more it may send
        self.deadline = None  # of time.monotonic(), for what must be over by then

    def transport(self, sock, made):
        return Tls(sock, self.role, made, self.limit)

    # --- frames ---

    def send(self, type_, payload=b""):
        self.said.append((type_, payload))
        self.pongs_due += type_ == PING
        self.tls.send(frames.frame(type_, payload))

    def send_raw(self, data):
        self.tls.send(data)

    def next(self, limit=None):
        """The next frame, whatever it is; GOODBYE too."""
        if self.deadline is not None:
            limit = min(limit or self.limit, max(0.0, self.deadline - time.monotonic()))
        end = time.monotonic() + (self.limit if limit is None else limit)
        while (whole := self.reader.next()) is None:
            self.tls.post_handshake_most = None if self.tolerant else POST_HANDSHAKE
            self.reader.buffer += self.tls.receive(max(0.0, end - time.monotonic()))
        self.heard.append(whole)
        if whole[0] == PING and not self.tolerant:
            self._count_ping()
        if whole[0] == PONG:
            self.pongs_due -= 1
            if self.pongs_due < 0 and not self.tolerant:
                raise Refused("protocol-broken", "PONG without a PING")
        if whole[0] == GOODBYE and whole[1][0] in (DECLINED, UNANSWERED) and not self.tolerant:
            self._check_answer()
        return whole

    def _check_answer(self):
        """A person's answer: R's alone, behind WAIT and before AUTH."""
        said = {type_ for type_, _ in self.heard}
        if self.role == "R" or WAIT not in said or AUTH_R in said:
            raise Refused("protocol-broken", "an answer where nobody is asked")

    def _count_ping(self):
        now = time.monotonic()
        counted, left = self.pings
        left = min(PINGS_AT_ONCE, left + now - counted) - 1
        if left < 0:
            raise Refused("too-much", "pings")
        self.pings = [now, left]

    def expect(self, *types, limit=None):
        """The next frame, which must be one of these."""
        type_, payload = self.next(limit)
        if type_ not in types:
            raise Refused("protocol-broken", f"{frames.NAMES[type_]} now")
        return type_, payload

    # --- steps ---

    def secure(self):
        """TLS, which must be 1.3 with ALPN kith/1. A peer that speaks anything else is no Kith."""
        try:
            self.tls.handshake(self._left())
        except Ended as ended:
            if ended.how == "alert":
                raise Refused("not-kith", str(ended)) from None
            raise
        if self.tls.alpn != ALPN or self.tls.ssl.get_protocol_version() != SSL.TLS1_3_VERSION:
            raise Refused("not-kith", f"{self.tls.version}, ALPN {self.tls.alpn}")

    def _left(self):
        return self.limit if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def say_hello(self):
        self.send(HELLO, self.own_hello.encode())

    def hear_hello(self):
        self.parts = settle(self.role, self.own_hello, self.expect(HELLO)[1], self.tls.exporter())

    def greet(self):
        self.secure()
        self.say_hello()
        self.hear_hello()

    def check_key(self, key, expected=None):
        """The peer's key, before its signature, in the order of PROTOCOL.md."""
        if not is_usable_key(key):
            raise Refused("key-invalid")
        if key == self.identity.key:
            raise Refused("own-key")
        if expected is not None and key != expected:
            raise Refused("key-changed", key=key)

    # --- the conversation ---

    def say_profile(self, hosts=()):
        self.send(PROFILE, frames.Profile(self.name, list(hosts)).encode())

    def hear_profile(self):
        self.peer_profile = frames.decode_profile(self.expect(PROFILE)[1])
        self.deadline = None

    def introduce(self):
        self.say_profile()
        self.hear_profile()

    def say(self, text, **fields):
        """An entry; returns it."""
        self.number += 1
        entry = frames.Entry(text, self.number, self.stream, **fields)
        self.send(ENTRY, entry.encode())
        return entry

    def hear(self, limit=None):
        """The next entry. Pings are answered, a new PROFILE is noted; a GOODBYE is the end."""
        end = time.monotonic() + (self.limit if limit is None else limit)
        while True:
            type_, payload = self.expect(ENTRY, PROFILE, PING, PONG, GOODBYE, limit=max(0.0, end - time.monotonic()))
            if type_ == ENTRY:
                return frames.decode_entry(payload)
            if type_ == PROFILE:
                self.peer_profile = frames.decode_profile(payload)
            elif type_ == PING:
                self.send(PONG)
            elif type_ == GOODBYE:
                raise Ended("goodbye", str(payload[0]))

    def ping(self):
        """Says PING; PONG must be the next thing but entries."""
        self.send(PING)
        while self.expect(PONG, ENTRY, PROFILE, PING)[0] != PONG:
            pass

    def goodbye(self, why=frames.ENDED):
        try:
            self.send(GOODBYE, bytes([why]))
        finally:
            self.close()

    def close(self):
        self.tls.close()

    def until_end(self, limit=None):
        """Reads on; (frames that came, how it ended): "goodbye:N" where one was said."""
        came = []
        try:
            while True:
                came.append(self.next(limit))
        except Ended as ended:
            how = ended.how
        byes = [payload[0] for type_, payload in came if type_ == GOODBYE]
        return came, f"goodbye:{byes[-1]}" if byes else how
