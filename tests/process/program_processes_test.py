"""A process per connection, seen from outside: kith-cli with real workers and plain sockets as peers."""

import concurrent.futures
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import time
import unittest

from programs import (Cli, ProcessTest, alive, children, descriptors, eventually, full_backlog, memory, name_of,
                      read_all, read_line, require, status, workers)
from traces import Trace, require_strace

CONNECTIONS = int(os.environ.get("KITH_CONNECTIONS", "1000"))
KILLS = int(os.environ.get("KITH_KILLS", "30"))


class ProgramProcesses(ProcessTest):
    def test_twenty_peers_are_twenty_workers_and_one_listener_and_no_line_crosses(self):
        host = self.host()
        peers = []
        pids = {}
        for i in range(20):  # one after the other: four from one address may be at the door at once
            peer = self.peer(host.port, first=b"I am %d\n" % i)
            peers.append(peer)
            pids[i] = host.wait("connected", peer=name_of(peer))["worker"]
            self.assertEqual(host.wait("message", peer=name_of(peer))["text"], f"I am {i}")
        self.assertEqual(len(set(pids.values())), 20)
        self.assertEqual(len(workers(host.pid)), 21)
        self.assertTrue(set(pids.values()) <= set(workers(host.pid)))
        for i, peer in enumerate(peers):
            host.say(to=name_of(peer), text=f"you are {i}")
        for i, peer in enumerate(peers):
            self.assertEqual(read_line(peer), b"you are %d\n" % i)
            peer.setblocking(False)
            with self.assertRaises(BlockingIOError):
                peer.recv(1)
        host.process.send_signal(signal.SIGTERM)
        self.assertEqual(host.exit(), 0)
        self.assertEqual([pid for pid in pids.values() if alive(pid)], [])

    def test_killing_one_worker_ends_that_conversation_alone(self):
        host = self.host()
        one, two = self.peer(host.port), self.peer(host.port)
        worker = host.wait("connected", peer=name_of(one))["worker"]
        host.wait("connected", peer=name_of(two))
        began = time.monotonic()
        os.kill(worker, signal.SIGKILL)
        self.assertEqual(one.recv(1), b"")
        self.assertLess(time.monotonic() - began, 0.1, "the peer sees the end within 100 ms")
        closed = host.wait("closed", peer=name_of(one))
        self.assertEqual(closed["reason"], "worker-crashed")
        self.assertTrue(closed["text"])
        two.sendall(b"still here\n")
        self.assertEqual(host.wait("message", peer=name_of(two), text="still here")["text"], "still here")
        host.say(to=name_of(two), text="so am I")
        self.assertEqual(read_line(two), b"so am I\n")
        self.assertEqual([c for c in children(host.pid) if c[2] == "Z"], [])

    def test_sigusr1_from_outside_ends_a_conversation_well(self):
        host = self.host()
        peer = self.peer(host.port)
        worker = host.wait("connected")["worker"]
        lines = ["%04d " % i + "y" * 995 for i in range(200)]  # 200 KB
        for line in lines:
            host.say(text=line)
        for line in lines:
            host.wait("state", state="waiting")
        os.kill(worker, signal.SIGUSR1)
        self.assertEqual(read_all(peer).decode(), "".join(line + "\n" for line in lines))
        self.assertEqual(host.wait("closed")["reason"], "stopped-by-us")

    def test_row42_a_killed_program_leaves_no_worker_after_half_a_second(self):
        for _ in range(KILLS):
            host = self.host()
            peers = [self.peer(host.port) for _ in range(3)]
            pids = [host.wait("connected")["worker"] for _ in peers] + workers(host.pid)
            host.process.kill()
            killed = time.monotonic()
            eventually("all workers are gone", lambda: not any(alive(pid) for pid in pids), 5)
            self.assertLess(time.monotonic() - killed, 0.5)
            for peer in peers:
                try:
                    self.assertEqual(peer.recv(1), b"")
                finally:
                    peer.close()
            host.exit()
            host.close()
            self.started.remove(host)

    def test_row35_a_lock_that_a_crash_left_behind_stops_nobody(self):
        first = self.host()
        profile = first.profile
        second = Cli(self, "host", "--port", "0", "--plain", profile=profile)
        second.exit()  # carried out by the first, which holds the lock
        self.assertIsNone(first.process.poll())
        first.process.kill()
        first.exit()
        third = Cli(self, "host", "--port", "0", "--plain", profile=profile)
        third.wait("listening")

    def test_row34_nothing_is_named_but_the_control_socket(self):
        host = self.host()
        self.peer(host.port)
        host.wait("connected")
        sockets = [str(p.relative_to(host.profile)) for p in host.profile.rglob("*") if p.is_socket()]
        self.assertEqual(sockets, ["run/control"])
        self.assertEqual(os.stat(host.profile).st_mode & 0o777, 0o700)
        self.assertEqual(os.stat(host.profile / "run").st_mode & 0o777, 0o700)
        named = [line for line in pathlib.Path("/proc/net/unix").read_text().splitlines() if "kith" in line]
        self.assertTrue(all("run/control" in line or "/proc/self/fd" in line for line in named), named)

    def test_row41_and_42_a_thousand_connections_leave_nothing(self):
        host = self.host("--no-history")
        self.come_and_go(host, 100)
        eventually("one worker is left, the listener", lambda: len(children(host.pid)) == 1)
        before = len(os.listdir(f"/proc/{host.pid}/fd"))
        memory_before = memory(host.pid)
        self.come_and_go(host, CONNECTIONS)
        eventually("one worker is left, the listener", lambda: len(children(host.pid)) == 1)
        eventually("no descriptor is left over", lambda: len(os.listdir(f"/proc/{host.pid}/fd")) <= before)
        grown = memory(host.pid) - memory_before
        print(f"memory of the program: {memory_before} KiB, {grown} KiB more after {CONNECTIONS} connections")
        self.assertLess(grown, max(512, 2048 * CONNECTIONS // 1000), "KiB")

    def come_and_go(self, host, count):
        came = 0.0
        for _ in range(count):
            # Forty strangers a second are let in, so no more than that come.
            time.sleep(max(0.0, came + 0.027 - time.monotonic()))
            came = time.monotonic()
            peer = self.peer(host.port)
            host.wait("connected")
            peer.close()
            host.wait("closed", reason="peer-closed")

    def test_the_program_closes_its_copy_of_a_connection(self):
        host = self.host()
        peer = self.peer(host.port)
        host.wait("connected")
        self.assertEqual(self.inet_sockets(host.pid), [])
        peer.close()

    def inet_sockets(self, pid):
        inodes = set()
        for table in ("tcp", "tcp6", "udp", "udp6"):
            for line in pathlib.Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
                inodes.add(line.split()[9])
        return [what for what in descriptors(pid).values()
                if (m := re.match(r"socket:\[(\d+)\]", what)) and m[1] in inodes]

    def test_sigusr1_ends_a_dialling_worker_and_the_reason_says_so(self):
        dialling = self.connect(full_backlog(self))
        worker = eventually("a worker dials", lambda: workers(dialling.pid))[0]
        os.kill(worker, signal.SIGUSR1)
        dialling.wait("error", code="stopped-by-us")
        self.assertEqual(dialling.exit(), 1)

    def test_no_answer_within_ten_seconds_is_told(self):
        began = time.monotonic()
        dialling = self.connect(full_backlog(self))
        self.assertTrue(dialling.wait("error", code="no-answer")["text"])
        self.assertTrue(9 < time.monotonic() - began < 14)
        self.assertEqual(dialling.exit(), 1)

    def test_both_families_reach_the_host(self):
        host = self.host()
        for family in (socket.AF_INET, socket.AF_INET6):
            try:
                peer = self.peer(host.port, family=family)
            except OSError:
                self.skipTest("no IPv6 here")
            self.assertEqual(host.wait("connected", peer=name_of(peer))["secure"], False)

    # --- what a stranger sends ---------------------------------------------------------------------------------

    def test_what_strangers_send_costs_nobody_else_anything(self):
        host = self.host()
        friend = self.peer(host.port)
        host.wait("message", peer=name_of(friend))
        before = memory(host.pid)
        rng = random.Random(5188)
        for junk in (rng.randbytes(100000).replace(b"\x16", b"\x17"), b"GET / HTTP/1.1\r\nHost: kith\r\n\r\n",
                     b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", b"\x00" * 5000, b"half a line"):
            peer = self.peer(host.port, first=junk)
            name = name_of(peer)
            host.wait("connected", peer=name)
            peer.close()
            host.wait("closed", peer=name)
        for event in host.events:
            self.assertNotIn("\x00", str(event))
        host.events.clear()
        # The conversation's list has 10 Mi characters of 2 bytes, and 4 MiB are being stored; a second one that says
        # as much finds the room of the first.
        most = [self.ten_megabytes_without_a_newline(host) - before for _ in range(2)]
        print(f"memory of the program: {before} KiB, at most {most} KiB more with 10 MiB in one line, twice")
        self.assertLess(max(most), 36 * 1024, "KiB")
        friend.sendall(b"all well?\n")
        host.wait("message", peer=name_of(friend), text="all well?")

    def ten_megabytes_without_a_newline(self, host):
        peer = self.peer(host.port, first=b"x" * 1000)
        worker = host.wait("connected", peer=name_of(peer))["worker"]
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            sending = pool.submit(peer.sendall, b"x" * (10 * 1024 * 1024 - 1000))
            came, most, program = 0, 0, 0
            while came < 10 * 1024 * 1024:
                came += len(host.wait("message", peer=name_of(peer))["text"])
                most, program = max(most, memory(worker)), max(program, memory(host.pid))
            sending.result()
        self.assertEqual(came, 10 * 1024 * 1024)
        self.assertLess(most, 4096, "KiB: a worker holds one line and a bounded queue")
        name = name_of(peer)
        peer.close()
        host.wait("closed", peer=name)
        return program

    def test_utf8_split_across_reads_is_one_message(self):
        host = self.host()
        peer = self.peer(host.port, first=b"")
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in "你好, мир\n".encode():
            peer.sendall(bytes([byte]))
        self.assertEqual(host.wait("message")["text"], "你好, мир")

    def test_a_peer_that_closes_in_mid_line_has_said_it(self):
        host = self.host()
        peer = self.peer(host.port, first=b"one\ntwo and a ha")
        host.wait("connected")
        peer.close()
        self.assertEqual(host.wait("message")["text"], "one")
        self.assertEqual(host.wait("message")["text"], "two and a ha")
        self.assertEqual(host.wait("closed")["reason"], "peer-closed")

    def end_of(self, peer):
        """What came before the end; closing a connection with unread bytes in it may be a RST."""
        try:
            return read_all(peer)
        except ConnectionResetError:
            return b""

    def test_a_secure_peer_is_told_apart_and_hears_nothing(self):
        host = self.host()
        peer = self.peer(host.port, first=b"\x16\x03\x01\x02\x00\x01\x00")
        self.assertEqual(peer.recv(1), b"")

    def test_where_plain_text_is_off_not_a_byte_is_sent(self):
        host = Cli(self, "host", "--port", "0", "--accept", "all")
        host.port = host.wait("listening")["port"]
        peer = self.peer(host.port)
        self.assertEqual(self.end_of(peer), b"")
        eventually("one worker is left, the listener", lambda: len(workers(host.pid)) == 1)

    # --- row 52 ------------------------------------------------------------------------------------------------

    def test_row52_a_peer_whose_workers_crash_is_held_off(self):
        host = self.host()
        for _ in range(2):
            peer = self.peer(host.port)
            os.kill(host.wait("connected", peer=name_of(peer))["worker"], signal.SIGABRT)
            host.wait("closed", peer=name_of(peer), reason="worker-crashed")
        third = self.peer(host.port)
        self.assertEqual(self.end_of(third), b"")
        self.assertEqual(len(workers(host.pid)), 1, "held off before a worker is started for it")


class GivenAgain(ProcessTest):
    """Pids that are given again: in a pid namespace, where the next one can be chosen (ns_last_pid, proc(5))."""

    def test_row44_a_pid_that_was_given_to_another_is_never_signalled(self):
        require(self, "unshare")
        own_user = [] if os.geteuid() == 0 else ["--map-root-user"]
        inside = ["unshare", *own_user, "--pid", "--fork", "--kill-child", "--mount-proc"]
        if subprocess.run([*inside, "sh", "-c", "echo 100 > /proc/sys/kernel/ns_last_pid"],
                          capture_output=True, check=False).returncode != 0:
            self.skipTest("a namespace in which pids can be chosen is not allowed here")
        again = subprocess.run([*inside, sys.executable, "-B", __file__, "InAPidNamespace"], check=False,
                               env={**os.environ, "KITH_PID_NAMESPACE": "1"}, capture_output=True, text=True)
        self.assertEqual(again.returncode, 0, again.stderr[-4000:])


@unittest.skipUnless("KITH_PID_NAMESPACE" in os.environ, "run by GivenAgain")
class InAPidNamespace(ProcessTest):
    def test_row44(self):
        host = self.host()
        stopped = []
        for peer in (self.peer(host.port), self.peer(host.port)):
            stopped.append(host.wait("connected", peer=name_of(peer))["worker"])
            os.kill(stopped[-1], signal.SIGSTOP)
        # SIGUSR1 to both, to be followed by SIGTERM and SIGKILL within three seconds, as neither can answer.
        host.process.send_signal(signal.SIGTERM)
        eventually("it is asked to end", lambda: int(status(stopped[0], "SigPnd"), 16) |
                   int(status(stopped[0], "ShdPnd"), 16))
        os.kill(stopped[0], signal.SIGKILL)
        eventually("it is reaped", lambda: status(stopped[0], "State") is None)
        another = self.given(stopped[0])
        self.assertEqual(host.exit(), 0)  # by then the other has had all three signals
        self.assertFalse(alive(stopped[1]))
        self.assertIsNone(another.poll(), "nobody else was signalled")

    def given(self, pid):
        """A process with this pid that dies of any signal."""
        def tried():
            pathlib.Path("/proc/sys/kernel/ns_last_pid").write_text(str(pid - 1))
            process = subprocess.Popen(["sleep", "600"])
            if process.pid != pid:
                process.kill()
                process.wait()
                return None
            return process

        process = eventually(f"{pid} is given again", tried)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process


class Traced(ProcessTest):
    """What the kernel saw (strace -f)."""

    def setUp(self):
        super().setUp()
        require_strace(self)

    def test_the_program_makes_no_network_socket_and_ends_its_workers_with_sigusr1(self):
        # A worker is not dumpable and still traced: strace attaches at fork.
        at_host, at_peer = Trace(self.folder / "host.trace"), Trace(self.folder / "peer.trace")
        host = self.host(wrapper=at_host.wrapper)
        peer = self.connect(host.port, wrapper=at_peer.wrapper)
        host.wait("connected")
        peer.wait("connected")
        peer.say(text="over and out")
        host.wait("message", text="over and out")
        peer_pid, host_pid = peer.pid, host.pid
        self.assertEqual(peer.end(), 0)  # disconnects
        host.wait("closed")
        os.kill(host_pid, signal.SIGTERM)
        self.assertEqual(host.exit(), 0)
        at_host.wait_for_end(host_pid)
        at_peer.wait_for_end(peer_pid)
        for trace in (at_host, at_peer):
            ran_worker = trace.workers()
            self.assertTrue(ran_worker)
            made = trace.network_sockets()
            self.assertTrue(made, "somebody made a network socket")
            self.assertEqual(set(made) - ran_worker, set(), "and it was a worker")
            stops = [text for pid, text in trace.lines() if pid not in ran_worker and "SIGUSR1" in text
                     and text.startswith(("kill(", "pidfd_send_signal("))]
            self.assertTrue(stops, "Disconnect sends SIGUSR1")
            if trace is at_peer:
                self.assertTrue(all(text.startswith("pidfd_send_signal(") for text in stops),
                                "row44: by pidfd, so never to a pid that was given to another")
        self.assert_reuseaddr_before_bind(at_host)

    def assert_reuseaddr_before_bind(self, trace):
        # Values behind pointers are not shown to an ordinary user: a worker is not dumpable.
        bound = 0
        for pid in trace.workers():
            reuse = set()
            for who, text in trace.lines():
                if who != pid:
                    continue
                if m := re.match(r"setsockopt\((\d+), SOL_SOCKET, SO_REUSEADDR", text):
                    reuse.add(m[1])
                if m := re.match(r"bind\((\d+), ", text):
                    bound += 1
                    self.assertIn(m[1], reuse)
                self.assertNotIn("SO_REUSEPORT", text)
        self.assertGreaterEqual(bound, 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
