"""A worker and a peer that is no Kith, or a bad one: plain text, other TLS, frames out of order, floods, silence
(threats rows 2, 3, 6, 16, 21). Whoever is let in or left out, both kinds of peer come to one port."""

import ssl
import struct
import subprocess
import sys
import threading
import time
import unittest

from programs import (ADMIT, ENDED, LIMIT, OPENED, PEER_HANDSHAKE, RECEIVED, REQUEST, SECURE_UP, WRITTEN, alive, field,
                      memory, reason_of, require, send_text)
from secure_workers import (AUTH_I, AUTH_INITIATOR, AUTH_R, AUTH_RESPONDER, ENTRY, GOODBYE, HELLO, HELLO_I, HELLO_R,
                            KNOCK, PING, PONG, PROFILE, WAIT, SecureTest, TlsPeer, frame, send_profile)


class OnePortForBoth(SecureTest):
    """The first byte tells (PROTOCOL.md)."""

    def test_tls_is_met_with_tls_whether_plain_text_is_on_or_off(self):
        for plain in (True, False):
            worker, sock = self.accepted(plain)
            peer = TlsPeer(sock)
            peer.say(HELLO, HELLO_I)
            self.assertEqual(peer.hear(), (HELLO, HELLO_R))
            worker.until(SECURE_UP)
            peer.close()

    def test_text_is_asked_about_or_turned_away(self):
        worker, sock = self.accepted(True)
        sock.sendall(b"hello\n")
        self.assertIn(b"hello", worker.until(REQUEST))
        worker, sock = self.accepted(False)
        sock.sendall(b"hello\n")
        self.assertEqual(reason_of(worker.until(ENDED)), "PlainTurnedAway")
        self.assertEqual(sock.recv(1), b"")

    def test_a_silent_peer_that_was_asked_about_may_still_begin_tls(self):
        worker, sock = self.accepted(True)
        worker.until(REQUEST)
        peer = TlsPeer(sock)
        peer.say(HELLO, HELLO_I)
        worker.until(SECURE_UP)
        worker.send(ADMIT)  # it was on its way
        peer.say(AUTH_INITIATOR, bytes(136))
        worker.until(PEER_HANDSHAKE)
        peer.close()

    def test_a_silent_peer_that_was_let_in_is_told_to_come_again(self):
        worker, sock = self.accepted(True)
        worker.until(REQUEST)
        worker.send(ADMIT)
        worker.until(OPENED)
        sock.sendall(b"\x16\x03\x01")
        self.assertEqual(self.end_of(worker), ("SecureOnPlain", 0))

    def test_a_silent_peer_that_was_let_in_and_spoken_to_is_plain_whatever_it_says(self):
        worker, sock = self.accepted(True)
        worker.until(REQUEST)
        worker.send(ADMIT)
        worker.until(OPENED)
        worker.send(send_text(1, b"who are you?"))
        worker.until(WRITTEN)
        sock.sendall(b"\x16 is Ctrl+V\n")
        self.assertIn(b"is Ctrl+V", worker.until(RECEIVED))


class NotKith(SecureTest):
    """Row 21: refused, said, and nothing goes in the clear."""

    def test_row21_plain_text_to_a_secure_caller(self):
        for said in (b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"hello\n"):
            worker, sock = self.dialled()
            hello = sock.recv(65536)
            self.assertEqual(hello[:1], b"\x16")
            sock.sendall(said)
            self.assertEqual(self.end_of(worker), ("NotKith", 0))
            rest = sock.recv(65536)
            self.assertTrue(rest == b"" or rest[:1] == b"\x15", "an alert at most")

    def test_row21_a_host_of_another_kind(self):
        for alpn, most in (((), ssl.TLSVersion.TLSv1_3), (("kith/1",), ssl.TLSVersion.TLSv1_2),
                           (("h2",), ssl.TLSVersion.TLSv1_3)):
            worker, sock = self.dialled()
            failed = threading.Thread(target=self.try_tls, args=(sock, self.certificate(), alpn, most))
            failed.start()
            self.assertEqual(self.end_of(worker), ("NotKith", 0))
            failed.join(LIMIT)

    def try_tls(self, *words):
        try:
            peer = TlsPeer(*words)
        except (OSError, ssl.SSLError):
            return
        try:
            peer.tls.recv(1)
        except (OSError, ssl.SSLError):
            pass
        peer.close()

    def test_a_host_that_closes_before_it_has_said_anything_closed_without_a_word(self):
        """As one that is full does (its program drops the connection)."""
        for reset in (False, True):
            worker, sock = self.dialled()
            self.assertEqual(sock.recv(1), b"\x16")
            if reset:  # what it had said is not read
                self.assertNotEqual(sock.recv(1), b"")
            else:
                self.assertNotEqual(sock.recv(65536), b"")
            sock.close()
            self.assertEqual(self.end_of(worker), ("HostClosed", 0))

    def test_tls_that_is_cut_on_the_way_has_failed(self):
        worker, sock = self.dialled()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate())
        context.set_alpn_protocols(["kith/1"])
        came, answer = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(came, answer, server_side=True)
        came.write(sock.recv(65536))
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        sock.sendall(answer.read()[:-1])
        sock.close()
        self.assertEqual(self.end_of(worker), ("TlsFailed", 0))

    def test_row21_openssl_s_client_gets_tls_1_3_with_our_protocol_and_nothing_else(self):
        require(self, "openssl")
        for words, fits in ((["-tls1_3", "-alpn", "kith/1"], True), (["-tls1_2", "-alpn", "kith/1"], False),
                            (["-tls1_3", "-alpn", "h2"], False), (["-tls1_3"], False)):
            with self.subTest(" ".join(words)):
                listening = self.listening()
                client = subprocess.Popen(
                    ["openssl", "s_client", "-connect", "127.0.0.1:%d" % listening.getsockname()[1], "-ign_eof", *words],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                theirs, _ = listening.accept()
                worker = self.worker()
                worker.serve(theirs, False, HELLO_R)
                theirs.close()
                if fits:
                    client.stdin.write(frame(HELLO, HELLO_I))
                    client.stdin.flush()
                    worker.until(SECURE_UP)
                    client.kill()
                else:
                    self.assertEqual(self.end_of(worker), ("NotKith", 0))
                said, _ = client.communicate(timeout=LIMIT)
                self.assertEqual(b"ALPN protocol: kith/1" in said, fits)
                self.assertNotIn(HELLO_R, said.replace(HELLO_R, b"", 1) if fits else said)

    def test_row1_a_caller_that_sends_nonsense_behind_the_first_byte(self):
        for said in (b"\x16" * 100, b"\x16\x03\x01\xff\xff" + b"x" * 70000, b"\x16\x03\x03\x00\x04\x02\x00\x00\x00"):
            worker, sock = self.accepted()
            try:
                sock.sendall(said)
            except OSError:
                pass
            self.assertEqual(self.end_of(worker), ("NotKith", 0))


class BadFrames(SecureTest):
    """Row 2: a peer inside TLS that breaks the rules."""

    def assert_refused(self, make, *frames):
        worker, peer = make()
        try:
            for bytes_ in frames:
                peer.tls.sendall(bytes_)
        except OSError:
            pass
        self.assertEqual(self.end_of(worker), ("ProtocolBroken", 0))
        peer.close()

    def test_row2_frames_that_nobody_may_send(self):
        for what in (struct.pack(">I", 0), struct.pack(">IB", 0xFFFFFFFF, ENTRY), struct.pack(">IB", 65538, ENTRY),
                     frame(0), frame(99), frame(PING, b"x"), frame(GOODBYE), frame(GOODBYE, b"xx")):
            with self.subTest(what):
                self.assert_refused(self.waiting_with_peer, what)

    def test_row2_frames_too_early_too_late_or_twice(self):
        for make, kind, size in ((self.host_with_peer, HELLO, 40), (self.host_with_peer, KNOCK, 3),
                                 (self.host_with_peer, AUTH_RESPONDER, 96), (self.host_with_peer, WAIT, 0),
                                 (self.host_with_peer, PING, 0), (self.host_with_peer, PROFILE, 0),
                                 (self.waiting_with_peer, AUTH_INITIATOR, 136), (self.waiting_with_peer, PROFILE, 0),
                                 (self.waiting_with_peer, ENTRY, 0), (self.open_with_peer, KNOCK, 2),
                                 (self.open_with_peer, HELLO, 40), (self.waiting_with_peer, PONG, 0)):
            with self.subTest(f"{make.__name__}, {kind}"):
                self.assert_refused(make, frame(kind, bytes(size)))
        self.assert_refused(self.waiting_with_peer, frame(KNOCK, b"Ann"), frame(KNOCK, b"Ann"))

    def test_row2_a_session_that_is_closed_inside_a_frame(self):
        worker, peer = self.open_with_peer()
        peer.tls.sendall(frame(ENTRY, b"x" * 100)[:50])
        peer.tls.settimeout(LIMIT)
        try:
            peer.tls.unwrap()
        except (OSError, ssl.SSLError):
            pass
        self.assertEqual(self.end_of(worker), ("ProtocolBroken", 0))

    def test_row2_the_first_frame_of_all_is_hello(self):
        for what in (frame(AUTH_INITIATOR, bytes(136)), frame(HELLO, bytes(39)), frame(PING)):
            worker, sock = self.accepted()
            peer = TlsPeer(sock)
            peer.tls.sendall(what)
            self.assertEqual(self.end_of(worker), ("ProtocolBroken", 0))
            peer.close()

    def test_row6_pings_are_answered_and_a_flood_is_too_much(self):
        worker, peer = self.waiting_with_peer()
        for _ in range(15):
            peer.say(PING)
            self.assertEqual(peer.hear(), (PONG, b""))
        try:
            for _ in range(10):
                peer.say(PING)
        except OSError:
            pass
        self.assertEqual(self.end_of(worker), ("TooMuch", 0))

    def test_row6_a_flood_of_entries_waits_for_the_program(self):
        worker, peer = self.open_with_peer()
        entry = field(1, b"s" * 16) + field(2, 1) + field(3, b"i" * 16) + field(4, 2) + field(5, 1) + field(6, b"x")
        peer.tls.settimeout(1)
        with self.assertRaises(TimeoutError, msg="300,000 entries that no program reads"):
            for _ in range(3000):
                peer.tls.sendall(frame(ENTRY, entry) * 100)
        self.assertLess(memory(worker.process.pid), 4 * 1024)


class Silence(SecureTest):
    """Rows 3 and 16: whoever says nothing is ended; all of it at once, as each takes its time."""

    def setUp(self):
        super().setUp()
        self.began = {}

    def watch(self, name, worker):
        self.began[name] = (worker, time.monotonic())

    def test_row3_every_step_before_the_answer_has_ten_seconds(self):
        expected = {}

        def starts(name, reason, worker):
            expected[name] = reason
            self.watch(name, worker)

        keep = []
        starts("host, silent after accept", "PlainTurnedAway", self.accepted(False)[0])
        worker, sock = self.accepted(False)
        sock.sendall(b"\x16")
        starts("host, silent after the first byte", "PeerVanished", worker)
        worker, dripping = self.accepted(False)
        starts("host, a byte now and then", "PeerVanished", worker)
        worker, sock = self.accepted(False)
        keep.append(TlsPeer(sock))
        starts("host, silent after TLS", "PeerVanished", worker)
        worker, peer = self.host_with_peer()
        keep.append(peer)
        starts("host, silent after HELLO", "PeerVanished", worker)
        worker, peer = self.host_with_peer()
        peer.say(AUTH_INITIATOR, bytes(136))
        starts("host, its program says nothing to AUTH", "PeerVanished", worker)
        starts("caller, silent after connect", "NotKith", self.dialled()[0])
        worker, sock = self.dialled()
        keep.append(TlsPeer(sock, self.certificate()))
        starts("caller, silent after TLS", "NoAnswer", worker)
        for what, reason in (("no answer to AUTH", "NoAnswer"), ("no PROFILE", "PeerVanished")):
            worker, sock = self.dialled()
            peer = TlsPeer(sock, self.certificate())
            keep.append(peer)
            peer.say(HELLO, HELLO_R)
            worker.until(SECURE_UP)
            worker.send(AUTH_I)
            if what == "no PROFILE":
                peer.say(AUTH_RESPONDER, bytes(96))
                worker.until(PEER_HANDSHAKE)
                worker.send(send_profile(b"Ina"))
            starts(f"caller, {what}", reason, worker)
        i, r = self.waiting()
        waiting = (i, r)

        record = b"\x16\x03\x01\x02\x00" + b"\x01" * 512
        ends = {}
        while len(ends) < len(expected) and time.monotonic() < min(t for _, t in self.began.values()) + 14:
            for name, (worker, began) in self.began.items():
                if name in ends:
                    continue
                worker.channel.settimeout(0.02)
                try:
                    while (message := worker.said()) is not None:
                        if message[0] == ENDED:
                            ends[name] = (reason_of(message[1]), time.monotonic() - began)
                            break
                except TimeoutError:
                    pass
            if "host, a byte now and then" not in ends and record:
                dripping.sendall(record[:1])
                record = record[1:]
        self.assertEqual({name: reason for name, (reason, _) in ends.items()}, expected)
        for name, (_, seconds) in ends.items():
            self.assertTrue(9.3 < seconds < 12, f"{name}: {seconds}")
        for worker in waiting:
            self.assertTrue(alive(worker.process.pid), "a person has more time than that")
        waiting[1].send(AUTH_R)
        waiting[0].until(PEER_HANDSHAKE)
        for peer in keep:
            peer.close()

    def test_row16_a_silent_peer_is_asked_and_gone_after_thirty_seconds(self):
        worker, peer = self.open_with_peer()
        other, answering = self.open_with_peer()
        began = time.monotonic()
        answers = threading.Thread(target=self.answer_pings, args=(answering,), daemon=True)
        answers.start()
        self.assertEqual(peer.hear(), (PING, b""))
        self.assertTrue(9.5 < time.monotonic() - began < 12)
        worker.channel.settimeout(40)
        self.assertEqual(self.end_of(worker), ("PeerVanished", 0))
        self.assertTrue(29.5 < time.monotonic() - began < 33)
        self.assertTrue(alive(other.process.pid), "one that answers stays")

    def answer_pings(self, peer):
        peer.tls.settimeout(60)
        try:
            while True:
                kind, _ = peer.hear()
                if kind == PING:
                    peer.say(PONG)
        except (OSError, EOFError):
            pass

    @unittest.skipIf(sys.platform == "darwin", "TCP_RXT_CONNDROPTIME does not count a closed window")
    def test_row17_a_peer_that_does_not_read_is_gone_after_ten_seconds(self):
        worker, _ = self.open_with_peer()
        self.fill(worker)
        began = time.monotonic()
        self.assertEqual(self.end_of(worker), ("PeerVanished", 3))
        self.assertTrue(8 < time.monotonic() - began < 16)


if __name__ == "__main__":
    unittest.main(verbosity=2)
