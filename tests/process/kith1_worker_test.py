"""The real worker against kith/1's second implementation: whole sessions, every attack on a worker, and what is seen of
its TLS from outside (threats rows 2, 3, 6, 18-21, 24)."""

import contextlib
import os
import socket
import subprocess
import threading
import time
import unittest

from kith1_workers import LIMIT, CallerProgram, WorkerEnded, WorkerTest
from programs import APP, Worker, field, memory, require, workers

from kith1 import frames, hostile_caller, hostile_host
from kith1.attacks import carry_out
from kith1.initiator import Initiator, Recognised, dial
from kith1.relay import Relay, Wire
from kith1.responder import Policy, Responder
from kith1.serving import Host, Listener
from kith1.tls import Ended
from kith1.values import Hello, Identity, Refused, known_hint

TEXTS = ("hello", "", "世界 🎉", "two\nlines", "x" * frames.ENTRY_TEXT)


class Sessions(WorkerTest):
    """Everything that peers say to each other by fair means."""

    def setUp(self):
        super().setUp()
        self.ann, self.bob = Identity(), Identity()

    def caller(self, port, **options):
        return CallerProgram(self.worker(), port, self.ann, **options)

    def test_a_worker_dials_the_second_implementation(self):
        host = Host(self.bob, Policy(contacts={self.ann.key}))
        self.addCleanup(host.close)
        ann = self.caller(host.port, expected=self.bob.key, name="Ann").run()
        self.assertEqual((ann.peer_key, ann.peer_profile.name), (self.bob.key, "Python"))
        for text in TEXTS:
            ann.say(text)
            self.assertEqual(ann.hear().text, text)
        ann.goodbye()
        self.assertEqual(ann.ended, "stopped-by-us")
        served = host.listener.result()
        self.assertIsNone(served.reason)
        self.assertEqual(served.session.peer_profile.name, "Ann")

    def test_the_second_implementation_dials_a_worker(self):
        host = self.worker_host(self.bob, Policy(contacts={self.ann.key}))
        ann = dial("127.0.0.1", host.port, self.ann, expected=self.bob.key, name="Ann")
        self.assertEqual((ann.peer_key, ann.peer_profile.name), (self.bob.key, "Python"))
        for text in TEXTS:
            ann.say(text)
            self.assertEqual(ann.hear().text, text)
        ann.ping()
        ann.goodbye()
        self.assertEqual(host.listener.result().reason, "peer-closed")

    def test_a_stranger_waits_pings_and_is_let_in(self):
        may_answer = threading.Event()
        names = []

        def answer(_key, name):
            names.append(name)
            return may_answer.wait(LIMIT)

        host = self.worker_host(self.bob, Policy(answer=answer))
        ann = Initiator(socket.create_connection(("127.0.0.1", host.port)), self.ann, name="Änn 🎈")
        ann.greet()
        ann.say_auth()
        self.assertFalse(ann.hear_answer())
        ann.knock()
        for _ in range(3):
            ann.ping()
        may_answer.set()
        ann.hear_decision()
        ann.introduce()
        self.assertEqual(names, ["Änn 🎈"])
        ann.goodbye()

    def test_a_worker_waits_and_is_told_what_the_person_said(self):
        for answer, reason in ((True, None), (False, "not-let-in"), (None, "unanswered")):
            with self.subTest(answer=answer):
                host = Host(self.bob, Policy(answer=lambda _key, _name, answer=answer: answer, request=0.1))
                self.addCleanup(host.close)
                ann = self.caller(host.port, name="Ann")
                if answer:
                    ann.run()
                    self.assertEqual(host.policy.contacts, set())
                    ann.goodbye()
                    continue
                with self.assertRaises(WorkerEnded) as ended:
                    ann.run()
                self.assertEqual(ended.exception.how, reason)

    def test_a_contact_is_recognised_by_either_side(self):
        policy = Policy(contacts={self.ann.key})
        host = Host(self.bob, policy)
        self.addCleanup(host.close)
        workers = self.worker_host(self.bob, policy)
        for begin in (lambda: self.caller(host.port).run(),
                      lambda: dial("127.0.0.1", workers.port, self.ann)):
            with self.assertRaises(Recognised) as known:
                begin()
            self.assertEqual(known.exception.hint, known_hint(self.bob.key, known.exception.exporter))

    def test_a_host_that_closes_without_a_word_is_named_so(self):
        host = Host(self.bob, Policy(accept="known"))
        self.addCleanup(host.close)
        with self.assertRaises(WorkerEnded) as ended:
            self.caller(host.port, expected=self.bob.key).run()
        self.assertEqual(ended.exception.how, "host-closed")

    def test_a_worker_that_is_cut_off_does_not_take_it_for_a_goodbye(self):
        def cut(connection):
            session = Responder(connection, self.bob)
            session.greet()
            session.hear_auth()
            session.admit()
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()

        listener = self.listener(cut)
        with self.assertRaises(WorkerEnded) as ended:
            self.caller(listener.port).run().hear()
        self.assertEqual(ended.exception.how, "peer-vanished")

    def test_lengths_of_texts_do_not_show(self):
        host = self.worker_host(self.bob, Policy(accept="all"))
        ann = dial("127.0.0.1", host.port, self.ann, expected=self.bob.key)
        seen = set()
        for length in (0, 1, 20, 100):
            before = len(ann.tls.records)
            ann.say("x" * length)
            ann.hear()
            seen.add(tuple(ann.tls.records[before:]))
        self.assertEqual(len(seen), 1, seen)
        ann.goodbye()

    def test_a_record_filled_to_its_last_byte_is_heard_at_once(self):
        """RFC 8446 section 5.1: 2^14 bytes. What a read of fewer leaves inside TLS wakes nobody who waits for the
        socket."""
        host = self.worker_host(self.bob, Policy(accept="all"))
        ann = dial("127.0.0.1", host.port, self.ann, expected=self.bob.key)

        def frame(number, text):
            return frames.frame(frames.ENTRY, frames.Entry(text, number, ann.stream).encode())

        text = "x" * 16000
        text += "x" * (2**14 - len(frame(2, text)))
        ann.tls.send_together(frame(1, "short"), frame(2, text))
        self.assertEqual(ann.hear().text, "short")
        self.assertEqual(ann.hear(limit=5).text, text)
        ann.goodbye()


class Between(WorkerTest):
    """Who sits between a worker and the second implementation."""

    def setUp(self):
        super().setUp()
        self.ann, self.bob = Identity(), Identity()
        self.host = self.worker_host(self.bob, Policy(contacts={self.ann.key}, accept="known"))

    def refused(self, port, **options):
        """A worker that dials is closed on without a word; why its host's program refused."""
        with self.assertRaises(WorkerEnded) as ended:
            CallerProgram(self.worker(), port, self.ann, expected=self.bob.key, **options).run()
        self.assertEqual(ended.exception.how, "host-closed")
        return self.host.listener.result().reason

    def test_row18_a_replay_is_refused(self):
        with Wire(self.host.port) as wire:
            session = CallerProgram(self.worker(), wire.port, self.ann, expected=self.bob.key).run()
            session.goodbye()
            self.host.listener.result()
            recorded = wire.listener.result()["up"]
        with socket.create_connection(("127.0.0.1", self.host.port), LIMIT) as again:
            again.sendall(recorded)
            again.shutdown(socket.SHUT_WR)
            again.settimeout(LIMIT)
            try:
                while again.recv(1 << 16):
                    pass
            except ConnectionResetError:
                pass
        self.assertIn(self.host.listener.result().reason, ("tls-failed", "not-kith"))

    def test_row19_a_relay_between_two_workers_is_refused(self):
        with Relay(self.host.port) as relay:
            self.assertEqual(self.refused(relay.port), "signature-wrong")

    def test_row21_a_relay_that_strips_features_is_refused(self):
        def strip(_direction, type_, payload):
            return [(type_, payload[:2] + bytes(4) + payload[6:] if type_ == frames.HELLO else payload)]

        with Relay(self.host.port, strip) as relay:
            self.assertEqual(self.refused(relay.port, hello=Hello(features=1)), "signature-wrong")


class Attacks(WorkerTest):
    def setUp(self):
        super().setUp()
        self.ann, self.bob = Identity(), Identity()

    def test_rows_2_6_20_21_24_a_worker_that_hosts_refuses_every_attack(self):
        host = self.worker_host(self.bob, Policy(contacts={self.ann.key}, answer=lambda *_: None))
        target = hostile_caller.Target("127.0.0.1", host.port, self.bob.key, self.ann)
        for attack in hostile_caller.every(target):
            with self.subTest(str(attack)):
                came, how = carry_out(attack, target.reach(attack.point, **attack.options))
                served = host.listener.result()
                self.assertEqual((served.reason, served.crashed), (attack.reason, False))
                self.assertNotEqual(how, "silent")
                if attack.reason in ("key-invalid", "signature-wrong", "own-key", "plain-turned-away"):
                    self.assertEqual(came, [])

    def test_rows_2_6_20_21_22_24_a_worker_that_dials_refuses_every_attack(self):
        for named in (True, False):
            for attack in hostile_host.every(named):
                with self.subTest(f"{attack}, {'named' if named else 'typed'}"):
                    self.assertEqual(self.refusal(attack, named), attack.reason)

    def refusal(self, attack, named):
        """The code of the worker's reason, or of its program's."""
        def serve(connection):
            carry_out(attack, hostile_host.reach(connection, attack.point, self.bob, **attack.options))

        with Listener(serve) as listener, contextlib.closing(Worker()) as worker:
            program = CallerProgram(worker, listener.port, self.ann, expected=self.bob.key if named else None)
            try:
                program.run()
                while True:
                    program.hear()
            except Refused as refused:
                program.close()
                reason = refused.reason
            except Ended as ended:
                reason = ended.how
            listener.result()
            self.assertIn(worker.exit(), (0, 3))
        return reason

    def test_row7_no_library_unpacks_what_comes(self):
        require(self, "ldd")
        said = subprocess.run(["ldd", APP / "kith-worker", APP / "kith-tls.so"], capture_output=True, text=True, check=True)
        self.assertIn("libcrypto", said.stdout)
        for name in ("libz.", "libzstd", "libbrotli", "liblzma", "libbz2", "libprotobuf.so"):
            self.assertNotIn(name, said.stdout)

    def test_row7_a_frame_costs_a_worker_no_more_than_its_length(self):
        """The largest frames of what is dear to read in protobuf: depth, and a great many fields."""
        room = 2**16 - 200
        host = self.worker_host(self.bob, Policy(contacts={self.ann.key}))
        for extra in (field(15, b"") * (room // 2), b"\x78\x01" * (room // 2), b"\x7b" * room, field(6, b"") * (room // 2),
                      b"\x7b" * (room // 2) + b"\x7c" * (room // 2)):
            with self.subTest(extra[:4].hex()):
                ann = dial("127.0.0.1", host.port, self.ann, expected=self.bob.key)
                ann.say("x")
                ann.hear()
                (worker,) = workers(os.getpid())
                before = memory(worker)
                ann.send(frames.ENTRY, extra + frames.Entry("y", 2, ann.stream).encode())
                try:
                    self.assertEqual(ann.hear().text, "y")
                    self.assertLess(memory(worker), before + 512)
                    ann.goodbye()
                except Ended as ended:
                    self.assertIn(ended.how, ("closed", "goodbye"))
                served = host.listener.result()
                self.assertFalse(served.crashed)
                self.assertIn(served.reason, ("peer-closed", "protocol-broken"))

    def test_row3_a_caller_that_does_not_go_on_is_closed_on_after_ten_seconds(self):
        host = self.worker_host(self.bob, Policy(contacts={self.ann.key}, authentication=60))
        target = hostile_caller.Target("127.0.0.1", host.port, self.bob.key, self.ann, limit=30)
        self.assert_takes_ten_seconds(
            [lambda attack=attack: carry_out(attack, target.reach(attack.point))
             for attack in [*hostile_caller.silent(), hostile_caller.dripping(0.5)]])

    def test_row3_a_host_that_does_not_go_on_is_left_after_ten_seconds(self):
        def left(attack):
            program = CallerProgram(self.worker(), listeners[attack.point].port, self.ann, expected=self.bob.key,
                                    limit=30)
            try:
                program.run()
            except WorkerEnded as ended:
                return ended.how
            raise AssertionError("it was let in")

        attacks = hostile_host.silent()
        listeners = {attack.point: self.listener(lambda connection, attack=attack: carry_out(
            attack, hostile_host.reach(connection, attack.point, self.bob), limit=30)) for attack in attacks}
        self.assert_takes_ten_seconds([lambda attack=attack: left(attack) for attack in attacks])

    def assert_takes_ten_seconds(self, steps):
        """All at once, as each takes its time."""
        took, began = [None] * len(steps), time.monotonic()

        def run(at):
            steps[at]()
            took[at] = time.monotonic() - began

        threads = [threading.Thread(target=run, args=(at,)) for at in range(len(steps))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for seconds in took:
            self.assertIsNotNone(seconds)
            self.assertTrue(9 < seconds < 14, took)


class SeenFromOutside(WorkerTest):
    """Other programs' view of a worker's TLS (row 21)."""

    def setUp(self):
        super().setUp()
        self.host = self.worker_host(Identity())

    def s_client(self, *words):
        return subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.host.port}", *words],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)

    def test_row21_openssl_finds_tls_1_3_alone(self):
        require(self, "openssl")
        good = self.s_client("-tls1_3", "-alpn", "kith/1")
        self.assertIn("ALPN protocol: kith/1", good.stdout)
        self.assertIn("TLSv1.3", good.stdout)
        self.assertNotIn("New Session Ticket", good.stdout)
        for version in ("-tls1_2", "-tls1_1", "-tls1"):
            bad = self.s_client(version, "-alpn", "kith/1", "-cipher", "ALL:@SECLEVEL=0")
            self.assertNotEqual(bad.returncode, 0, version)
            self.assertIn("Cipher is (NONE)", bad.stdout)

    def test_row21_sslscan_finds_tls_1_3_alone(self):
        require(self, "sslscan")
        found = subprocess.run(["sslscan", "--no-colour", f"127.0.0.1:{self.host.port}"], capture_output=True,
                               text=True, timeout=6 * LIMIT).stdout
        for line in ("SSLv2     disabled", "SSLv3     disabled", "TLSv1.0   disabled", "TLSv1.1   disabled",
                     "TLSv1.2   disabled", "TLSv1.3   enabled"):
            self.assertIn(line, found)


if __name__ == "__main__":
    unittest.main(verbosity=2)
