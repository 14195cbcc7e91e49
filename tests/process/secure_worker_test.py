"""Two real workers that talk through TLS, and what becomes of it when either is stopped, killed or left alone
(threats rows 3, 5, 6, 21, 41-43)."""

import os
import random
import shutil
import signal
import socket
import struct
import time
import unittest

from programs import (APP, ENDED, NO_MORE, PEER_ENTRY, PEER_HANDSHAKE, PEER_PROFILE, STOPPING, WRITTEN, descriptors, field,
                      fields, memory, reason_of)
from secure_workers import (AUTH_I, AUTH_R, DECLINED, ENDED_BY_US, GOODBYE, HELLO_I, HELLO_R, KEY_I, KEY_R, SEND_KNOWN,
                            SEND_WAIT, SUPERSEDED, UNANSWERED, SecureTest, farewell, send_entry, send_knock,
                            send_profile, text_of)

ROUNDS = int(os.environ.get("KITH_ROUNDS", "60"))


class SecureWorkers(SecureTest):
    """What goes from program to program."""

    def test_both_programs_get_the_same_secret_and_each_others_hello(self):
        i, r = self.secured()
        self.assertEqual(i.up[2], [HELLO_R])
        self.assertEqual(r.up[2], [HELLO_I])
        self.assertEqual(i.up[3], r.up[3])
        self.assertEqual(len(i.up[3][0]), 32)
        self.assertNotEqual(i.up[3][0], bytes(32))
        self.assertTrue(i.up[4][0].startswith(b"TLS_"))
        again, _ = self.secured()
        self.assertNotEqual(again.up[3], i.up[3])

    def test_the_handshake_goes_through_unchanged(self):
        i, r = self.secured()
        i.send(AUTH_I)
        auth = fields(fields(r.until(PEER_HANDSHAKE))[1][0])
        self.assertEqual(auth, {1: [KEY_I], 2: [bytes(64)], 3: [bytes(8)], 4: [bytes(32)]})
        r.send(SEND_WAIT)
        self.assertEqual(fields(i.until(PEER_HANDSHAKE)), {3: [b""]})
        i.send(send_knock("Ina \u202e".encode()))
        self.assertEqual(fields(r.until(PEER_HANDSHAKE)), {5: [field(1, "Ina \u202e".encode())]})
        r.send(AUTH_R)
        self.assertEqual(fields(fields(i.until(PEER_HANDSHAKE))[2][0]), {1: [KEY_R], 2: [bytes([9]) * 64]})
        i.send(send_profile(b"Ina"))
        r.send(send_profile(b"Rob"))
        self.assertEqual(fields(r.until(PEER_PROFILE)), {1: [b"Ina"]})
        self.assertEqual(fields(i.until(PEER_PROFILE)), {1: [b"Rob"]})

    def test_a_caller_who_named_no_key_is_told_the_hint(self):
        i, r = self.authenticating()
        r.send(SEND_KNOWN)
        self.assertEqual(fields(fields(i.until(PEER_HANDSHAKE))[4][0]), {1: [bytes([7]) * 32]})
        i.process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.end_of(i), ("StoppedByUs", 0))
        self.assertEqual(self.end_of(r), ("PeerClosed", 0))

    def test_the_peers_profile_opens_the_session_behind_our_own(self):
        i, r = self.authenticated()
        r.send(send_profile(b"Rob"))
        i.channel.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            i.until(PEER_PROFILE)
        i.channel.settimeout(20)
        i.send(send_profile(b"Ina"))
        i.until(PEER_PROFILE)
        i.send(send_profile(b"Ina the second"))
        r.until(PEER_PROFILE)
        self.assertEqual(fields(r.until(PEER_PROFILE)), {1: [b"Ina the second"]})

    def test_entries_go_both_ways_and_are_told_as_written(self):
        i, r = self.opened()
        for n in range(1, 51):
            i.send(send_entry(n, b"from I %d" % n))
            r.send(send_entry(n, b"from R %d " % n + b"x" * 1000 * n))
        for n in range(1, 51):
            self.assertEqual(text_of(r.until(PEER_ENTRY)), b"from I %d" % n)
            self.assertEqual(text_of(i.until(PEER_ENTRY)), b"from R %d " % n + b"x" * 1000 * n)
        i.send(send_entry(51, b"last"))
        while fields(i.until(WRITTEN))[1] != [51]:
            pass

    def test_a_program_that_breaks_the_rules_ends_its_worker(self):
        for what in (send_entry(1, b"too early"), SEND_WAIT, send_profile(b"too early")):
            i, r = self.secured()
            i.send(what)
            self.assertEqual(self.end_of(i), ("WorkerBroke", 1))
        i, r = self.opened()
        i.send(send_entry(2, b"1 is missing"))
        self.assertEqual(self.end_of(i), ("WorkerBroke", 1))

    def test_a_worker_without_its_module_says_that_it_is_missing(self):
        alone = shutil.copy(APP / "kith-worker", self.folder)
        listening = self.listening()
        worker = self.worker(program=alone)
        worker.dial("127.0.0.1", listening.getsockname()[1], HELLO_I)
        self.assertEqual(self.end_of(worker), ("WorkerMissing", 0))
        peer = socket.create_connection(listening.getsockname())
        self.addCleanup(peer.close)
        listening.accept()[0].close()  # of the one that dialled
        theirs, _ = listening.accept()
        worker = self.worker(program=alone)
        worker.serve(theirs, False, HELLO_R)
        theirs.close()
        peer.sendall(b"\x16")
        self.assertEqual(self.end_of(worker), ("WorkerMissing", 0))

    def test_row5_a_peer_whose_program_is_busy_costs_no_memory(self):
        i, r = self.opened()
        text = b"x" * 60000
        sent = 0
        i.channel.settimeout(0.5)
        try:
            for sent in range(1, 200):
                i.send(send_entry(sent, text))  # nobody reads r's channel
                while sent > 14 and fields(i.until(WRITTEN))[1][0] < sent - 14:  # 1 MiB unwritten, as the program does
                    pass
        except TimeoutError:
            pass
        self.assertLess(sent, 199)
        self.assertLess(memory(i.process.pid), 8 * 1024)
        self.assertLess(memory(r.process.pid), 8 * 1024)
        i.channel.settimeout(20)
        for n in range(1, sent):
            self.assertEqual(text_of(r.until(PEER_ENTRY)), text)

    @unittest.skipUnless(os.geteuid() == 0, "only root may look into a worker: it is not dumpable")
    def test_row41_a_worker_has_exactly_the_descriptors_it_needs(self):
        for worker in self.opened():
            have = sorted(descriptors(worker.process.pid))
            self.assertEqual(have[:4], [0, 1, 2, 3])
            self.assertEqual(len(have), 5)

    def test_an_idle_session_has_at_most_two_mebibytes_of_its_own(self):
        i, r = self.opened()
        i.send(send_entry(1, b"hello"))
        r.until(PEER_ENTRY)
        for name, worker in (("I", i), ("R", r)):
            print(f"private memory of an idle TLS session, {name}: {memory(worker.process.pid)} KiB")
            self.assertLessEqual(memory(worker.process.pid), 2048)


class HowItEnds(SecureTest):
    """SIGUSR1 at every step, and every other end."""

    def test_row43_what_is_queued_arrives_whole_first(self):
        for which in (0, 1):
            pair = self.opened()
            one, other = pair[which], pair[1 - which]
            for n in range(1, 201):
                one.send(send_entry(n, b"%05d " % n + b"x" * 994))
            one.process.send_signal(signal.SIGUSR1)
            self.assertEqual(self.end_of(one), ("StoppedByUs", 0))
            for n in range(1, 201):
                self.assertEqual(text_of(other.until(PEER_ENTRY)), b"%05d " % n + b"x" * 994)
            self.assertEqual(self.end_of(other), ("PeerClosed", 0))

    def test_row43_stopped_at_every_step(self):
        for step in (self.secured, self.authenticating, self.waiting, self.authenticated, self.opened):
            for which in (0, 1):
                with self.subTest(f"{step.__name__}, {'IR'[which]} is stopped"):
                    pair = step()
                    pair[which].process.send_signal(signal.SIGUSR1)
                    self.assertEqual(self.end_of(pair[which]), ("StoppedByUs", 0))
                    early = which == 1 and step in (self.secured,)
                    self.assertEqual(self.end_of(pair[1 - which]), ("HostClosed" if early else "PeerClosed", 0))

    def test_row43_stopped_while_the_peer_says_nothing(self):
        for make in (self.dialled, self.accepted):
            worker, peer = make()
            if make == self.dialled:
                self.assertEqual(peer.recv(1), b"\x16", "in the middle of the TLS handshake")
            else:
                peer.sendall(b"\x16")
            worker.process.send_signal(signal.SIGUSR1)
            self.assertEqual(self.end_of(worker), ("StoppedByUs", 0))

    def test_row43_stopped_at_random_moments(self):
        rng = random.Random(5188)
        for n in range(ROUNDS):
            with self.subTest(round=n):
                i, r = self.pair()
                stopped = rng.choice((i, r))
                moment = time.monotonic() + rng.random() * 0.02
                while time.monotonic() < moment:
                    pass
                stopped.process.send_signal(signal.SIGUSR1)
                self.assertEqual(self.end_of(stopped), ("StoppedByUs", 0))
                reason, code = self.end_of(i if stopped is r else r)
                self.assertIn(reason, ("PeerClosed", "PeerVanished", "TlsFailed", "HostClosed", "ConnectionRefused"))
                self.assertEqual(code, 0)
                i.close(), r.close()

    def test_row43_a_peer_that_does_not_read_is_given_two_seconds(self):
        worker, peer = self.open_with_peer()
        peer.tls.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.fill(worker)
        began = time.monotonic()
        worker.process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.end_of(worker), ("StoppedByUs", 3))
        self.assertTrue(1.9 < time.monotonic() - began < 2.9)

    def test_row43_a_second_signal_ends_it_at_once(self):
        worker, _ = self.open_with_peer()
        self.fill(worker)
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        began = time.monotonic()
        worker.process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.end_of(worker), ("StoppedByUs", 3))
        self.assertLess(time.monotonic() - began, 1.0)

    def test_a_goodbye_says_why(self):
        for goodbye, reason in ((ENDED_BY_US, "PeerClosed"), (DECLINED, "NotLetIn"), (UNANSWERED, "Unanswered"),
                                (SUPERSEDED, "Superseded")):
            i, r = self.waiting()
            r.send(farewell(goodbye))
            r.process.send_signal(signal.SIGUSR1)
            self.assertEqual(self.end_of(r), ("StoppedByUs", 0))
            self.assertEqual(self.end_of(i), (reason, 0))

    def test_a_host_that_is_closed_to_strangers_tells_nothing(self):
        i, r = self.authenticating()
        r.send(farewell())
        r.process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.end_of(r), ("StoppedByUs", 0))
        self.assertEqual(self.end_of(i), ("HostClosed", 0))
        worker, peer = self.host_with_peer()
        peer.say(2, bytes(136))
        worker.until(PEER_HANDSHAKE)
        worker.send(farewell())
        worker.process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.end_of(worker), ("StoppedByUs", 0))
        self.assertEqual(peer.tls.recv(100), b"", "close_notify and not a byte before it")

    def test_the_peer_hears_goodbye_and_close_notify_and_never_a_reset(self):
        worker, peer = self.open_with_peer()
        peer.say(16, b"nonsense that is not read any more")
        worker.until(ENDED)
        self.assertEqual(peer.tls.recv(100), b"")
        worker, peer = self.open_with_peer()
        worker.send(send_entry(1, b"goodbye"))
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        worker.send(NO_MORE)
        self.assertIn(b"goodbye", peer.hear()[1])
        self.assertEqual(peer.hear(), (GOODBYE, bytes([ENDED_BY_US])))
        self.assertEqual(peer.tls.recv(100), b"")
        peer.close()
        self.assertEqual(self.end_of(worker), ("StoppedByUs", 0))

    def test_a_killed_worker_is_missed_within_100_ms(self):
        for which in (0, 1):
            pair = self.opened()
            began = time.monotonic()
            pair[which].process.kill()
            self.assertEqual(reason_of(pair[1 - which].until(ENDED)), "PeerVanished")
            self.assertLess(time.monotonic() - began, 0.1)

    def test_an_end_without_close_notify_or_a_reset_is_a_fault(self):
        for reset in (False, True):
            worker, peer = self.open_with_peer()
            if reset:
                peer.tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
            self.assertEqual(self.end_of(worker), ("PeerVanished", 0))

    def test_row42_a_worker_whose_program_is_gone_ends_and_says_goodbye(self):
        for step in (self.secured, self.waiting, self.opened):
            i, r = step()
            began = time.monotonic()
            i.channel.close()
            i.exit()
            self.assertLess(time.monotonic() - began, 0.5)
            self.assertEqual(self.end_of(r), ("PeerClosed", 0))
        worker, _ = self.open_with_peer()
        self.fill(worker)
        began = time.monotonic()
        worker.channel.close()
        worker.exit()
        self.assertLess(time.monotonic() - began, 0.5, "what is queued does not hold it")


if __name__ == "__main__":
    unittest.main(verbosity=2)
