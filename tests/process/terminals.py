"""Terminals as a person and other programs see them: bytes on standard output and standard error, lines typed,
any program at the other end of the wire. What needs events alone is in programs.py."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from programs import APP, BUILD, LIMIT, TimedOut, require

CLASSIC_SERVER = str(BUILD / "tests" / "process" / "classic_server")
CLASSIC_CLIENT = str(BUILD / "tests" / "process" / "classic_client")
KITH_CLI = str(APP / "kith-cli")
# AddressSanitizer keeps what was freed, so memory says nothing there.
SANITIZED = b"__asan_init" in pathlib.Path(KITH_CLI).read_bytes()


class Program:
    """A child with pipes, whose output is read as it comes, line by line and as bytes."""

    def __init__(self, arguments, **options):
        # In a process group of its own, so that what it forks ends with it.
        options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                   "start_new_session": True, **options}
        self.arguments = arguments
        self.process = subprocess.Popen(arguments, bufsize=0, **options)
        self.changed = threading.Condition()
        self.output = {"out": bytearray(), "err": bytearray()}
        self.ended = {"out": self.process.stdout is None, "err": self.process.stderr is None}
        self.readers = [threading.Thread(target=self._read, args=(name, stream), daemon=True)
                        for name, stream in (("out", self.process.stdout), ("err", self.process.stderr)) if stream]
        for reader in self.readers:
            reader.start()

    def _read(self, name, stream):
        while chunk := stream.read(65536):
            with self.changed:
                self.output[name] += chunk
                self.changed.notify_all()
        with self.changed:
            self.ended[name] = True
            self.changed.notify_all()

    def wait_for(self, test, what, limit=LIMIT):
        """Waits until test() is true; it is asked after each piece of output."""
        deadline = time.monotonic() + limit
        with self.changed:
            while not (result := test()):
                left = deadline - time.monotonic()
                over = all(self.ended.values())
                if left <= 0 or (over and not test()):
                    raise TimedOut(f"{what}: not within {limit} s{' (it has ended)' if over else ''}\n"
                                  f"{self.arguments}\nout: {self.output['out'][-3000:]!r}\n"
                                  f"err: {self.output['err'][-3000:]!r}")
                self.changed.wait(left)
            return result

    @property
    def out(self):
        return self.output["out"]

    @property
    def err(self):
        return self.output["err"]

    def wait_out(self, text, limit=LIMIT):
        self.wait_for(lambda: text in self.out, f"{text!r} on standard output", limit)

    def wait_err(self, text, limit=LIMIT):
        self.wait_for(lambda: text in self.err, f"{text!r} on standard error", limit)

    def type(self, line):
        """A line, as bytes or text."""
        self.process.stdin.write((line if isinstance(line, bytes) else line.encode()) + b"\n")

    def close_input(self):
        self.process.stdin.close()

    def wait(self, limit=LIMIT):
        """The exit status, and all output is there."""
        try:
            status = self.process.wait(limit)
        except subprocess.TimeoutExpired as late:
            raise TimedOut(f"{self.arguments} did not end within {limit} s\nout: {self.out[-3000:]!r}\n"
                          f"err: {self.err[-3000:]!r}") from late
        with self.changed:
            self.changed.wait_for(lambda: all(self.ended.values()), limit)
        return status

    def finish(self, limit=LIMIT):
        """End of input, then the exit status."""
        self.close_input()
        return self.wait(limit)

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for reader in self.readers:
            reader.join(LIMIT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()


class Terminal(Program):
    """A kith-cli; with json=True its events can be waited for one by one."""

    def __init__(self, *arguments, profile, json=True, **options):
        self.json = json
        self.taken = 0   # bytes of standard output that were read as events
        self.events = []  # those that nobody has asked for yet
        self.all = []
        command = [KITH_CLI, "--profile", profile, *arguments]
        super().__init__(command + (["--json"] if json else []), **options)

    def _parse(self):
        while (end := self.out.find(b"\n", self.taken)) >= 0:
            event = json.loads(self.out[self.taken:end])
            self.taken = end + 1
            self.events.append(event)
            self.all.append(event)

    def event(self, kind, limit=LIMIT, **fields):
        """The oldest event of this kind and these fields that was not asked for before."""
        wanted = {"event": kind, **fields}

        def find():
            self._parse()
            for event in self.events:
                if all(event.get(key) == value for key, value in wanted.items()):
                    self.events.remove(event)
                    return event
            return None

        return self.wait_for(find, f"event {wanted}", limit)

    def send(self, **fields):
        self.type(json.dumps(fields))

    def port(self):
        """The port it listens on, once it does."""
        if self.json:
            return self.event("listening")["port"]
        self.wait_err(b"You are hosting on port ")
        return int(self.err.split(b"You are hosting on port ")[1].split(b".")[0])


class TerminalTest(unittest.TestCase):
    """Gives a test its terminals and peers, and ends whatever it leaves."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="kith-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.profiles = 0

    def profile(self):
        self.profiles += 1
        return os.path.join(self.folder, f"profile-{self.profiles}")

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, kind, *arguments, **options):
        program = kind(*arguments, **options)
        self.addCleanup(program.end)
        return program

    def terminal(self, *arguments, **options):
        options.setdefault("profile", self.profile())
        return self.start(Terminal, *arguments, **options)

    def host(self, *arguments, accept="all", plain=True, port=0, **options):
        """A terminal that hosts on a port of its own, and that port. Everyone may come in."""
        words = ["host", "--port", str(port), "--accept", accept, *(["--plain"] if plain else []), *arguments]
        terminal = self.terminal(*words, **options)
        return terminal, terminal.port()

    def connect(self, port, *arguments, **options):
        return self.terminal("connect", f"127.0.0.1:{port}", "--plain", *arguments, **options)

    def program(self, *arguments, **options):
        require(self, arguments[0])
        return self.start(Program, list(arguments), **options)

    def peer(self, port):
        """A bare TCP connection to a host."""
        connection = socket.create_connection(("127.0.0.1", port), LIMIT)
        self.addCleanup(connection.close)
        return connection

    def listener(self, **options):
        """A bare TCP listener on a free port of this computer, and the port."""
        listening = socket.create_server(("127.0.0.1", 0), **options)
        listening.settimeout(LIMIT)
        self.addCleanup(listening.close)
        return listening, listening.getsockname()[1]

    def accepted(self, listening):
        connection, _ = listening.accept()
        connection.settimeout(LIMIT)
        self.addCleanup(connection.close)
        return connection


def read_until(connection, end, limit=LIMIT):
    connection.settimeout(limit)
    text = b""
    while end not in text:
        piece = connection.recv(1 << 16)
        if not piece:
            raise AssertionError(f"the connection ended before {end!r}: {text!r}")
        text += piece
    return text
