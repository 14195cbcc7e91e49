"""A bare kith-worker with kith/1's second implementation (tests/support/kith1) on both of its sides: as its peer, over
TLS, and as its program, over the boundary. So the worker is tested without a program of ours."""

import contextlib
import os
import pathlib
import re
import signal
import sys

from programs import (ENDED, LIMIT, NO_MORE, PEER_ENTRY, PEER_HANDSHAKE, PEER_PROFILE, SECURE_UP, STOPPING,
                      ProcessTest, Worker, field, fields)

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

try:
    from kith1 import frames
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else 77)
from kith1.frames import AUTH_I, AUTH_R, ENTRY, GOODBYE, KNOCK, KNOWN, PROFILE, WAIT
from kith1.initiator import Initiator
from kith1.responder import Responder
from kith1.serving import Listener
from kith1.tls import Ended
from kith1.values import Refused, settle

# Reasons by their numbers over the boundary, as codes: PeerClosed is "peer-closed".
CODES = [re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in
         re.findall(r"^    (\w+), +///<", (ROOT / "src/core/reason.h").read_text(encoding="utf-8"), re.M)]


class WorkerEnded(Ended):
    """The worker has ended by itself: `how` is the code of its reason."""


class Program:
    """A side whose TLS is a worker's: frames go over the boundary instead. Mixed into Initiator and Responder, which
    stay what they are: what a program does."""

    def transport(self, sock, made):
        return sock  # the worker

    @property
    def worker(self):
        return self.tls

    def secure(self):
        """The worker says HELLO as soon as TLS stands, and tells of it when it has heard the peer's."""
        up = fields(self._told(SECURE_UP))
        self.peer_hello, self.exporter, self.cipher = up[2][0], up[3][0], up[4][0]

    def say_hello(self):
        pass

    def hear_hello(self):
        self.parts = settle(self.role, self.own_hello, self.peer_hello, self.exporter)

    def tell(self, message):
        with contextlib.suppress(BrokenPipeError):  # it has ended meanwhile, and said why
            self.worker.send(message)

    def send(self, type_, payload=b""):
        handshake = {
            AUTH_I: lambda: field(1, field(1, payload[:32]) + field(2, payload[32:96]) + field(3, payload[96:104])
                                  + field(4, payload[104:])),
            AUTH_R: lambda: field(2, field(1, payload[:32]) + field(2, payload[32:])),
            WAIT: lambda: field(3, b""),
            KNOWN: lambda: field(4, field(1, payload)),
            KNOCK: lambda: field(5, field(1, payload)),
        }
        if type_ in handshake:
            self.tell(field(6, handshake[type_]()))
        elif type_ == PROFILE:
            self.tell(field(7, payload))  # the same fields
        elif type_ == ENTRY:
            entry = frames.decode_entry(payload)
            message = (field(1, entry.stream) + field(2, entry.number) + field(3, entry.id)
                       + field(4, entry.written) + field(5, entry.kind) + field(6, entry.text.encode()))
            self.tell(field(8, field(1, entry.number) + field(2, message)))
        elif type_ == GOODBYE:
            self.tell(field(9, field(1, payload[0])))
        else:
            raise AssertionError(f"a program does not say {frames.NAMES[type_]}")

    def next(self, limit=None):
        self.worker.channel.settimeout(limit or self.limit)
        try:
            number, message = self._said()
        except TimeoutError:
            raise Ended("silent") from None
        whole = self._frame(number, fields(message))
        self.heard.append(whole)
        return whole

    @staticmethod
    def _frame(number, found):
        if number == PEER_PROFILE:
            hosts = [(fields(host)[1][0].decode(), fields(host)[2][0]) for host in found.get(2, [])]
            return PROFILE, frames.Profile(found.get(1, [b""])[0].decode(), hosts).encode()
        if number == PEER_ENTRY:
            return ENTRY, frames.Entry(found.get(6, [b""])[0].decode(), found[2][0], found[1][0], found[3][0],
                                       found.get(4, [0])[0], found.get(5, [0])[0]).encode()
        assert number == PEER_HANDSHAKE, number
        (which, (message,)), = found.items()
        parts = [values[0] for _, values in sorted(fields(message).items())]
        if which == 1 and len(parts) == 4 or which == 2 and len(parts) == 2 or which in (4, 5):
            return {1: AUTH_I, 2: AUTH_R, 4: KNOWN, 5: KNOCK}[which], b"".join(parts)
        assert which == 3, found
        return WAIT, b""

    def _said(self):
        """The next message that is a frame of the peer's, or tells that TLS stands; raises at the end."""
        while True:
            message = self.worker.said()
            if message is None:
                raise WorkerEnded("internal", "the worker ended without a reason")
            if message[0] == ENDED:
                raise WorkerEnded(CODES[fields(message[1]).get(1, [0])[0]])
            if message[0] == STOPPING:
                self.tell(NO_MORE)
            if message[0] in (SECURE_UP, PEER_HANDSHAKE, PEER_PROFILE, PEER_ENTRY):
                return message

    def _told(self, number):
        self.worker.channel.settimeout(self.limit)
        message = self._said()
        assert message[0] == number, message
        return message[1]

    def goodbye(self, why=frames.ENDED):
        """As a program ends a session: what the peer is told, and SIGUSR1."""
        self.send(GOODBYE, bytes([why]))
        self.stop()

    def close(self):
        """Ended without a word, as where a caller is refused."""
        self.tell(field(9, b""))
        self.stop()

    def stop(self):
        self.worker.process.send_signal(signal.SIGUSR1)
        try:
            while True:
                self._said()
        except WorkerEnded as ended:
            self.ended = ended.how
        self.worker.exit()


class CallerProgram(Program, Initiator):
    """A program whose worker dials."""

    def __init__(self, worker, port, identity, **more):
        super().__init__(worker, identity, **more)
        worker.dial("127.0.0.1", port, self.own_hello.encode())


class HostProgram(Program, Responder):
    """A program whose worker has this connection."""

    def __init__(self, worker, connection, identity, policy=None, plain=False, **more):
        super().__init__(worker, identity, policy, **more)
        worker.serve(connection, plain, self.own_hello.encode())
        connection.close()


class Served:
    """A caller that is gone: why, and what the program knew of it. `reason` is the program's own where it refused, and
    the worker's otherwise. `crashed`: the worker did not end by itself (3 is: not everything was sent)."""

    def __init__(self, program, reason):
        self.program = program
        self.reason = reason
        self.crashed = program.worker.exit() not in (0, 3)


class WorkerHost:
    """A whole host of workers: each caller has one, under a program of the second implementation, an echo."""

    def __init__(self, identity, policy=None):
        self.identity, self.policy = identity, policy
        self.listener = Listener(self._serve)
        self.port = self.listener.port

    def _serve(self, connection):
        worker = Worker()
        try:
            program = HostProgram(worker, connection, self.identity, self.policy)
            try:
                program.run()
                while True:
                    program.say(program.hear(limit=3600).text)
            except Refused as refused:
                program.close()
                return Served(program, refused.reason)
            except Ended as ended:
                return Served(program, ended.how)
        finally:
            worker.close()

    def close(self):
        self.listener.close()


class WorkerTest(ProcessTest):
    """Tests with workers whose programs and peers are of the second implementation."""

    def worker(self):
        worker = Worker()
        self.addCleanup(worker.close)
        return worker

    def worker_host(self, identity, policy=None):
        host = WorkerHost(identity, policy)
        self.addCleanup(host.close)
        return host

    def listener(self, serve):
        listener = Listener(serve)
        self.addCleanup(listener.close)
        return listener


__all__ = ["CODES", "LIMIT", "CallerProgram", "HostProgram", "Served", "WorkerEnded", "WorkerHost", "WorkerTest"]
