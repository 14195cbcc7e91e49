"""Whole programs with identities: profiles whose keys a test knows, programs that know each other, and kith/1's second
implementation as somebody whom they meet."""

import os
import pathlib
import socket
import sys

from programs import LIMIT, TimedOut
from terminals import Terminal, TerminalTest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

try:
    from cryptography.hazmat.primitives import serialization
    from kith1.values import Identity, Refused
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else 77)
from kith1.initiator import Initiator, Recognised
from kith1.responder import Policy, Responder
from kith1.serving import Listener
from kith1.texts import invite_link, kith_id, parse_invite
from kith1.tls import Ended


def write_identity(profile, identity):
    """Makes a profile that is this key, before a program has seen it."""
    folder = pathlib.Path(profile)
    folder.mkdir(mode=0o700, exist_ok=True)
    pem = identity.secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                        serialization.NoEncryption())
    with open(folder / "identity.key", "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(pem)


class Person:
    """Somebody with a profile: its folder, and its key."""

    def __init__(self, profile):
        self.profile = profile
        self.identity = Identity()
        write_identity(profile, self.identity)

    @property
    def key(self):
        return self.identity.key

    @property
    def id(self):
        return kith_id(self.key)


class Answering:
    """The second implementation hosts for a test: `serve(session)` gets a Responder for each caller, whose connection
    is closed behind it. result() gives what it returned or raised, as a reason or a word for how the caller ended."""

    def __init__(self, identity, serve, policy=None, port=0, **options):
        self.identity, self.policy, self.options = identity, policy, options
        self.serve = serve
        self.listener = Listener(self._serve, port=port)
        self.port = self.listener.port

    def _serve(self, connection):
        session = Responder(connection, self.identity, self.policy, **self.options)
        try:
            return self.serve(session)
        except Refused as refused:
            return refused.reason
        except Ended as ended:
            return str(ended)
        finally:
            session.close()

    def result(self, limit=LIMIT):
        return self.listener.result(limit)

    def close(self):
        self.listener.close()


def echo(session):
    """What an Answering does by fair means."""
    session.run()
    while True:
        session.say(session.hear(limit=600).text)


class PeopleTest(TerminalTest):
    """Terminals that talk securely, with each other and with the second implementation."""

    def person(self):
        return Person(self.profile())

    def secure_host(self, person, *words, accept="ask", **options):
        """A terminal of theirs that hosts for Kith alone, and its port."""
        return self.host(*words, accept=accept, plain=False, profile=person.profile, **options)

    def call(self, person, where, *words, **options):
        """A terminal of theirs that dials: a port of this computer, or anything that `connect` takes."""
        address = f"127.0.0.1:{where}" if isinstance(where, int) else where
        return self.start(Terminal, "connect", address, *words, profile=person.profile, **options)

    # The second implementation as a caller and as a host.

    def stranger(self, port, identity=None, **options):
        """An Initiator that has not begun."""
        sock = socket.create_connection(("127.0.0.1", port), LIMIT)
        session = Initiator(sock, identity or Identity(), **options)
        self.addCleanup(session.close)
        return session

    def answering(self, identity, serve=echo, policy=None, **options):
        host = Answering(identity, serve, policy or Policy(accept="all"), **options)
        self.addCleanup(host.close)
        return host

    def befriend(self, terminal, port, identity, host_key, **options):
        """The second implementation comes in as a stranger, is accepted, and stays: a contact from then on."""
        session = self.stranger(port, identity, expected=host_key, **options)
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer(), "a stranger was let in without a question")
        session.knock()
        terminal.event("request", peer=kith_id(identity.key))
        terminal.send(accept=kith_id(identity.key))
        session.hear_decision()
        session.introduce()
        terminal.event("connected", peer=kith_id(identity.key))
        return session

    def friend(self, terminal, port, host_key):
        """Somebody of the second implementation who is a contact of that host's and not connected."""
        identity = Identity()
        self.befriend(terminal, port, identity, host_key).goodbye()
        terminal.event("closed", peer=kith_id(identity.key))
        return identity

    # Two programs.

    def invite(self, host, port):
        """The invite that a host has shown, with an address of this computer: what it offers are those of its network.
        Both the invite and its link."""
        shown = next(event for event in host.all if event["event"] == "listening")
        invite = parse_invite(shown["invite"])
        invite.addresses = [f"127.0.0.1:{port}"]
        return invite, invite_link(invite)

    def acquainted(self):
        """Two people each of whom has the other as a contact."""
        ann, bob = self.person(), self.person()
        host, port = self.secure_host(bob)
        caller = self.call(ann, port)
        host.event("request", peer=ann.id)
        host.send(accept=ann.id)
        caller.event("connected", peer=bob.id)
        host.event("connected", peer=ann.id)
        for terminal in (caller, host):
            self.assertEqual(terminal.finish(), 0)
        return ann, bob

    # How things end.

    def assert_ended(self, terminal, *codes, peer=None, kinds=("closed", "error")):
        """A closed or error event with one of these codes, and a sentence; returns the code."""
        def find():
            terminal._parse()
            for event in terminal.events:
                if event["event"] in kinds and (peer is None or event.get("peer") == peer):
                    terminal.events.remove(event)
                    return event
            return None

        event = terminal.wait_for(find, f"an end by {codes}", LIMIT)
        code = event.get("reason") or event.get("code")
        self.assertIn(code, codes, event)
        self.assertRegex(event["text"], r"\w{2,}.* .*[.]", "a sentence")
        return code


__all__ = ["Answering", "Identity", "Initiator", "PeopleTest", "Person", "Policy", "Recognised", "Refused", "TimedOut",
           "echo", "kith_id", "write_identity"]
