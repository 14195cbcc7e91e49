#!/usr/bin/env python3
"""What confines a worker: what it is born with, which system calls it may make, and what becomes of one that turns
against its program (rows 38, 39, 41, 45, 48 and 49 of the threats)."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import unittest

from programs import (APP, BUILD, ENDED, LISTENING, MEASURE, MEASURED, OPENED, PEER_ENTRY, RECEIVED, REQUEST, SANDBOXED,
                      SOURCE, STOPPING, ADMIT, NO_MORE, Cli, descriptors, eventually, field, fields, memory,
                      read_line, reason_of, require, send_text, status, workers)
from secure_workers import SecureTest, farewell, send_entry, text_of
from traces import require_strace

ATTACKER = BUILD / "tests" / "support" / "attack" / "kith-worker"
REFUSER = BUILD / "tests" / "support" / "refuse_seccomp"

ROW = re.compile(r'^ *Call\{SYS_\w+, Who::(\w+), "(\w+)", "([^"]+)"', re.M)


def allowed():
    """{call: who} of src/worker/sandbox/linux_calls.h, where a call for two things has two rows."""
    text = (SOURCE / "src/worker/sandbox/linux_calls.h").read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) == text.count("    Call{"), "a row that this test cannot read"
    return {name: who for who, name, _ in rows}


def list_of(role):
    return {name for name, who in allowed().items() if who in ("Both", role)}


class SandboxTest(SecureTest):
    """With workers whose calls are written down, and with those that attack."""

    def setUp(self):
        if sys.platform != "linux":
            self.skipTest("the sandbox of Linux")
        super().setUp()
        self.traces = []

    def traced(self, **more):
        """A worker behind strace; its calls are in calls() when it has ended."""
        file = self.folder / f"trace{len(self.traces)}"
        worker = SecureTest.worker(self, wrapper=("strace", "-D", "-f", "-q", "-s", "0", "-o", str(file)), **more)
        worker.trace = file
        self.traces.append(worker)
        return worker

    def calls(self, worker):
        """What it called once the filter was there, as strace writes it: [(name, line)]."""
        eventually("the trace is whole", lambda: re.search(r"^\d+ +\+\+\+ ", worker.trace.read_text(), re.M))
        return self.calls_so_far(worker)

    def calls_so_far(self, worker):
        found, inside = [], False
        for line in worker.trace.read_text().splitlines():
            text = line.partition(" ")[2].strip()
            name = re.match(r"(?:<\.\.\. )?(\w+)(?:\(| resumed)", text)
            if inside and name and not text.startswith("<..."):
                found.append((name[1], text))
            if "SECCOMP_SET_MODE_FILTER" in text and " = 0" in text:
                inside = True
        self.assertTrue(inside, "there was no filter")
        # A call that a signal restarts has no row of its own: a stopped ppoll must not need one.
        return found

    def assert_within(self, worker, role):
        called = self.calls(worker)
        outside = [line for name, line in called if name not in list_of(role)]
        self.assertEqual(outside, [])
        return {name for name, _ in called}

    def attackers(self):
        """A folder with a worker that attacks; its own, as a worker looks for its module beside itself."""
        folder = self.folder / "attackers"
        if folder.exists():
            return folder
        folder.mkdir()
        for file in (ATTACKER, APP / "kith-tls.so"):
            shutil.copy(file, folder / file.name)
        return folder


class WhatItIsBornWith(SandboxTest):
    def test_row38_the_environment_is_language_and_time_zone_alone(self):
        """Read by the kernel's copy of it, which only root may see of a worker."""
        if os.geteuid() != 0:
            self.skipTest("only root may look into a worker")
        hostile = {"LD_LIBRARY_PATH": "/nowhere", "OPENSSL_CONF": "/nowhere/openssl.cnf", "SSLKEYLOGFILE": "/tmp/keys",
                   "QT_LOGGING_RULES": "*=true", "MALLOC_CHECK_": "3", "SECRET": "x", "TZ": "UTC", "LANG": "C.UTF-8"}
        kept = {key: os.environ.get(key) for key in hostile}
        os.environ.update(hostile)
        try:
            host = self.host()
        finally:
            for key, value in kept.items():
                if value is None:
                    del os.environ[key]
                else:
                    os.environ[key] = value
        peer = self.peer(host.port)
        host.wait("connected")
        found = workers(host.pid)
        self.assertEqual(len(found), 2)
        for pid in found:
            names = {entry.split(b"=")[0] for entry in
                     pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if entry}
            self.assertEqual(names, {b"LANG", b"TZ"})
        peer.close()

    def test_row39_no_argument_no_core_and_not_to_be_looked_into(self):
        host = self.host()
        peer = self.peer(host.port)
        host.wait("connected")
        for pid in workers(host.pid):
            words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            self.assertEqual([pathlib.Path(os.fsdecode(word)).name for word in words if word], ["kith-worker"])
            # Of a process that is not dumpable, /proc/PID belongs to root.
            self.assertEqual(os.stat(f"/proc/{pid}/status").st_uid, 0)
            if os.geteuid() == 0:
                limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
                self.assertRegex(limits, r"Max core file size +0 +0 ")
                self.assertRegex(limits, r"Max file size +0 +0 ")
                self.assertRegex(limits, r"Max processes +0 +0 ")
            else:
                for secret in ("environ", "mem", "maps"):
                    with self.assertRaises(PermissionError):
                        pathlib.Path(f"/proc/{pid}/{secret}").read_bytes()
        if os.geteuid() != 0 and shutil.which("gdb"):
            pid = workers(host.pid)[0]
            said = subprocess.run(["gdb", "-nx", "-batch", "-p", str(pid)], capture_output=True, text=True)
            self.assertRegex(said.stdout + said.stderr, "ptrace: (Operation not permitted|Inappropriate ioctl)")
        peer.close()

    def test_row39_a_crash_leaves_no_core(self):
        host = self.host()
        peer = self.peer(host.port)
        worker = host.wait("connected")["worker"]
        os.kill(worker, signal.SIGSEGV)
        self.assertEqual(host.wait("closed")["reason"], "worker-crashed")
        # Where cores go to a program no limit counts, but that the worker is not dumpable.
        for folder in (self.folder, pathlib.Path("/")):
            self.assertEqual(list(folder.glob("core*")), [])
        peer.close()

    def test_row41_a_worker_has_its_channels_its_peer_and_nothing_else(self):
        if os.geteuid() != 0:
            self.skipTest("only root may look into a worker")
        worker, peer = self.accepted()
        worker.until(SANDBOXED)
        peer.sendall(b"hello\n")
        worker.until(REQUEST)
        found = descriptors(worker.process.pid)
        kinds = sorted(re.sub(r"\W.*", "", what.lstrip("/")) for what in found.values())
        self.assertEqual(kinds, ["dev", "dev", "dev", "socket", "socket"])
        self.assertEqual(sorted(found)[:4], [0, 1, 2, 3])

    def test_what_is_in_force_is_told_before_the_peer_is_read(self):
        worker, peer = self.accepted()
        told = fields(worker.until(SANDBOXED))
        self.assertEqual((told[1], told[4]), ([1], [1]))
        self.assertEqual(told[2], [len(list_of("Session"))])
        self.assertGreaterEqual(told[3][0], 1)
        self.assertEqual((status(worker.process.pid, "Seccomp"), status(worker.process.pid, "NoNewPrivs")), ("2", "1"))
        self.assertEqual(status(worker.process.pid, "Threads"), "1")
        peer.sendall(b"hello\n")
        worker.until(REQUEST)

    def test_the_program_shows_it(self):
        host = self.host()
        peer = self.peer(host.port)
        shown = host.wait("connected")["sandbox"]
        self.assertEqual((shown["seccomp"], shown["no_new_privs"]), (True, True))
        self.assertGreaterEqual(shown["landlock"], 1)
        for pid in workers(host.pid):
            self.assertEqual(status(pid, "Seccomp"), "2")
        peer.close()

    def test_memory_of_a_plain_text_session_stays_within_two_mebibytes(self):
        """Although what TLS needs is loaded before it is known that nobody speaks it."""
        worker, peer = self.accepted()
        peer.sendall(b"hello\n")
        worker.until(REQUEST)
        self.assertLess(memory(worker.process.pid), 2048)


class WhichCallsItMakes(SandboxTest):
    """Row 49: days of sessions and of a listener, by strace, against the list."""

    @staticmethod
    def leave(worker):
        worker.process.send_signal(signal.SIGUSR1)
        while (message := worker.said()) is not None:
            if message[0] == STOPPING:
                worker.send(NO_MORE)
        worker.exit()

    def assert_measured(self, worker):
        """It says what has gone over its connection, by a call of its own row."""
        worker.send(MEASURE)
        traffic = fields(worker.until(MEASURED))
        self.assertTrue(all(traffic[number][0] > 0 for number in (1, 2, 3)), traffic)
        eventually("the trace has it", lambda: any("TCP_INFO" in line for name, line in self.calls_so_far(worker)
                                                   if name == "getsockopt"))

    def plain_day_dialled(self):
        listening = self.listening()
        worker = self.traced()
        worker.dial("127.0.0.1", listening.getsockname()[1])
        peer, _ = listening.accept()
        peer.settimeout(20)
        self.addCleanup(peer.close)
        worker.until(OPENED)
        worker.send(send_text(1, b"good morning"))
        self.assertEqual(read_line(peer), b"good morning\n")
        peer.sendall(b"good morning\n")
        worker.until(RECEIVED)
        os.kill(worker.process.pid, signal.SIGSTOP)  # a closed lid
        os.kill(worker.process.pid, signal.SIGCONT)
        self.assert_measured(worker)
        # More than the kernel takes, in both directions.
        peer.setblocking(False)
        for i in range(2, 17):
            worker.send(send_text(i, b"x" * 65000))
        sent = 0
        while sent < 3_000_000:
            try:
                sent += peer.send((b"y" * 999 + b"\n") * 60)
            except BlockingIOError:
                break
        peer.setblocking(True)
        while len(read_line_fast(peer)) < 65001:
            pass
        self.leave(worker)
        return worker

    def plain_day_accepted(self):
        listening = self.listening()
        peer = socket.create_connection(listening.getsockname())
        self.addCleanup(peer.close)
        theirs, _ = listening.accept()
        worker = self.traced()
        worker.serve(theirs)
        theirs.close()
        peer.sendall(b"may I?\n")
        worker.until(REQUEST)
        worker.send(ADMIT)
        worker.until(OPENED)
        peer.close()
        worker.until(ENDED)
        worker.exit()
        return worker

    def secure_day(self):
        self.worker = self.traced
        i, r = self.opened()
        del self.worker
        for n in range(1, 4):
            i.send(send_entry(n, b"x" * 60000))
            self.assertEqual(len(text_of(r.until(PEER_ENTRY))), 60000)
            r.send(send_entry(n, b"hello"))
            i.until(PEER_ENTRY)
        self.assert_measured(i)
        i.send(farewell(0))
        self.leave(i)
        r.until(ENDED)
        r.exit()
        return i, r

    def odd_callers(self):
        """Peers that take OpenSSL elsewhere: other groups and ciphers, an older TLS, none at all."""
        for words in (["-groups", "P-256", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256", "-alpn", "kith/1"],
                      ["-groups", "P-521:P-256", "-ciphersuites", "TLS_AES_128_GCM_SHA256", "-alpn", "kith/1"],
                      ["-tls1_2"], ["-alpn", "http/1.1"], None):
            listening = self.listening()
            port = listening.getsockname()[1]
            if words is None:
                caller = socket.create_connection(("127.0.0.1", port))
                caller.sendall(b"\x16\x03\x01\x00\x20" + b"garbage " * 4)
            else:
                caller = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *words],
                                          stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            theirs, _ = listening.accept()
            worker = self.traced()
            worker.serve(theirs, False, bytes(40))
            theirs.close()
            if words is None:
                worker.until(ENDED)
                caller.close()
            else:
                worker.until(SANDBOXED)
                caller.communicate(b"x" * 100, timeout=20)  # a frame that is none: the session ends
            worker.exit()
            yield worker

    def odd_hosts(self, **more):
        """... and hosts whose certificates are of other kinds."""
        for kind in (["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], ["ed25519"]):
            key, certificate = self.folder / "host.key", self.folder / "host.pem"
            subprocess.run(["openssl", "req", "-x509", "-nodes", "-subj", "/CN=x", "-newkey", *kind, "-keyout", key,
                            "-out", certificate, "-batch"], check=True, capture_output=True)
            free = self.listening()
            port = free.getsockname()[1]
            free.close()
            host = subprocess.Popen(["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-key", key, "-cert", certificate,
                                     "-alpn", "kith/1", "-naccept", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT)
            while b"ACCEPT" not in host.stdout.readline():
                pass
            worker = self.traced(**more)
            worker.dial("127.0.0.1", port, bytes(40))
            worker.until(SANDBOXED)
            while b"CIPHER is" not in host.stdout.readline():
                pass
            host.communicate(b"x" * 100, timeout=20)
            worker.until(ENDED)
            worker.exit()
            yield worker

    def listener_day(self):
        worker = self.traced()
        worker.listen()
        port = fields(worker.until(LISTENING))[1][0]
        for n in range(1, 4):
            peer = socket.create_connection(("127.0.0.1", port))
            data, passed, _, _ = socket.recv_fds(worker.descriptors, 16, 1)
            self.assertEqual(data[:8], b"KITHFD01")
            for fd in passed:
                os.close(fd)
            worker.send(field(2, field(1, n)))
            peer.close()
        self.leave(worker)
        return worker

    def rare(self):
        """What the list has for the rarest hours: a build made for attacks really does them."""
        called = set()
        for number, (call, name) in attacks().items():
            if call not in (0, -1):
                continue
            folder = self.attackers()
            (folder / "kith-worker.attack").write_text(str(number))
            if name == "two hours later":
                for worker in self.odd_hosts(program=folder / "kith-worker"):
                    called |= self.assert_within(worker, "Session")
                continue
            listening = self.listening()
            worker = self.traced(program=folder / "kith-worker")
            worker.dial("127.0.0.1", listening.getsockname()[1])
            peer, _ = listening.accept()
            if call == 0:
                worker.until(OPENED)
                self.leave(worker)
            else:
                self.assertEqual(worker.exit(), -signal.SIGABRT, name)
            peer.close()
            called |= self.assert_within(worker, "Session")
        return called

    def test_row49_every_call_of_a_day_is_on_the_list_and_none_is_left_over(self):
        require_strace(self)
        require(self, "openssl")
        session = self.assert_within(self.plain_day_dialled(), "Session")
        session |= self.assert_within(self.plain_day_accepted(), "Session")
        for worker in (*self.secure_day(), *self.odd_callers(), *self.odd_hosts()):
            session |= self.assert_within(worker, "Session")
        listener = self.assert_within(self.listener_day(), "Listener")
        both = session | listener | self.rare()
        unused = [name for name, who in allowed().items()
                  if name not in {"Session": session | both, "Listener": listener, "Both": both}[who]]
        self.assertEqual(unused, [])

    def test_the_list_is_short_and_every_call_has_its_reason(self):
        text = (SOURCE / "src/worker/sandbox/linux_calls.h").read_text(encoding="utf-8")
        self.assertLessEqual(max(len(list_of("Session")), len(list_of("Listener"))), 24)
        self.assertTrue(all(reason.strip() for _, _, reason in ROW.findall(text)))
        security = (SOURCE / "SECURITY.md").read_text(encoding="utf-8")
        for name in allowed():
            self.assertIn(f"`{name}`", security)


def read_line_fast(sock):
    data = b""
    while not data.endswith(b"\n"):
        chunk = sock.recv(65536)
        if not chunk:
            raise AssertionError(f"end after {len(data)} bytes")
        data += chunk
    return data


def attacks():
    """{number: (system call, name)} of the worker that attacks."""
    said = subprocess.run([ATTACKER, "--list"], capture_output=True, text=True, check=True).stdout
    return {int(number): (int(call), name) for number, call, name in
            (line.split(" ", 2) for line in said.splitlines())}


class HowItEnds(SandboxTest):
    """Row 45: a worker that has been taken over tries what it can think of, right behind the sandbox."""

    def attack(self, folder, number):
        """The error by which a kith-cli beside it names the end of that worker."""
        if not (folder / "kith-cli").exists():
            shutil.copy(APP / "kith-cli", folder)
        (folder / "kith-worker.attack").write_text(str(number))
        listening = self.listening()
        cli = Cli(self, "connect", f"127.0.0.1:{listening.getsockname()[1]}", "--plain", program=folder / "kith-cli")
        told = cli.wait("error")
        self.assertEqual(cli.end(), 1)
        listening.close()
        return told

    def test_row45_every_attempt_to_escape_is_stopped_and_named(self):
        folder = self.attackers()
        tried = {number: what for number, what in attacks().items() if what[0] > 0}
        self.assertGreaterEqual(len(tried), 40)
        got_through = {}
        for number, (call, name) in tried.items():
            told = self.attack(folder, number)
            if told["code"] != "worker-sandboxed" or f"system call {call})" not in told["text"] + ")":
                got_through[name] = told
        self.assertEqual(got_through, {})

    def test_row45_calls_of_another_architecture_end_it_too(self):
        folder = self.attackers()
        for number, (call, name) in attacks().items():
            if call == -signal.SIGSYS:
                # A kernel may know no i386 at all: then it is an instruction that there is not.
                ends = ("worker-sandboxed", "worker-crashed") if "i386" in name else ("worker-sandboxed",)
                self.assertIn(self.attack(folder, number)["code"], ends, name)

    def test_an_abort_is_a_crash_and_not_the_sandbox(self):
        folder = self.attackers()
        for number, (call, name) in attacks().items():
            if call == -1:
                self.assertEqual(self.attack(folder, number)["code"], "worker-crashed", name)

    def test_the_worker_that_is_installed_has_no_attack_in_it(self):
        self.assertIn(b"it got through", ATTACKER.read_bytes())
        self.assertNotIn(b"it got through", (APP / "kith-worker").read_bytes())


class WhereItCannotBe(SandboxTest):
    """Row 48: an outer filter turns seccomp(2) away, as a container's or an old kernel would."""

    def refused(self, how):
        if not REFUSER.exists():
            self.fail("refuse_seccomp is not built")
        return (str(REFUSER), how)

    def test_row48_a_session_refuses(self):
        for how in ("seccomp", "landlock"):
            listening = self.listening()
            cli = Cli(self, "connect", f"127.0.0.1:{listening.getsockname()[1]}", "--plain", wrapper=self.refused(how))
            told = cli.wait("error")
            self.assertEqual(told["code"], "sandbox-missing")
            self.assertIn("--sandbox-optional", told["text"])
            self.assertEqual(cli.end(), 1)

    def test_row48_a_listener_refuses(self):
        cli = Cli(self, "host", "--port", "0", wrapper=self.refused("seccomp"))
        self.assertEqual(cli.wait("error")["code"], "sandbox-missing")

    def test_row48_a_person_may_go_on_without_and_is_shown_what_there_is(self):
        for how, expected in (("seccomp", (False, True)), ("landlock", (True, False))):
            host = Cli(self, "host", "--port", "0", "--plain", "--accept", "all", "--sandbox-optional",
                       wrapper=self.refused(how))
            port = host.wait("listening")["port"]
            peer = self.peer(port)
            shown = host.wait("connected")["sandbox"]
            self.assertEqual((shown["seccomp"], shown["landlock"] > 0), expected)
            self.assertTrue(shown["no_new_privs"])
            peer.close()
            self.assertEqual(host.end(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
