#!/usr/bin/env python3
"""What was said is there afterwards: by history, search and export, whatever became of the program."""

import json
import os
import random
import re
import signal
import socket
import unittest

from histories import HistoryTest
from programs import eventually, memory, read_line, workers
from terminals import SANITIZED


class Kept(HistoryTest):
    def chat(self):
        """A host and a guest that are connected, with their profiles."""
        mine, theirs = self.profile(), self.profile()
        host, port = self.host(profile=mine)
        guest = self.connect(port, profile=theirs)
        guest.event("connected")
        host.event("connected")
        return mine, theirs, host, guest

    def exchange(self, host, guest, rounds=3):
        """The texts that each side wrote, in order, and each arrived."""
        for i in range(rounds):
            host.send(text=f"host {i}")
            guest.event("message", text=f"host {i}")
            guest.send(text=f"guest {i}")
            host.event("message", text=f"guest {i}")
        return [text for i in range(rounds) for text in (f"host {i}", f"guest {i}")]

    def test_both_sides_have_what_was_said_after_their_programs_ended(self):
        mine, theirs, host, guest = self.chat()
        said = self.exchange(host, guest)
        self.assertEqual(guest.finish(), 0)
        self.assertEqual(host.finish(), 0)
        for profile, own in ((mine, "host"), (theirs, "guest")):
            events = self.history(profile).events
            self.assertEqual([each["text"] for each in events], said)
            for each in events:
                self.assertEqual(each["mine"], each["text"].startswith(own))

    def test_names_in_events_are_those_in_the_history_and_in_the_export(self):
        mine, _, host, guest = self.chat()
        self.exchange(host, guest)
        host.event("state", state="sent")
        guest.finish()
        host.event("closed")
        self.assertEqual(host.finish(), 0)
        told = {each["id"]: each["text"] for each in host.all if each["event"] == "message"}
        own = [each["id"] for each in host.all if each["event"] == "state" and each["state"] == "sent"]
        self.assertEqual(len(own), 3)
        stored = self.history(mine).events
        self.assertEqual({each["id"]: each["text"] for each in stored if not each["mine"]}, told)
        self.assertEqual([each["id"] for each in stored if each["mine"]], own)
        self.assertEqual({each["state"] for each in stored if each["mine"]}, {"sent"})
        exported = json.loads(self.done(mine, "export").out)["conversations"][0]["messages"]
        self.assertEqual([each["id"] for each in exported], [each["id"] for each in stored])

    def test_row10_nothing_told_is_lost_when_any_process_is_killed(self):
        for victim in ("host", "guest", "worker of the host", "worker of the guest"):
            mine, theirs, host, guest = self.chat()
            said = self.exchange(host, guest)
            if victim == "host":
                host.signal(signal.SIGKILL)
            elif victim == "guest":
                guest.signal(signal.SIGKILL)
            else:
                os.kill(workers((host if "host" in victim else guest).process.pid)[0], signal.SIGKILL)
            for each in (host, guest):
                each.close_input()
                each.wait()
            for profile in (mine, theirs):
                self.assertEqual(self.history(profile).texts, said, victim)

    def burst(self, delay):
        """Kills a host while both sides write as fast as they can; what it told, and what it has kept."""
        mine = self.profile()
        host, port = self.host(profile=mine)
        peer = self.peer(port)
        peer.sendall(b"hello\n")
        host.event("connected")
        lines = [json.dumps({"text": f"mine {i}"}) for i in range(2000)]
        host.process.stdin.write(("\n".join(lines) + "\n").encode()[:60000].rsplit(b"\n", 1)[0] + b"\n")
        peer.sendall(b"".join(b"theirs %d\n" % i for i in range(2000)))
        host.wait_for(lambda: host.out.count(b"\n") > delay, f"{delay} events")
        host.signal(signal.SIGKILL)
        host.wait()
        peer.close()
        host._parse()
        return mine, host.all

    def test_row10_killed_in_a_burst_what_was_told_is_there_once_and_in_order(self):
        for _ in range(4):
            mine, told = self.burst(random.randrange(10, 2500))
            stored = self.history(mine).events
            ids = [each["id"] for each in stored]
            self.assertEqual(len(ids), len(set(ids)))
            for kind, own in (("message", False), ("state", True)):
                in_events = list(dict.fromkeys(each["id"] for each in told if each["event"] == kind))
                in_history = [each["id"] for each in stored if each["mine"] == own]
                self.assertEqual(in_history[:len(in_events)], in_events)
            for text, own in (("mine", True), ("theirs", False)):
                numbers = [int(each["text"].split()[1]) for each in stored
                           if each["mine"] == own and each["text"].startswith(text)]
                self.assertEqual(numbers, list(range(len(numbers))))

    def test_what_waits_when_its_program_is_killed_is_kept_as_not_sent(self):
        mine = self.profile()
        listening, port = self.listener()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        guest = self.connect(port, profile=mine)
        self.accepted(listening)
        guest.event("connected")
        block = "x" * 60000
        for i in range(64):  # more than the sockets take of what nobody reads
            guest.send(text=f"{i} {block}")
        waiting = [guest.event("state", state="waiting")["id"] for _ in range(64)]
        guest.signal(signal.SIGKILL)
        guest.wait()
        guest._parse()
        sent = {each["id"] for each in guest.all if each.get("state") == "sent"}
        stored = {each["id"]: each["state"] for each in self.history(mine).events}
        self.assertEqual(list(stored), waiting)
        # The marks of the last that went may not be on the disk yet; one that did not go never bears it.
        self.assertLessEqual({each for each, state in stored.items() if state == "sent"}, sent)
        self.assertLessEqual(set(stored.values()), {"sent", "failed"})
        self.assertEqual(stored[waiting[-1]], "failed")

    def test_with_no_history_nothing_of_what_is_said_is_kept(self):
        mine, theirs = self.profile(), self.profile()
        host, port = self.host("--no-history", profile=mine)
        guest = self.connect(port, "--no-history", profile=theirs)
        for each in (guest, host):
            each.event("connected")
        self.exchange(host, guest)
        self.assertEqual((guest.finish(), host.finish()), (0, 0))
        for profile in (mine, theirs):
            self.assertEqual(self.history(profile).events, [])
            self.assertFalse(self.is_in_files(profile, "guest 1"))

    def test_two_profiles_are_kept_apart(self):
        first, second = self.profile(), self.profile()
        hosts = [self.host(profile=each) for each in (first, second)]
        peers = [self.peer(port) for _, port in hosts]
        for i, (host, peer) in enumerate(zip(hosts, peers)):
            peer.sendall(b"for profile %d\n" % i)
            host[0].event("message")
        self.assertEqual(self.history(first).texts, ["for profile 0"])
        self.assertEqual(self.history(second).texts, ["for profile 1"])
        for host, _ in hosts:
            self.assertEqual(host.finish(), 0)
        self.assertEqual(self.history(second).texts, ["for profile 1"])


class Lines(HistoryTest):
    def test_people_read_days_times_and_names(self):
        profile = self.profile()
        self.say(profile, "good morning", "a\x1b[2J\u202eb")
        answer = self.done(profile, "history", json=False)
        self.assertRegex(answer.out, r"\A== \w+day, \d+ \w+ \d{4} ==\n\d\d:\d\d 127\.0\.0\.1: good morning\n"
                                     r"\d\d:\d\d 127\.0\.0\.1: a\\x1b\[2J\\u\{202e\}b\n\Z")
        self.assertEqual(answer.err, "")

    def test_further_lines_of_a_message_are_marked(self):
        profile = self.profile()
        listening, port = self.listener()
        guest = self.connect(port, profile=profile)
        connection = self.accepted(listening)
        guest.event("connected")
        guest.send(text="one\n== two\nthree")
        for _ in range(3):
            read_line(connection)
        self.assertEqual(guest.finish(), 0)
        answer = self.done(profile, "history", json=False)
        self.assertRegex(answer.out, r"\d\d:\d\d You: one\n\| == two\n\| three\n\Z")

    def test_json_messages_have_the_documented_keys(self):
        profile = self.profile()
        address = self.say(profile, "hello")
        event, = self.history(profile).events
        self.assertEqual(list(event), ["event", "peer", "name", "id", "time", "mine", "text"])
        self.assertEqual((event["peer"], event["name"], event["mine"]), (address, "127.0.0.1", False))
        self.assertRegex(event["id"], "^[0-9a-f]{32}$")
        self.assertRegex(event["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$")

    def test_a_peer_is_chosen_by_address_or_its_beginning(self):
        profile = self.profile()
        first = self.say(profile, "first")
        second = self.say(profile, "second")
        listening, port = self.listener()
        guest = self.terminal("connect", f"localhost:{port}", "--plain", profile=profile)
        self.accepted(listening).sendall(b"third\n")
        guest.event("message", text="third")
        self.assertEqual(guest.finish(), 0)
        for peer, texts in ((first, ["first"]), (second, ["second"]), ("127.0.0.1", ["first", "second"]),
                            ("127", ["first", "second"]), ("localhost", ["third"]), ("loc", ["third"])):
            self.assertEqual(self.history(profile, peer).texts, texts, peer)
        self.assertEqual(self.history(profile).texts, ["first", "second", "third"])
        answer = self.ask(profile, "history", "ann")
        self.assertEqual((answer.status, answer.codes), (1, ["unknown-peer"]))
        answer = self.ask(profile, "history", "l")
        self.assertEqual((answer.status, answer.codes), (0, []))

    def test_an_empty_history_is_nothing_and_no_error(self):
        answer = self.done(self.profile(), "history", json=False)
        self.assertEqual((answer.out, answer.err), ("", ""))


class Searching(HistoryTest):
    TEXTS = ["世界", "你好，世界！", "我们明天去北京大学", "北京欢迎你", "大学生活", "東京タワーに行きます", "とうきょう",
             "한국어를 배웁니다", "한국 음식", "Crème brûlée à la carte", "Straße nach München", "grüß Gott, 世界 hello",
             "the quick brown fox", "quickly done"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = None

    def setUp(self):
        super().setUp()
        self.stored = self.profile()
        self.address = self.say(self.stored, *self.TEXTS)

    def find(self, *words):
        return self.done(self.stored, "search", *words).texts

    def test_words_of_every_kind_are_found(self):
        for words, found in (
                (["世"], ["世界", "你好，世界！", "grüß Gott, 世界 hello"]),
                (["世界"], ["世界", "你好，世界！", "grüß Gott, 世界 hello"]),
                (["界世"], []),
                (["北京"], ["我们明天去北京大学", "北京欢迎你"]),
                (["北京大"], ["我们明天去北京大学"]),
                (["大学"], ["我们明天去北京大学", "大学生活"]),
                (["东京"], []),
                (["東京"], ["東京タワーに行きます"]),
                (["タワー"], ["東京タワーに行きます"]),
                (["とう"], ["とうきょう"]),
                (["한국"], ["한국어를 배웁니다", "한국 음식"]),
                (["배웁니다"], ["한국어를 배웁니다"]),
                (["creme"], ["Crème brûlée à la carte"]),
                (["BRÛLÉE"], ["Crème brûlée à la carte"]),
                (["strasse"], ["Straße nach München"]),
                (["munchen", "straße"], ["Straße nach München"]),
                (["hello", "世界"], ["grüß Gott, 世界 hello"]),
                (["世界", "hel"], ["grüß Gott, 世界 hello"]),
                (["quick"], ["the quick brown fox", "quickly done"]),
                (["quick", "brown"], ["the quick brown fox"]),
                (["nothing like that"], [])):
            self.assertEqual(self.find(*words), found, words)

    def test_days_and_peers_narrow_it(self):
        day = self.history(self.stored).events[0]["time"][:10]
        for words in ([f"--from={day}"], [f"--until={day}"], [f"--from={day}", f"--until={day}"]):
            self.assertEqual(self.find(*words), self.TEXTS, words)
            self.assertEqual(self.find("世界", *words), self.find("世界"), words)
        self.assertEqual(self.find("世界", "--until=2020-01-01"), [])
        self.assertEqual(self.find("--from=2100-01-01"), [])
        second = self.say(self.stored, "世界 again")
        self.assertEqual(self.find("世界", "--peer", second), ["世界 again"])
        self.assertEqual(self.find("世界", "--peer", self.address), self.find("世界")[:-1])
        self.assertEqual(len(self.find("世界", "--peer", "127.0.0.1")), 4)
        answer = self.ask(self.stored, "search", "世界", "--peer", "ann")
        self.assertEqual((answer.status, answer.codes), (1, ["unknown-peer"]))

    def test_nothing_found_is_said(self):
        answer = self.done(self.stored, "search", "absent", json=False)
        self.assertEqual((answer.out, answer.err), ("", "Nothing found for “absent”.\n"))

    def test_operators_of_the_index_are_words_like_others(self):
        for words in ('quick OR "', "quick*", "NEAR(a b)", 'words:"quick"', "-quick", "^quick", "a AND", "%", "'"):
            self.assertEqual(self.ask(self.stored, "search", "--", words).status, 0, words)


class HandedOver(HistoryTest):
    def test_the_program_that_chats_answers(self):
        profile = self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        peer.sendall(b"while it runs\n")
        host.event("message")
        self.assertEqual(self.history(profile).texts, ["while it runs"])
        self.assertEqual(self.done(profile, "search", "runs").texts, ["while it runs"])
        self.assertIn("while it runs", self.done(profile, "export", json=False).out)
        peer.sendall(b"and goes on\n")
        host.event("message", text="and goes on")
        self.assertEqual(self.history(profile, "127.0.0.1").texts, ["while it runs", "and goes on"])
        self.assertEqual(host.finish(), 0)

    def test_names_of_files_are_those_of_who_asks(self):
        profile = self.profile()
        self.host(profile=profile, cwd="/")
        os.mkdir(self.path("elsewhere"))
        self.done(profile, "export", "--output", "out.txt", json=False, cwd=self.path("elsewhere"))
        self.done(profile, "backup", "backup", json=False, cwd=self.path("elsewhere"))
        self.assertEqual(sorted(os.listdir(self.path("elsewhere"))), ["backup", "out.txt"])
        self.assertFalse(os.path.exists("/out.txt"))

    def test_a_command_is_answered_by_a_command_that_runs(self):
        profile = self.profile()
        host, peer = self.flood(profile, 3000, 500)
        peer.close()
        self.assertEqual(host.finish(), 0)
        first, reading = self.unread(profile, "history")
        eventually("its reader has to catch up", lambda: self.is_blocked(reading))
        self.assertEqual(len(self.history(profile).texts), 3000)
        refused = self.terminal("host", "--port", "0", profile=profile)
        self.assertEqual(refused.event("error")["code"], "profile-in-use")
        self.assertEqual(refused.wait(), 1)
        self.assertEqual(self.read_rest(reading).count(b"\n"), 3000)
        self.assertEqual(first.wait(), 0)

    def test_output_that_nobody_reads_makes_the_reading_wait(self):
        profile = self.profile()
        host, peer = self.flood(profile, 20000, 500)
        before = memory(host.process.pid)
        for words in (("history",), ("export",)):
            program, reading = self.unread(profile, *words)
            eventually("its reader has to catch up", lambda reading=reading: self.is_blocked(reading))
            # The chat goes on, and other commands are answered.
            peer.sendall(b"meanwhile\n")
            host.event("message", text="meanwhile")
            self.assertEqual(self.done(profile, "search", "meanwhile").texts[0], "meanwhile")
            if not SANITIZED:
                self.assertLess(memory(program.process.pid), 40 * 1024)
                self.assertLess(memory(host.process.pid) - before, 24 * 1024)
            output = self.read_rest(reading)
            self.assertEqual(len(re.findall(rb"[^0-9]00\d{5} xxx", output)), 20000)
            self.assertEqual(program.wait(), 0)
        self.assertEqual(host.finish(), 0)

    def test_without_a_holder_unread_output_waits_too(self):
        profile = self.profile()
        host, peer = self.flood(profile, 20000, 500)
        peer.close()
        host.event("closed")
        self.assertEqual(host.finish(), 0)
        for words in (("history",), ("search", "xxx"), ("export",)):
            program, reading = self.unread(profile, *words)
            eventually("its reader has to catch up", lambda reading=reading: self.is_blocked(reading))
            if not SANITIZED:
                self.assertLess(memory(program.process.pid), 40 * 1024)
            program.signal(signal.SIGTERM)
            self.assertEqual(program.wait(), 1)

    def test_the_work_stops_with_the_program_that_asked(self):
        profile = self.profile()
        host, peer = self.flood(profile, 20000, 500)
        for words in (("history",), ("export",)):
            program, reading = self.unread(profile, *words)
            eventually("its reader has to catch up", lambda reading=reading: self.is_blocked(reading))
            program.signal(signal.SIGKILL)
            program.wait()
        descriptors = len(os.listdir(f"/proc/{host.process.pid}/fd")) if os.geteuid() == 0 else None
        # What exports is free again, and nothing is left of those that went.
        self.done(profile, "backup", "backup", json=False, cwd=self.folder)
        if descriptors is not None:
            eventually("their descriptors are closed",
                       lambda: len(os.listdir(f"/proc/{host.process.pid}/fd")) <= descriptors)
        peer.sendall(b"it goes on\n")
        host.event("message", text="it goes on")
        self.assertEqual(host.finish(), 0)

    def test_a_reader_that_has_enough_ends_it(self):
        profile = self.profile()
        host, peer = self.flood(profile, 5000, 500)
        for held in (True, False):
            program, reading = self.unread(profile, "history", json=False)
            os.read(reading, 1000)
            os.dup2(os.open(os.devnull, os.O_RDONLY), reading)
            self.assertEqual(program.wait(), 0)
            if held:
                peer.close()
                self.assertEqual(host.finish(), 0)


if __name__ == "__main__":
    unittest.main()
