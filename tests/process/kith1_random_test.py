"""Random and mutated bytes against a real worker, outside TLS and inside it: it ends with a reason, or goes on, and
never crashes (threats rows 1 and 2)."""

import os
import random
import socket
import unittest

from kith1_workers import LIMIT, WorkerTest

from kith1 import frames, hostile_caller
from kith1.attacks import SOUND, bytes_until_end
from kith1.initiator import dial
from kith1.relay import Wire
from kith1.responder import Policy
from kith1.tls import Ended
from kith1.values import Identity

ROUNDS = int(os.environ.get("KITH_ROUNDS", "150"))


class Random(WorkerTest):
    def setUp(self):
        super().setUp()
        self.ann, self.bob = Identity(), Identity()
        self.rng = random.Random(5188)
        self.host = self.worker_host(self.bob, Policy(contacts={self.ann.key}, answer=lambda *_: None))

    def mutated(self, data):
        """A few bytes changed, one piece left out, doubled or cut off."""
        data = bytearray(data)
        for _ in range(self.rng.randrange(1, 4)):
            at = self.rng.randrange(len(data))
            kind = self.rng.randrange(4)
            if kind == 0:
                data[at] ^= 1 << self.rng.randrange(8)
            elif kind == 1:
                del data[at:at + self.rng.randrange(1, 40)]
            elif kind == 2:
                data[at:at] = data[at:at + self.rng.randrange(1, 40)]
            else:
                del data[max(at, 1):]
            data = data or bytearray(b"\x16")
        return bytes(data)

    def assert_ended_well(self, *reasons):
        served = self.host.listener.result()
        self.assertIn(served.reason, reasons)
        self.assertFalse(served.crashed)

    def test_row1_a_mutated_beginning_of_tls_ends_the_worker_and_nothing_else(self):
        with Wire(self.host.port) as wire:
            dial("127.0.0.1", wire.port, self.ann, expected=self.bob.key).goodbye()
            self.host.listener.result()
            recorded = wire.listener.result()["up"]
        for i in range(ROUNDS):
            data = self.mutated(recorded) if i % 4 else b"\x16" + self.rng.randbytes(self.rng.randrange(1000))
            with self.subTest(data=data.hex()), \
                    socket.create_connection(("127.0.0.1", self.host.port), LIMIT) as sock:
                try:
                    sock.sendall(data)
                    sock.shutdown(socket.SHUT_WR)
                except OSError:
                    pass  # it has ended before the last byte
                self.assertNotEqual(bytes_until_end(sock, LIMIT)[1], "silent")
                self.assert_ended_well("not-kith", "tls-failed", "peer-vanished", "peer-closed", "plain-turned-away")
        dial("127.0.0.1", self.host.port, self.ann, expected=self.bob.key).goodbye()
        self.assert_ended_well("peer-closed")

    def test_row2_random_frames_end_the_session_or_are_legal(self):
        target = hostile_caller.Target("127.0.0.1", self.host.port, self.bob.key, self.ann)
        for i in range(ROUNDS):
            point = self.rng.choice(list(hostile_caller.LEGAL))
            with self.subTest(round=i, point=point):
                session = target.reach(point)
                session.tolerant = True
                try:
                    self.say_at_random(session)
                    session.tls.finish()
                    session.until_end()
                except Ended as ended:
                    self.assertNotEqual(ended.how, "silent")
                finally:
                    session.close()
                self.assert_ended_well("protocol-broken", "peer-closed", "signature-wrong", "key-invalid", "too-much",
                                       "peer-vanished", "not-let-in", "unanswered", "superseded")

    def say_at_random(self, session):
        for _ in range(self.rng.randrange(1, 12)):
            type_ = self.rng.choice(list(SOUND))
            whole = frames.frame(type_, SOUND[type_])
            session.send_raw(self.mutated(whole) if self.rng.randrange(2) else whole)


if __name__ == "__main__":
    unittest.main(verbosity=2)
