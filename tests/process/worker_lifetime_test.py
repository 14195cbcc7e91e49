"""A worker's life and its end: SIGUSR1 at any moment, the program's death, what is left over (threats rows 41-44)."""

import os
import pathlib
import random
import re
import signal
import socket
import time
import unittest

from programs import (ADMIT, CONNECTING, ENDED, LISTENING, NO_MORE, OPENED, READY, RECEIVED, REQUEST, STOPPED_BY_US,
                      STOPPING, WRITTEN, ProcessTest, Worker, alive, descriptors, eventually, full_backlog, read_all,
                      reason_of, send_text, status)

ROUNDS = int(os.environ.get("KITH_ROUNDS", "150"))


class WorkerLifetime(ProcessTest):
    def worker(self, **more):
        worker = Worker(**more)
        self.addCleanup(worker.close)
        return worker

    def server(self):
        listening = socket.create_server(("127.0.0.1", 0))
        listening.settimeout(20)
        self.addCleanup(listening.close)
        return listening

    def opened(self):
        """A worker that talks to a socket of ours."""
        listening = self.server()
        worker = self.worker()
        worker.dial("127.0.0.1", listening.getsockname()[1])
        peer, _ = listening.accept()
        peer.settimeout(20)
        self.addCleanup(peer.close)
        worker.until(OPENED)
        return worker, peer

    def assert_ended_well(self, worker, exit_status=0):
        self.assertEqual(worker.until(ENDED), STOPPED_BY_US)
        self.assertIsNone(worker.said())
        self.assertEqual(worker.exit(), exit_status)

    def test_stopped_before_its_handler_is_set(self):
        for _ in range(30):
            worker = self.worker()
            worker.process.send_signal(signal.SIGUSR1)  # right after exec, and often before main()
            worker.until(READY)
            self.assert_ended_well(worker)

    def test_stopped_while_it_waits_for_its_role(self):
        worker = self.worker()
        worker.until(READY)
        worker.process.send_signal(signal.SIGUSR1)
        self.assert_ended_well(worker)

    def test_stopped_while_it_connects(self):
        worker = self.worker()
        worker.dial("127.0.0.1", full_backlog(self))
        worker.until(CONNECTING)
        worker.process.send_signal(signal.SIGUSR1)
        self.assert_ended_well(worker)

    def test_stopped_while_it_listens(self):
        worker = self.worker()
        worker.listen()
        worker.until(LISTENING)
        worker.process.send_signal(signal.SIGUSR1)
        self.assert_ended_well(worker)

    def test_stopped_while_it_waits_for_a_first_byte_or_an_answer(self):
        for first in (b"", b"hello\n"):
            here, there = socket.create_connection(self.listening_for_both()), None
            there, _ = self.both.accept()
            worker = self.worker()
            worker.serve(there)
            there.close()
            if first:
                here.sendall(first)
                worker.until(REQUEST)
            else:
                worker.until(READY)
            worker.process.send_signal(signal.SIGUSR1)
            self.assert_ended_well(worker)
            here.settimeout(20)
            self.assertEqual(here.recv(1), b"", "not a byte is sent to a peer that was not let in")
            here.close()

    def listening_for_both(self):
        self.both = self.server()
        return self.both.getsockname()

    def test_row43_what_is_queued_arrives_whole_first(self):
        worker, peer = self.opened()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lines = [b"%05d " % i + b"x" * 994 for i in range(205)]  # 200 KB
        for i, line in enumerate(lines):
            worker.send(send_text(i + 1, line))
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        worker.send(NO_MORE)
        self.assertEqual(read_all(peer), b"".join(line + b"\n" for line in lines))
        peer.close()
        self.assert_ended_well(worker)

    def test_a_peer_that_does_not_read_is_given_two_seconds(self):
        worker, peer = self.opened()
        self.fill(worker)
        began = time.monotonic()
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        worker.send(NO_MORE)
        self.assert_ended_well(worker, 3)
        self.assertGreater(time.monotonic() - began, 1.9)
        peer.close()

    def fill(self, worker):
        """More than the kernel's buffers take, of a peer that does not read."""
        for i in range(15):
            worker.send(send_text(i + 1, b"x" * 65000))
        for i in range(15, 200):
            try:
                worker.channel.settimeout(0.2)
                worker.send(send_text(i + 1, b"x" * 65000))
            except TimeoutError:
                break
            message = worker.said() if worker.buffer else None
            if message is None:
                try:
                    worker.until(WRITTEN)
                except TimeoutError:
                    break
        worker.channel.settimeout(20)

    def test_row43_a_second_signal_ends_it_at_once(self):
        worker, peer = self.opened()
        self.fill(worker)
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        began = time.monotonic()
        worker.process.send_signal(signal.SIGUSR1)
        self.assert_ended_well(worker, 3)
        self.assertLess(time.monotonic() - began, 1.0)
        peer.close()

    def test_the_peer_sees_fin_and_never_rst(self):
        worker, peer = self.opened()
        peer.sendall(b"unread " * 20000)  # more than the worker reads at once
        worker.process.send_signal(signal.SIGUSR1)
        worker.until(STOPPING)
        worker.send(send_text(1, b"goodbye"))
        worker.send(NO_MORE)
        peer.shutdown(socket.SHUT_WR)
        self.assertEqual(read_all(peer), b"goodbye\n")  # a RST would raise ConnectionResetError
        self.assert_ended_well(worker)

    def test_row43_stopped_at_random_moments(self):
        rng = random.Random(5188)
        for i in range(ROUNDS):
            with self.subTest(round=i):
                self.stopped_at_a_random_moment(rng)

    def stopped_at_a_random_moment(self, rng):
        listening = self.server()
        worker = Worker()
        try:
            kind = rng.choice(["dial", "listen", "serve", "name"])
            peer = None
            if kind == "dial":
                worker.dial("127.0.0.1", listening.getsockname()[1])
            elif kind == "name":
                worker.dial("localhost", listening.getsockname()[1])
            elif kind == "listen":
                worker.listen()
            else:
                peer = socket.create_connection(listening.getsockname())
                accepted, _ = listening.accept()
                worker.serve(accepted)
                accepted.close()
                peer.sendall(b"hello\n")
            moment = time.monotonic() + rng.random() * 0.008
            while time.monotonic() < moment:
                pass
            worker.process.send_signal(signal.SIGUSR1)
            while (message := worker.said()) is not None:
                if message[0] == STOPPING:
                    worker.send(NO_MORE)
                if message[0] == ENDED:
                    self.assertEqual(message[1], STOPPED_BY_US)
            self.assertEqual(worker.exit(), 0)
            if peer:
                peer.close()
        finally:
            worker.close()
            listening.close()

    def test_row42_a_worker_whose_program_is_gone_ends(self):
        for kind in ("open", "listen", "connecting", "start"):
            with self.subTest(kind):
                if kind == "open":
                    worker, _ = self.opened()
                else:
                    worker = self.worker()
                    if kind == "listen":
                        worker.listen()
                        worker.until(LISTENING)
                    elif kind == "connecting":
                        worker.dial("127.0.0.1", full_backlog(self))
                        worker.until(CONNECTING)
                    else:
                        worker.until(READY)
                began = time.monotonic()
                worker.channel.close()
                worker.exit()
                self.assertLess(time.monotonic() - began, 0.5)

    def test_a_worker_with_another_parent_than_it_was_told_ends(self):
        worker = self.worker()
        worker.until(READY)
        worker.send(b"\x0a" + bytes([6]) + b"\x08\x01" + b"\x12\x02\x08\x00")  # Start{pid 1, listen 0}
        self.assertNotEqual(worker.exit(), 0)

    def test_a_worker_that_is_told_nonsense_ends(self):
        for bytes_ in (b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x00\x00\x00\x03abc"):
            worker = self.worker()
            worker.until(READY)
            worker.channel.sendall(bytes_)
            self.assertNotEqual(worker.exit(), 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root may look into a worker: it is not dumpable")
    def test_row41_a_worker_has_exactly_the_descriptors_it_needs(self):
        worker, _ = self.opened()
        self.assertEqual(sorted(descriptors(worker.process.pid)), [0, 1, 2, 3, self.net(worker)])
        listener = self.worker()
        listener.listen()
        listener.until(LISTENING)
        have = descriptors(listener.process.pid)
        self.assertEqual(sorted(have)[:5], [0, 1, 2, 3, 4])
        self.assertLessEqual(len(have), 7)
        self.assertTrue(all(what.startswith("socket:") for fd, what in have.items() if fd >= 3))

    def net(self, worker):
        """The number of the one socket to the peer; descriptor 4 is closed once it is not needed."""
        above = [fd for fd in descriptors(worker.process.pid) if fd > 3]
        self.assertEqual(len(above), 1)
        return above[0]

    def test_a_worker_leaves_no_core_and_cannot_be_traced(self):
        worker, _ = self.opened()
        pid = worker.process.pid
        self.assertEqual(status(pid, "NoNewPrivs"), "1")
        core = re.search(r"^Max core file size\s+(\S+)\s+(\S+)", pathlib.Path(f"/proc/{pid}/limits").read_text(), re.M)
        self.assertEqual(core.groups(), ("0", "0"))
        self.assertEqual(os.stat(f"/proc/{pid}/status").st_uid, 0, "not dumpable: its /proc belongs to root, proc(5)")
        if os.geteuid() != 0:
            with self.assertRaises(PermissionError):
                os.listdir(f"/proc/{pid}/fd")
        worker.process.send_signal(signal.SIGSEGV)
        worker.exit()
        self.assertFalse(alive(pid))

    def test_a_worker_killed_shows_its_peer_the_end_within_100_ms(self):
        worker, peer = self.opened()
        began = time.monotonic()
        worker.process.kill()
        self.assertEqual(peer.recv(1), b"")
        self.assertLess(time.monotonic() - began, 0.1)

    def test_early_words_show_with_the_request_and_are_messages_once_admitted(self):
        listening = self.server()
        here = socket.create_connection(listening.getsockname())
        here.settimeout(20)
        self.addCleanup(here.close)
        there, _ = listening.accept()
        worker = self.worker()
        worker.serve(there)
        there.close()
        here.sendall(b"first\nsec")
        self.assertIn(b"first\nsec", worker.until(REQUEST))
        here.sendall(b"ond\n" + b"y" * 10000 + b"\n")
        while b"second\nyyy" not in worker.until(REQUEST):
            pass
        worker.send(ADMIT)
        self.assertIn(b"first", worker.until(RECEIVED))
        self.assertIn(b"second", worker.until(RECEIVED))
        self.assertIn(b"y" * 10000, worker.until(RECEIVED), "nothing is lost where the preview ends")

    def test_telnet_is_answered_only_once_the_peer_is_let_in(self):
        listening = self.server()
        here = socket.create_connection(listening.getsockname())
        self.addCleanup(here.close)
        there, _ = listening.accept()
        worker = self.worker()
        worker.serve(there)
        there.close()
        here.sendall(b"\xff\xfd\x01\xff\xfb\x18\xff\xfe\x03hello\n")  # DO ECHO, WILL TERMINAL-TYPE, DON'T SGA
        asked = worker.until(REQUEST)
        self.assertIn(b"hello", asked)
        self.assertNotIn(b"\xff", asked)
        here.sendall(b"\xff\xfd\x22again\n")  # DO LINEMODE
        while b"again" not in worker.until(REQUEST):
            pass
        here.setblocking(False)
        with self.assertRaises(BlockingIOError):  # both were read, and nothing was sent
            here.recv(1)
        here.settimeout(20)
        worker.send(ADMIT)
        answers = b"\xff\xfc\x01\xff\xfe\x18\xff\xfc\x22"  # WON'T ECHO, DON'T TERMINAL-TYPE, WON'T LINEMODE
        came = b""
        while len(came) < len(answers):
            came += here.recv(64)
        self.assertEqual(came, answers)
        self.assertIn(b"hello", worker.until(RECEIVED))
        self.assertIn(b"again", worker.until(RECEIVED))

    def test_stopped_while_it_looks_a_name_up(self):
        """In a network of its own, where the name server never answers."""
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = self.in_a_silent_network()
            except BaseException as error:  # the exit status is all that leaves this process
                print(error)
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code == 2 and os.geteuid() != 0:
            self.skipTest("an ordinary user may have no network and mounts of its own here")
        self.assertEqual(code, 0)

    def in_a_silent_network(self):
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        clone_newns, clone_newuser, clone_newnet = 0x20000, 0x10000000, 0x40000000
        user, group = os.geteuid(), os.getegid()
        if libc.unshare(clone_newns | clone_newnet | (clone_newuser if user != 0 else 0)) != 0:
            return 2
        if user != 0:  # root of these namespaces alone: user_namespaces(7)
            for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
                pathlib.Path("/proc/self", name).write_text(text)
        os.system("ip link set lo up && mount --make-rprivate /")
        conf = self.folder / "resolv.conf"
        conf.write_text("nameserver 127.0.0.1\n")
        nss = self.folder / "nsswitch.conf"
        nss.write_text("hosts: dns\n")
        for file, target in ((conf, "/etc/resolv.conf"), (nss, "/etc/nsswitch.conf")):
            if libc.mount(str(file).encode(), target.encode(), None, 4096, None) != 0:  # MS_BIND
                return 3
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", 53))
        server.settimeout(20)
        self.addCleanup(server.close)
        for gone in (False, True):
            worker = Worker()
            worker.dial("slow.example", 5188)
            server.recv(512)  # the question: getaddrinfo now waits for an answer that never comes
            began = time.monotonic()
            if gone:
                worker.channel.close()
            else:
                worker.process.send_signal(signal.SIGUSR1)
                self.assert_ended_well(worker)
            worker.exit()
            self.assertLess(time.monotonic() - began, 0.5)
            worker.close()
        worker = Worker()
        worker.dial("slow.example", 5188)
        began = time.monotonic()
        ended = worker.until(ENDED)
        self.assertEqual(reason_of(ended), "NameLookupFailed")
        self.assertTrue(4.5 < time.monotonic() - began < 7)
        worker.close()
        return 0


if __name__ == "__main__":
    unittest.main(verbosity=2)
