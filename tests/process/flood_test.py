"""Floods of a real host's port by those who prove nothing (threats rows 1 and 4): random and mutated bytes from many
addresses, with penalties and without. Nothing is left over, nothing grows, and a contact still comes in.

KITH_FLOOD is the number of connections, KITH_FLOOD_RATE how many begin in a second (a host starts 40 workers a second
for strangers, so that a fifth of 200 reach one). What reached a worker is read from the host's log, and reported."""

import os
import pathlib
import random
import re
import selectors
import socket
import time
import unittest

from kith1_people import PeopleTest, kith_id
from programs import eventually, memory, workers

from kith1.initiator import dial
from kith1.relay import Wire

COUNT = int(os.environ.get("KITH_FLOOD", "1500"))
RATE = int(os.environ.get("KITH_FLOOD_RATE", "200"))
OPEN_AT_ONCE = 400
FIRST = (b"\x16", b"GET / HTTP/1.1\r\n", b"SSH-2.0-", b"\x80\x2e\x01\x00\x02", b"")


def source(number):
    """One of many addresses of this computer that are nobody's."""
    return f"127.{10 + number // 250}.1.{number % 250 + 1}"


def mutated(rng, data):
    """A few bytes changed, one piece left out, doubled or cut off."""
    data = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(data))
        kind = rng.randrange(4)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at:at + rng.randrange(1, 40)]
        elif kind == 2:
            data[at:at] = data[at:at + rng.randrange(1, 40)]
        else:
            del data[max(at, 1):]
        data = data or bytearray(b"\x16")
    return bytes(data)


class Flood:
    """Connections that begin at a rate, say something wrong, and are read to their end; at most OPEN_AT_ONCE of them
    are open, beyond that the oldest is let go."""

    def __init__(self, port, recorded, addresses, seed=5188):
        self.port, self.recorded, self.addresses = port, recorded, addresses
        self.rng = random.Random(seed)
        self.selector = selectors.DefaultSelector()
        self.open = {}
        self.begun = self.failed = 0

    def bytes_to_say(self):
        if self.rng.randrange(2):
            return mutated(self.rng, self.recorded)
        return self.rng.choice(FIRST) + self.rng.randbytes(self.rng.randrange(1, 600))

    def begin(self):
        sock = socket.socket()
        sock.setblocking(False)
        sock.bind((source(self.begun % self.addresses), 0))
        self.begun += 1
        try:
            sock.connect(("127.0.0.1", self.port))
        except BlockingIOError:
            pass
        self.open[sock] = self.bytes_to_say()
        self.selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def end(self, sock):
        self.selector.unregister(sock)
        del self.open[sock]
        sock.close()

    def turn(self, wait):
        for key, events in self.selector.select(wait):
            sock = key.fileobj
            try:
                if events & selectors.EVENT_WRITE:
                    sock.send(self.open[sock])
                    sock.shutdown(socket.SHUT_WR)
                    self.selector.modify(sock, selectors.EVENT_READ)
                elif not sock.recv(1 << 16):
                    self.end(sock)
            except OSError:
                self.failed += 1
                self.end(sock)
        while len(self.open) > OPEN_AT_ONCE:
            self.end(next(iter(self.open)))

    def run(self, count):
        began = time.monotonic()
        for i in range(count):
            while (early := began + i / RATE - time.monotonic()) > 0:
                self.turn(early)
            self.begin()
            self.turn(0)
        limit = time.monotonic() + 30
        while self.open and time.monotonic() < limit:
            self.turn(1)
        while self.open:
            self.end(next(iter(self.open)))


class Floods(PeopleTest):
    def flooded(self, *words, addresses):
        """What the host's log says of its door, behind a flood."""
        bob = self.person()
        log = pathlib.Path(self.path("log"))
        host, port = self.secure_host(bob, "--log", str(log), *words)
        friend = self.friend(host, port, bob.key)
        with Wire(port) as wire:
            dial("127.0.0.1", wire.port, friend, expected=bob.key).goodbye()
            recorded = wire.listener.result()["up"]
        flood = Flood(port, recorded, addresses)
        flood.run(min(COUNT, 200))  # what is kept once, is kept by now
        before = memory(host.process.pid)
        began = time.monotonic()
        flood.run(COUNT)
        took = time.monotonic() - began
        session = self.stranger(port, friend, expected=bob.key).run()  # the friend comes in
        session.goodbye()
        eventually("only the listener is left", lambda: len(workers(host.process.pid)) == 1)
        after = memory(host.process.pid)
        host._parse()
        told = [event for event in host.all if event["event"] == "error"]
        self.assertLessEqual(len(told), 2 + 16 * (took / 60 + 2), "told one by one")
        self.assertEqual(host.finish(), 0)
        line = next(each for each in log.read_text().splitlines() if " door " in each)
        door = {name: int(count) for name, count in re.findall(r"([a-z-]+)=(\d+)", line.split(" door ")[1])}
        print(f"\n{flood.begun} connections in {took:.0f} s: {door}; {flood.failed} cut off; "
              f"RssAnon {before} -> {after} KiB; friend {kith_id(friend.key)[:9]} came in", flush=True)
        self.assertLess(after, before * 1.1 + 256, "the program has grown")
        return door

    def test_row1_bytes_of_every_kind_end_their_workers_and_nothing_else(self):
        door = self.flooded("--no-penalties", addresses=500)
        self.assertEqual(door["held-off"], 0)
        self.assertGreater(door["started"], COUNT / 20)
        self.assertGreater(door["door-full"] + door["too-fast"] + door["address-full"], 0)

    def test_rows_1_and_4_penalties_keep_them_out_before_a_worker_is_started(self):
        door = self.flooded(addresses=4)
        self.assertGreater(door["held-off"], 0)
        self.assertLess(door["started"], COUNT / 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
