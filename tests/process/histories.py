"""Commands on a profile's history, as programs of their own, and what they give."""

import hashlib
import json
import os
import pathlib
import socket
import struct

from programs import BUILD, LIMIT, eventually
from terminals import TerminalTest

FAULTS = BUILD / "tests" / "support" / "faults_preload.so"


class Answer:
    """What a command said, and its exit status."""

    def __init__(self, program):
        self.status = program.wait(2 * LIMIT)
        self.out, self.err = bytes(program.out).decode(), bytes(program.err).decode()

    @property
    def events(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def texts(self):
        return [event["text"] for event in self.events if event["event"] == "message"]

    @property
    def codes(self):
        return [event["code"] for event in self.events if event["event"] == "error"]


class Faults:
    """A clock that is set and a disk that fills while a program runs (tests/support/faults_preload.c)."""

    def __init__(self, test, folder):
        self.path = test.path("faults")
        self.set()
        self.environment = {**os.environ, "LD_PRELOAD": str(FAULTS), "KITH_FAULTS": self.path,
                            "KITH_FAULTS_FOLDER": str(folder)}

    def set(self, seconds=0, full=False):
        with open(self.path, "r+b" if os.path.exists(self.path) else "wb") as file:
            file.write(struct.pack("qq", seconds, full))


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class HistoryTest(TerminalTest):
    """Terminals that chat, and commands on what they have said."""

    def command(self, profile, *words, json=True, **options):
        return self.terminal(*words, profile=profile, json=json, **options)

    def ask(self, profile, *words, **options):
        """A command and its whole answer."""
        return Answer(self.command(profile, *words, **options))

    def done(self, profile, *words, **options):
        """... which is done as it was meant."""
        answer = self.ask(profile, *words, **options)
        self.assertEqual(answer.status, 0, answer.err + answer.out[-2000:])
        return answer

    def history(self, profile, *words):
        return self.done(profile, "history", *words)

    def say(self, profile, *texts, **options):
        """A conversation in which a peer says these things, one by one, and which is over then. Its address."""
        host, port = self.host(profile=profile, **options)
        peer = self.peer(port)
        for text in texts:
            peer.sendall(text.encode() + b"\n")
            host.event("message", text=text)
        address = "{}:{}".format(*peer.getsockname())
        peer.close()
        self.assertEqual(host.finish(), 0)
        return address

    def flood(self, profile, lines, length):
        """A host that has stored this many lines of a peer's, and the peer, which stays."""
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        for i in range(0, lines, 1000):
            peer.sendall(b"".join(b"%07d " % each + b"x" * (length - 9) + b"\n"
                                  for each in range(i, min(i + 1000, lines))))
        host.event("message", limit=4 * LIMIT, text=f"{lines - 1:07} " + "x" * (length - 9))
        return host, peer

    def bytes_of(self, profile):
        """Every byte of every file of a profile."""
        return b"".join(each.read_bytes() for each in sorted(pathlib.Path(profile).rglob("*")) if each.is_file())

    def is_in_files(self, profile, text):
        found = self.bytes_of(profile)
        return any(text.encode(code) in found for code in ("utf-8", "utf-16-le"))

    def unread(self, profile, *words, json=True):
        """A command whose output nobody reads, and the end that could."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        program = self.command(profile, *words, json=json, stdout=writing)
        os.close(writing)
        return program, reading

    def is_blocked(self, reading):
        """The pipe of an unread command is full."""
        import array
        import fcntl
        import termios
        waiting = array.array("i", [0])
        fcntl.ioctl(reading, termios.FIONREAD, waiting)
        return waiting[0] >= 4096 * 15

    def read_rest(self, reading):
        data = bytearray()
        while piece := os.read(reading, 1 << 20):
            data += piece
        return bytes(data)


__all__ = ["Answer", "Faults", "HistoryTest", "digest", "eventually", "socket"]
