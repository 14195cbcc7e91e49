"""The side that dials."""

import socket

from . import frames
from .frames import AUTH_I, AUTH_R, GOODBYE, KNOCK, KNOWN, PING, PONG, WAIT
from .session import AUTHENTICATION, REQUEST, Session
from .tls import Ended
from .values import (HOST_KEY_UNKNOWN, NO_CONTACT_FITS, ZERO_INVITE, ZERO_PROOF, Hello, Refused, invite_proof,
                     verifies)


class Recognised(Exception):
    """The host said KNOWN: dial again with the key named that fits the hint (values.known_hint)."""

    def __init__(self, hint, exporter):
        super().__init__("KNOWN")
        self.hint = hint
        self.exporter = exporter


class Initiator(Session):
    """`expected`: the host's key, where it is known. `invite`: (id, secret), only with `expected`."""

    def __init__(self, sock, identity, *, expected=None, invite=None, no_contact_fits=False, hello=None, **more):
        flags = 0 if expected else HOST_KEY_UNKNOWN | (NO_CONTACT_FITS if no_contact_fits else 0)
        super().__init__(sock, "I", identity, hello=hello or Hello(flags=flags), **more)
        self.expected = expected
        self.invite = invite
        self.waited = False

    def auth(self):
        """AUTH's payload, for what HELLO, TLS and `expected` say."""
        self.parts.key_i = self.identity.key
        self.parts.key_r = self.expected or bytes(32)
        transcript = self.parts.transcript("I")
        id_, proof = ZERO_INVITE, ZERO_PROOF
        if self.invite:
            id_, proof = self.invite[0], invite_proof(self.invite[1], transcript)
        return self.identity.key + self.identity.sign(transcript) + id_ + proof

    def say_auth(self):
        self.send(AUTH_I, self.auth())

    def hear_answer(self):
        """AUTH of R, checked: True. WAIT: False. KNOWN is raised."""
        try:
            type_, payload = self.expect(AUTH_R, WAIT, KNOWN, GOODBYE)
        except Ended as ended:
            if ended.how in ("closed", "cut", "reset"):
                raise Refused("host-closed", str(ended)) from None
            raise
        if type_ == WAIT:
            self.waited = True
            return False
        if type_ == GOODBYE:
            self._refused(payload)
        if type_ == KNOWN:
            if self.parts.flags != HOST_KEY_UNKNOWN:
                raise Refused("protocol-broken", "KNOWN though its key was named")
            raise Recognised(payload, self.parts.exporter)
        self._check(payload)
        return True

    def _check(self, payload):
        key, signature = payload[:32], payload[32:]
        self.check_key(key, self.expected)
        self.parts.key_r = key
        if not verifies(key, self.parts.transcript("R"), signature):
            raise Refused("signature-wrong")
        self.peer_key = key
        self.deadline = None

    def knock(self):
        self.send(KNOCK, self.name.encode())

    def hear_decision(self, limit=REQUEST + AUTHENTICATION):
        """Behind WAIT, until a person over there has answered."""
        while True:
            type_, payload = self.expect(AUTH_R, PING, PONG, GOODBYE, limit=limit)
            if type_ == AUTH_R:
                return self._check(payload)
            if type_ == PING:
                self.send(PONG)
            elif type_ == GOODBYE:
                self._refused(payload)

    @staticmethod
    def _refused(goodbye):
        why = {frames.DECLINED: "not-let-in", frames.UNANSWERED: "unanswered", frames.SUPERSEDED: "superseded"}
        raise Refused(why.get(goodbye[0], "peer-closed"))

    def authenticate(self):
        self.say_auth()
        if not self.hear_answer():
            self.knock()
            self.hear_decision()

    def run(self):
        """Everything up to both PROFILEs."""
        self.greet()
        self.authenticate()
        self.introduce()
        return self


def dial(host, port, identity, source=None, **more):
    """Dials and runs an Initiator. `source`: the address to dial from."""
    sock = socket.create_connection((host, port), more.get("limit", 20.0), (source, 0) if source else None)
    session = Initiator(sock, identity, **more)
    try:
        return session.run()
    except BaseException:
        session.close()
        raise
