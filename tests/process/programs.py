"""Real programs for process tests: kith-cli with its workers, started, driven and waited for, each wait with a
limit. Nothing here sleeps to be in step with another process."""

import array
import fcntl
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KITH_BUILD", "build/debug")).resolve()
APP = BUILD / "src" / "app"
LIMIT = 20.0  # seconds; a shared machine may be slow, so this is far above what anything takes


class TimedOut(AssertionError):
    pass


def require(test, *tools):
    """Leaves a test out where a tool that it needs is not on this machine; it fails where nothing may be left out."""
    lacking = [tool for tool in tools if shutil.which(tool) is None]
    if lacking and os.environ.get("KITH_REQUIRE_ALL") == "1":
        test.fail(f"missing {', '.join(lacking)}")
    if lacking:
        test.skipTest(f"missing {', '.join(lacking)}")


def eventually(what, condition, limit=LIMIT):
    """Waits until condition() is true and returns its value. For states that send no event, e.g. in /proc."""
    end = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimedOut(f"not within {limit} s: {what}")
        select.select([], [], [], 0.005)


# --- /proc ---------------------------------------------------------------------------------------------------------


def status(pid, field):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return None


def alive(pid):
    state = status(pid, "State")
    return state is not None and not state.startswith("Z")


def children(pid):
    """[(pid, name, state letter)] of a process, zombies too."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            pids = task.read_text().split()
        except OSError:
            continue
        for child in map(int, pids):
            name, state = status(child, "Name"), status(child, "State")
            if name and state:
                found.append((child, name, state[:1]))
    return found


def workers(pid):
    return [child for child, name, state in children(pid) if name == "kith-worker" and state != "Z"]


def descriptors(pid):
    """{number: what it is} of a process; only root may look into a worker."""
    found = {}
    for entry in os.listdir(f"/proc/{pid}/fd"):
        try:
            found[int(entry)] = os.readlink(f"/proc/{pid}/fd/{entry}")
        except OSError:
            pass
    return found


def memory(pid):
    """RssAnon in KiB, which an ordinary user may read of a process that is not dumpable."""
    return int(status(pid, "RssAnon").split()[0])


# --- kith-cli --------------------------------------------------------------------------------------------------------


class Cli:
    """One kith-cli with --json: events come as objects, lines go in. Ended, and checked to have left nothing, by
    the test's clean-up."""

    def __init__(self, test, *words, profile=None, program=None, wrapper=()):
        self.test = test
        self.profile = profile or test.folder / f"profile{len(test.started)}"
        self.events = []
        self.pending = b""
        command = [*wrapper, str(program or APP / "kith-cli"), "--profile", str(self.profile), *words, "--json"]
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, cwd=test.folder)
        os.set_blocking(self.process.stdout.fileno(), False)
        test.started.append(self)

    @property
    def pid(self):
        """Of kith-cli itself, which a wrapper may have started."""
        if pathlib.Path(f"/proc/{self.process.pid}/exe").resolve().name == "kith-cli":
            return self.process.pid
        for child, name, _ in children(self.process.pid):
            if name == "kith-cli":
                return child
        return self.process.pid

    def read(self, limit):
        ready, _, _ = select.select([self.process.stdout], [], [], max(0, limit))
        if not ready:
            return False
        data = os.read(self.process.stdout.fileno(), 65536)
        if not data:
            return False
        self.pending += data
        while b"\n" in self.pending:
            line, self.pending = self.pending.split(b"\n", 1)
            self.events.append(json.loads(line))
        return True

    def wait(self, event, limit=LIMIT, **fields):
        """The next event of that name and those fields; what comes before it stays for other waits."""
        end = time.monotonic() + limit
        seen = 0
        while True:
            for i in range(seen, len(self.events)):
                e = self.events[i]
                if e["event"] == event and all(e.get(k) == v for k, v in fields.items()):
                    return self.events.pop(i)
            seen = len(self.events)
            left = end - time.monotonic()
            if left <= 0 or (not self.read(left) and self.process.poll() is not None):
                raise TimedOut(f"no {event} {fields}; there is {self.events[-5:]}; stderr: {self.error_text()}")

    def say(self, **object):
        self.process.stdin.write(json.dumps(object).encode() + b"\n")
        self.process.stdin.flush()

    def error_text(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")[-2000:]

    def end(self, limit=LIMIT):
        """End of input; returns the exit status."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        return self.exit(limit)

    def close(self):
        """Lets its pipes go, once it has ended."""
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            stream.close()

    def exit(self, limit=LIMIT):
        end = time.monotonic() + limit
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise TimedOut(f"kith-cli did not end; stderr: {self.error_text()}")
            self.read(0.02)
        while self.read(0):
            pass
        return self.process.returncode


class ProcessTest(unittest.TestCase):
    """A test with a folder of its own that leaves no process behind: each one checks."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-test-"))
        self.started = []

    def tearDown(self):
        left = []
        for cli in self.started:
            pids = workers(cli.pid) if alive(cli.pid) else []
            if cli.process.poll() is None:
                os.kill(cli.pid, signal.SIGTERM)
                try:
                    cli.exit(10)
                except TimedOut:
                    cli.process.kill()
                    cli.process.wait()
                    left.append("kith-cli did not end by SIGTERM")
            for pid in pids:
                try:
                    eventually("the worker ends with its program", lambda pid=pid: not alive(pid), 5)
                except TimedOut:
                    os.kill(pid, signal.SIGKILL)
                    left.append(f"worker {pid} was left behind")
            cli.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.assertEqual(left, [])

    # Shorthands.

    def host(self, *words, accept="all", **more):
        cli = Cli(self, "host", "--port", "0", "--plain", "--accept", accept, *words, **more)
        cli.port = cli.wait("listening")["port"]
        return cli

    def connect(self, port, *words, **more):
        return Cli(self, "connect", f"127.0.0.1:{port}", "--plain", *words, **more)

    def peer(self, port, family=socket.AF_INET, first=b"hello\n"):
        """A plain-text peer: a socket that has said something."""
        s = socket.socket(family, socket.SOCK_STREAM)
        s.settimeout(LIMIT)
        s.connect(("127.0.0.1" if family == socket.AF_INET else "::1", port))
        if first:
            s.sendall(first)
        self.addCleanup(s.close)
        return s


def name_of(sock):
    """A socket as kith names its peer."""
    host, port = sock.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def read_all(sock):
    data = b""
    while chunk := sock.recv(65536):
        data += chunk
    return data


def read_line(sock):
    data = b""
    while not data.endswith(b"\n"):
        chunk = sock.recv(1)
        if not chunk:
            raise AssertionError(f"end after {data!r}")
        data += chunk
    return data


# --- a worker without a program ------------------------------------------------------------------------------------


def _varint(n):
    out = b""
    while True:
        n, low = n >> 7, n & 0x7F
        if not n:
            return out + bytes([low])
        out += bytes([low | 0x80])


def field(number, value):
    """One field of a protobuf message: an int, or bytes."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _read_varint(data, at):
    n = shift = 0
    while True:
        n |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return n, at


def fields(message):
    """{number: [values]} of a protobuf message, ints and bytes."""
    found, at = {}, 0
    while at < len(message):
        key, at = _read_varint(message, at)
        value, at = _read_varint(message, at)
        if key & 7 == 2:
            at += value
            value = message[at - value:at]
        found.setdefault(key >> 3, []).append(value)
    return found


class Worker:
    """A bare kith-worker, with this test as its program (src/ipc/boundary.proto)."""

    def __init__(self, blocked=True, program=None, wrapper=()):
        self.channel, theirs = socket.socketpair()
        self.descriptors, theirs2 = socket.socketpair()

        def in_child():
            # Above 3 and 4 first, so that neither dup2 closes what the other needs.
            a, b = (fcntl.fcntl(end.fileno(), fcntl.F_DUPFD_CLOEXEC, 5) for end in (theirs, theirs2))
            os.dup2(a, 3), os.dup2(b, 4)
            if blocked:
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])

        self.process = subprocess.Popen([*wrapper, str(program or APP / "kith-worker")], close_fds=False, preexec_fn=in_child,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        theirs.close()
        theirs2.close()
        self.channel.settimeout(LIMIT)
        self.buffer = b""

    def send(self, message):
        self.channel.sendall(struct.pack(">I", len(message)) + message)

    def start(self, role):
        self.send(field(1, field(1, os.getpid()) + role))

    def dial(self, host, port, hello=b""):
        """In plain text, or with the HELLO that a secure peer is told."""
        peer = field(1, field(1, host.encode()) + field(2, port))
        self.start(field(3, peer + (field(2, hello) if hello else b"")))

    def listen(self, port=0):
        self.start(field(2, field(1, port)))

    def serve(self, connection, plain=True, hello=bytes(40)):
        self.start(field(4, field(1, 7) + field(2, int(plain)) + field(4, hello)))
        header = b"KITHFD01" + struct.pack(">Q", 7)
        self.descriptors.sendmsg([header], [(socket.SOL_SOCKET, socket.SCM_RIGHTS,
                                             array.array("i", [connection.fileno()]))])

    def said(self):
        """The next message as its field number and payload; None at the end."""
        while True:
            if len(self.buffer) >= 4:
                length = struct.unpack(">I", self.buffer[:4])[0]
                if len(self.buffer) >= 4 + length:
                    payload, self.buffer = self.buffer[4:4 + length], self.buffer[4 + length:]
                    (number, values), = fields(payload).items()
                    return number, values[0]
            try:
                chunk = self.channel.recv(65536)
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                return None
            self.buffer += chunk

    def until(self, number):
        while True:
            message = self.said()
            if message is None:
                raise AssertionError(f"the worker ended before message {number}")
            if message[0] == number:
                return message[1]

    def exit(self, limit=LIMIT):
        return self.process.wait(limit)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.channel.close()
        self.descriptors.close()


(READY, LISTENING, PAUSED, CONNECTING, OPENED, REQUEST, RECEIVED, WRITTEN, STOPPING, ENDED, SECURE_UP,
 PEER_HANDSHAKE, PEER_PROFILE, PEER_ENTRY, SANDBOXED, MEASURED) = range(1, 17)
NO_MORE = field(5, b"")
ADMIT = field(3, b"")
MEASURE = field(10, b"")
STOPPED_BY_US = b""  # Ended{reason 0, number 0}: proto3 leaves zeros out


REASONS = re.findall(r"^    (\w+), +///<", (SOURCE / "src/core/reason.h").read_text(encoding="utf-8"), re.M)


def reason_of(ended):
    """The name of an Ended's reason in src/core/reason.h."""
    return REASONS[fields(ended).get(1, [0])[0]]


def send_text(number, text):
    return field(4, field(1, number) + field(2, text))


def full_backlog(test):
    """An address on which connect(2) neither succeeds nor fails: a listening socket whose queue is full."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(0)
    test.addCleanup(listening.close)
    for _ in range(8):
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(listening.getsockname())
        test.addCleanup(s.close)
    return listening.getsockname()[1]
