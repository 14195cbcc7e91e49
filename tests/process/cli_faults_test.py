#!/usr/bin/env python3
"""What goes wrong around a program while it runs: its clock is set (threats row 13), its disk fills (row 11), its
history is locked, damaged, read-only or newer (row 12). Each has its code and its sentence."""

import datetime
import os
import pathlib
import sqlite3
import sys
import time
import unittest

from histories import Answer, Faults, HistoryTest, digest
from programs import eventually, full_backlog, read_line, workers
from terminals import KITH_CLI

YEAR = 365 * 24 * 3600


class ClockSet(HistoryTest):
    def chat(self):
        """Two programs that are connected, each with its profile and a clock that can be set."""
        mine, theirs = self.profile(), self.profile()
        clocks = Faults(self, mine), Faults(self, theirs)
        host, port = self.host(profile=mine, env=clocks[0].environment)
        guest = self.connect(port, profile=theirs, env=clocks[1].environment)
        guest.event("connected")
        host.event("connected")
        return host, guest, clocks

    def exchange(self, host, guest, name):
        """A line each way, and when each arrived by the clock of who got it."""
        host.send(text=f"host {name}")
        one = guest.event("message", text=f"host {name}")["time"]
        guest.send(text=f"guest {name}")
        two = host.event("message", text=f"guest {name}")["time"]
        return [datetime.datetime.fromisoformat(each) for each in (one, two)]

    def test_row13_a_clock_that_is_set_reorders_nothing_and_loses_nothing(self):
        host, guest, clocks = self.chat()
        said = []
        now = datetime.datetime.now(datetime.timezone.utc)
        for seconds in (0, -3600, 10 * YEAR, -10 * YEAR, 3600, -1, 0):
            for clock in clocks:
                clock.set(seconds=seconds)
            for at in self.exchange(host, guest, seconds):
                off = (at - now).total_seconds() - seconds
                self.assertLess(abs(off), 600, "the time that is told is that of the clock, whatever it says")
            said += [f"host {seconds}", f"guest {seconds}"]
        clocks[0].set(seconds=-10 * YEAR)  # ... and the two of them are twenty years apart
        clocks[1].set(seconds=10 * YEAR)
        self.exchange(host, guest, "apart")
        said += ["host apart", "guest apart"]
        self.assertEqual((guest.finish(), host.finish()), (0, 0))
        for each in (host, guest):
            each._parse()
            self.assertEqual([event for event in each.all if event["event"] == "error"], [])
            self.assertEqual(self.history(each.arguments[2]).texts, said)
            self.assertEqual(self.done(each.arguments[2], "search", "apart").texts, ["host apart", "guest apart"])

    def test_row13_no_time_limit_depends_on_the_clock(self):
        profile = self.profile()
        clock = Faults(self, profile)
        host, port = self.host(profile=profile, accept="ask", env=clock.environment)
        stranger = self.peer(port)
        stranger.sendall(b"hello\n")
        host.event("request")
        began = time.monotonic()
        guest_clock = Faults(self, self.path("guest"))
        guest = self.connect(full_backlog(self), env=guest_clock.environment)
        eventually("it dials", lambda: workers(guest.process.pid))
        for seconds in (10 * YEAR, -10 * YEAR, 3600, -3600):
            clock.set(seconds=seconds)
            guest_clock.set(seconds=seconds)
            host.send(text="to nobody yet")  # it has run, with its clock set
            host.event("state", state="waiting")
        guest.event("error", code="no-answer")
        self.assertTrue(9 < time.monotonic() - began < 14, "ten seconds, by no clock that can be set")
        # The request waits for five minutes, and has not: it is still there, and can be answered.
        host.send(accept="127.0.0.1")
        host.event("connected")
        self.assertEqual(read_line(stranger), b"to nobody yet\n")

    def test_row13_what_is_said_later_stands_later_though_its_clock_is_behind(self):
        profile = self.profile()
        clock = Faults(self, profile)
        for seconds in (0, -10 * YEAR):
            clock.set(seconds=seconds)
            host, port = self.host(profile=profile, env=clock.environment)
            peer = self.peer(port)
            for i in range(3):
                peer.sendall(b"%d: %d\n" % (seconds, i))
                host.event("message", text=f"{seconds}: {i}")
            peer.close()
            host.event("closed")
            self.assertEqual(host.finish(), 0)
        texts = self.history(profile).texts
        for seconds in (0, -10 * YEAR):
            own = [text for text in texts if text.startswith(f"{seconds}:")]
            self.assertEqual(own, [f"{seconds}: {i}" for i in range(3)])
        self.assertEqual(len(texts), 6)


class DiskFull(HistoryTest):
    def open(self, **options):
        profile = self.profile()
        disk = Faults(self, profile)
        host, port = self.host(profile=profile, env=disk.environment, **options)
        peer = self.peer(port)
        peer.sendall(b"hello\n")
        return profile, disk, host, peer

    def test_row11_a_line_that_cannot_be_kept_is_not_sent_and_has_its_reason(self):
        profile, disk, host, peer = self.open()
        host.event("message", text="hello")
        host.send(text="before")
        self.assertEqual(read_line(peer), b"before\n")
        host.event("state", state="waiting")
        host.event("state", state="sent")
        disk.set(full=True)
        for i in range(3):
            host.send(text=f"no room {i}")
            self.assertEqual(host.event("state")["why"], "store-full", "it was never said to wait")
        self.assertIn("full", host.event("error", code="store-full")["text"])
        disk.set(full=False)
        host.send(text="after")
        self.assertEqual(read_line(peer), b"after\n", "what was refused was not sent")
        self.assertEqual(host.finish(), 1, "a line was not sent")
        host._parse()
        self.assertEqual([each["code"] for each in host.all if each["event"] == "error"], ["store-full"], "told once")
        self.assertEqual(self.history(profile).texts, ["hello", "before", "after"])

    def test_row11_what_comes_in_is_shown_and_said_not_to_be_kept(self):
        profile, disk, host, peer = self.open()
        host.event("message", text="hello")
        disk.set(full=True)
        peer.sendall(b"no room for this\n")
        host.event("message", text="no room for this")
        host.event("error", code="store-full")
        disk.set(full=False)
        peer.sendall(b"and on\n")
        host.event("message", text="and on")
        self.assertEqual(host.finish(), 0)
        self.assertEqual(self.history(profile).texts, ["hello", "and on"])

    def test_row11_the_line_comes_back_to_a_person_with_its_reason(self):
        _, disk, host, peer = self.open(json=False)
        host.wait_out(b"hello")
        disk.set(full=True)
        host.type("does not fit")
        host.wait_err(b"Not sent: does not fit\n")
        self.assertIn(b"Your disk is full.", host.err)
        disk.set(full=False)
        host.type("fits")
        self.assertEqual(read_line(peer), b"fits\n")


class HistoryAtFault(HistoryTest):
    def setUp(self):
        super().setUp()
        self.mine = self.profile()
        self.say(self.mine, "one", "two")
        self.file = os.path.join(self.mine, "history.sqlite")

    def refused(self, code):
        """Neither a command nor a chat has a history to work with; both say why, and the file is untouched."""
        before = digest(self.file)
        for words in (("history",), ("search", "one"), ("host", "--port", "0", "--plain")):
            answer = self.ask(self.mine, *words)
            self.assertEqual((answer.status, answer.codes), (1, [code]), words)
            self.assertTrue(answer.events[-1]["text"])
            self.assertEqual(digest(self.file), before)

    def hold(self, *statements):
        """Another program that has the history open like this until its input ends. A program of its own: a file
        that is closed anywhere in a process lets all of its locks go (fcntl(2))."""
        holder = self.program(sys.executable, "-c", "import sqlite3, sys\n"
                              "history = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                              "for each in sys.argv[2:]: history.execute(each)\n"
                              "print('held', flush=True)\n"
                              "sys.stdin.read()\n", self.file, *statements)
        holder.wait_out(b"held\n")
        return holder

    def test_row12_a_history_that_another_program_has_locked_is_told(self):
        holder = self.hold("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "PRAGMA user_version = 2")
        self.refused("store-locked")
        self.assertEqual(holder.finish(), 0)
        self.assertEqual(self.history(self.mine).texts, ["one", "two"])

    def test_row12_a_history_that_is_locked_in_a_chat_refuses_all_lines_together(self):
        host, port = self.host(profile=self.mine)
        peer = self.peer(port)
        peer.sendall(b"hello\n")
        host.event("message", text="hello")
        holder = self.hold("BEGIN IMMEDIATE")
        began = time.monotonic()
        for i in range(20):
            host.send(text=f"locked out {i}")
        for _ in range(20):
            self.assertEqual(host.event("state")["why"], "store-locked")
        self.assertLess(time.monotonic() - began, 10, "all that wait are refused together")
        host.event("error", code="store-locked")
        self.assertEqual(holder.finish(), 0)
        host.send(text="free again")
        self.assertEqual(read_line(peer), b"free again\n")

    def test_row12_a_history_of_a_newer_kith_is_told(self):
        with sqlite3.connect(self.file) as newer:
            newer.execute("PRAGMA user_version = 999")
        newer.close()
        self.refused("store-newer")

    def test_row12_a_damaged_history_is_told_and_kept(self):
        content = bytearray(pathlib.Path(self.file).read_bytes())
        content[:16] = b"not SQLite at all"[:16]
        pathlib.Path(self.file).write_bytes(content)
        self.refused("store-damaged")
        copies = list(pathlib.Path(self.mine).glob("history.damaged-*.sqlite"))
        self.assertEqual([each.read_bytes() for each in copies], [bytes(content)])

    def test_row12_a_history_that_is_read_only_is_read_and_told(self):
        read_only = []
        if os.geteuid() == 0:  # who may write to any file but one of a read-only mount
            read_only = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && '
                         'exec "$@"', self.file]
        else:
            os.chmod(self.file, 0o400)
        program = self.program(*read_only, KITH_CLI, "--profile", self.mine, "history", "--json")
        answer = Answer(program)
        self.assertEqual((answer.status, answer.texts), (0, ["one", "two"]))
        host = self.program(*read_only, KITH_CLI, "--profile", self.mine, "host", "--port", "0",
                            "--plain", "--json")
        host.wait_out(b'"code":"store-read-only"')
        self.assertEqual(host.finish(), 0)


if __name__ == "__main__":
    unittest.main()
