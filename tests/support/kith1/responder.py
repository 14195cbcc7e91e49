"""The side that accepts."""

import dataclasses
import time

from . import frames
from .frames import AUTH_I, AUTH_R, GOODBYE, KNOCK, KNOWN, PING, PONG, WAIT
from .session import AUTHENTICATION, REQUEST, Session
from .tls import Ended
from .values import (HOST_KEY_UNKNOWN, NO_CONTACT_FITS, ZERO_INVITE, Refused, invite_proof, known_hint, verifies)


@dataclasses.dataclass
class Policy:
    """Who may come in, as a host's program and person have it."""

    contacts: set = dataclasses.field(default_factory=set)
    blocked: set = dataclasses.field(default_factory=set)
    invites: dict = dataclasses.field(default_factory=dict)  # id: secret
    spent: dict = dataclasses.field(default_factory=dict)    # id: the key that used it
    accept: str = "ask"                                      # ask, known or all
    # The person: given the key and the name in KNOCK, True, False, or None where nobody answers.
    answer: object = lambda key, name: True
    authentication: float = AUTHENTICATION
    request: float = REQUEST


class Responder(Session):
    def __init__(self, sock, identity, policy=None, **more):
        super().__init__(sock, "R", identity, **more)
        self.policy = policy or Policy()
        self.deadline = time.monotonic() + self.policy.authentication
        self.knocked = None
        self.invited = False

    def hear_auth(self):
        """AUTH of I, checked in the order of PROTOCOL.md."""
        payload = self.expect(AUTH_I)[1]
        key, signature, id_, proof = payload[:32], payload[32:96], payload[96:104], payload[104:]
        self.check_key(key)
        if key in self.policy.blocked:
            raise Refused("blocked")
        self.parts.key_i, self.parts.key_r = key, self.identity.key
        transcript = self.parts.transcript("I")
        if not verifies(key, transcript, signature):
            raise Refused("signature-wrong")
        self.peer_key = key
        self.deadline = None
        secret = self.policy.invites.get(id_) if id_ != ZERO_INVITE else None
        fits = secret is not None and proof == invite_proof(secret, transcript)
        self.invited = fits and self.policy.spent.get(id_, key) == key
        if self.invited:
            self.policy.spent[id_] = key

    def decide(self):
        """admit, ask, recognise or close."""
        flags = self.parts.flags
        if self.peer_key in self.policy.contacts:
            if not flags & HOST_KEY_UNKNOWN:
                return "admit"
            return "ask" if flags & NO_CONTACT_FITS else "recognise"
        if self.invited or self.policy.accept == "all":
            return "admit"
        return "ask" if self.policy.accept == "ask" else "close"

    def auth(self):
        self.parts.key_r = self.identity.key
        return self.identity.key + self.identity.sign(self.parts.transcript("R"))

    def say_auth(self):
        self.send(AUTH_R, self.auth())
        self.deadline = time.monotonic() + self.policy.authentication

    def recognise(self):
        self.send(KNOWN, known_hint(self.identity.key, self.parts.exporter))

    def ask(self):
        """WAIT, the caller's KNOCK, and what the person answers."""
        self.send(WAIT)
        self.hear_knock()
        answer = self.policy.answer(self.peer_key, self.knocked)
        if answer is None:
            self.stand_by(self.policy.request)
        elif not answer:
            self.goodbye(frames.DECLINED)
            raise Refused("declined")

    def hear_knock(self):
        while self.knocked is None:
            type_, payload = self.expect(KNOCK, PING, PONG, GOODBYE)
            if type_ == KNOCK:
                self.knocked = payload.decode(errors="replace")
            elif type_ == PING:
                self.send(PONG)
            elif type_ == GOODBYE:
                raise Ended("goodbye", str(payload[0]))

    def stand_by(self, limit):
        """Nobody answers: pings and goodbye alone are legal, until the request expires."""
        end = time.monotonic() + limit
        try:
            while True:
                type_, payload = self.expect(PING, PONG, GOODBYE, limit=max(0.0, end - time.monotonic()))
                if type_ == PING:
                    self.send(PONG)
                elif type_ == GOODBYE:
                    raise Ended("goodbye", str(payload[0]))
        except Ended as ended:
            if ended.how != "silent" or time.monotonic() < end:
                raise
        self.goodbye(frames.UNANSWERED)
        raise Refused("request-expired")

    def admit(self):
        self.say_auth()
        self.introduce()

    def run(self):
        """Everything up to both PROFILEs. A caller that is refused hears nothing but the end."""
        self.greet()
        self.hear_auth()
        step = self.decide()
        if step == "close":
            raise Refused("not-let-in")
        if step == "recognise":
            self.recognise()
            raise Refused("recognised")
        if step == "ask":
            self.ask()
        self.admit()
        return self
