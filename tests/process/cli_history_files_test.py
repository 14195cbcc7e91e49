#!/usr/bin/env python3
"""A history in files and back: export, backup, restore; and out of them: clear, delete, keep."""

import json
import os
import pathlib
import signal
import stat
import unittest

from histories import HistoryTest, digest
from programs import LIMIT, eventually, read_line


class Exporting(HistoryTest):
    def test_text_and_json_hold_what_was_said(self):
        profile = self.profile()
        address = self.say(profile, "one", "世界\x1b")
        text = self.done(profile, "export", json=False).out
        self.assertRegex(text, rf"^== {address} · .* ==\n")
        self.assertRegex(text, r"\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+: 世界\\x1b\n\Z")
        exported = json.loads(self.done(profile, "export").out)
        self.assertEqual(exported["kith_export"], 1)
        conversation, = exported["conversations"]
        self.assertEqual(conversation["address"], address)
        self.assertEqual([each["text"] for each in conversation["messages"]], ["one", "世界\x1b"])

    def test_a_file_is_whole_private_and_never_replaced_unasked(self):
        profile = self.profile()
        address = self.say(profile, "one")
        self.say(profile, "two")
        file = self.path("export.json")
        answer = self.done(profile, "export", address, "--output", file)
        self.assertEqual(answer.out, "")
        self.assertEqual(len(json.loads(pathlib.Path(file).read_text(encoding="utf-8"))["conversations"]), 1)
        self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        before = digest(file)
        answer = self.ask(profile, "export", "--output", file)
        self.assertEqual((answer.status, answer.codes), (1, ["file-exists"]))
        self.assertEqual(digest(file), before)
        self.done(profile, "export", "--output", file, "--replace")
        self.assertEqual(len(json.loads(pathlib.Path(file).read_text(encoding="utf-8"))["conversations"]), 2)

    def test_a_file_that_cannot_be_made_is_told(self):
        profile = self.profile()
        self.say(profile, "one")
        for held in (False, True):
            if held:
                self.host(profile=profile)
            for words in (("export", "--output"), ("backup",)):
                answer = self.ask(profile, *words, self.path("nowhere/file"))
                self.assertEqual((answer.status, answer.codes), (1, ["file-failed"]), words)

    def test_the_export_of_nobody_is_told(self):
        answer = self.ask(self.profile(), "export", "ann", json=False)
        self.assertEqual((answer.status, answer.out), (1, ""))
        self.assertIn("“ann”", answer.err)


class BackingUp(HistoryTest):
    def test_a_restored_backup_holds_what_was_said_when_it_was_made(self):
        profile, other = self.profile(), self.profile()
        self.say(profile, "one", "two")
        self.done(profile, "backup", self.path("backup"), json=False)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("backup")).st_mode), 0o600)
        self.say(profile, "three")
        answer = self.done(other, "restore", self.path("backup"), json=False)
        self.assertEqual(answer.err, "The profile was restored.\n")
        self.assertEqual(self.history(other).texts, ["one", "two"])
        self.assertEqual(self.done(other, "search", "two").texts, ["two"])
        self.say(other, "and it goes on")
        self.assertEqual(self.history(other).texts, ["one", "two", "and it goes on"])

    def test_the_key_comes_back_with_a_backup(self):
        profile, other = self.profile(), self.profile()
        self.say(profile, "one")
        self.done(profile, "backup", self.path("backup"), json=False)
        self.done(other, "restore", self.path("backup"), json=False)
        key, restored = (pathlib.Path(each, "identity.key") for each in (profile, other))
        self.assertIn(b"PRIVATE KEY", key.read_bytes())
        self.assertEqual(restored.read_bytes(), key.read_bytes())
        self.assertEqual(stat.S_IMODE(restored.stat().st_mode), 0o600)

    def test_a_backup_is_made_while_a_chat_holds_the_profile(self):
        profile, other = self.profile(), self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        peer.sendall(b"one\n")
        host.event("message", text="one")
        self.done(profile, "backup", self.path("backup"), json=False)
        peer.sendall(b"two\n")
        host.event("message", text="two")
        self.done(other, "restore", self.path("backup"), json=False)
        self.assertEqual(self.history(other).texts, ["one"])
        self.assertEqual(self.history(profile).texts, ["one", "two"])
        self.assertEqual(host.finish(), 0)

    def test_nothing_is_replaced_unasked(self):
        profile, other = self.profile(), self.profile()
        self.say(profile, "one")
        self.say(other, "other")
        self.done(profile, "backup", self.path("backup"), json=False)
        before = digest(self.path("backup"))
        answer = self.ask(profile, "backup", self.path("backup"))
        self.assertEqual((answer.status, answer.codes), (1, ["file-exists"]))
        self.assertEqual(digest(self.path("backup")), before)
        answer = self.ask(other, "restore", self.path("backup"))
        self.assertEqual((answer.status, answer.codes), (1, ["profile-occupied"]))
        self.assertEqual(self.history(other).texts, ["other"])
        self.done(other, "restore", self.path("backup"), "--replace", json=False)
        self.assertEqual(self.history(other).texts, ["one"])
        aside, = pathlib.Path(other).glob("replaced-*")
        self.assertTrue((aside / "history.sqlite").is_file())
        self.done(profile, "backup", self.path("backup"), "--replace", json=False)

    def test_a_backup_that_is_not_whole_restores_nothing(self):
        profile, other = self.profile(), self.profile()
        self.say(profile, "one")
        self.say(other, "other")
        self.done(profile, "backup", self.path("backup"), json=False)
        whole = pathlib.Path(self.path("backup")).read_bytes()
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 1
        for bytes_ in (whole[:-1], whole[:1000], bytes(flipped), b"", b"not a backup\n" * 100, whole + b"x"):
            pathlib.Path(self.path("bad")).write_bytes(bytes_)
            answer = self.ask(other, "restore", self.path("bad"), "--replace")
            self.assertEqual((answer.status, answer.codes), (1, ["backup-invalid"]))
        answer = self.ask(other, "restore", self.path("absent"), "--replace")
        self.assertEqual((answer.status, answer.codes), (1, ["file-failed"]))
        self.assertEqual(self.history(other).texts, ["other"])
        self.assertEqual(list(pathlib.Path(other).glob("replaced-*")), [])

    def test_a_profile_that_is_open_is_not_restored(self):
        profile = self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        peer.sendall(b"one\n")
        host.event("message")
        self.done(profile, "backup", self.path("backup"), json=False)
        answer = self.ask(profile, "restore", self.path("backup"), "--replace")
        self.assertEqual((answer.status, answer.codes), (1, ["profile-in-use"]))
        answer = self.ask(profile, "restore", self.path("backup"), "--replace", json=False)
        self.assertEqual((answer.status, answer.out), (1, ""))
        self.assertIn("Close it first", answer.err)
        self.assertEqual(host.finish(), 0)
        self.assertEqual(self.history(profile).texts, ["one"])

    def test_a_restore_that_is_killed_leaves_one_history_or_the_other(self):
        profile, other = self.profile(), self.profile()
        host, peer = self.flood(profile, 5000, 500)
        peer.close()
        self.assertEqual(host.finish(), 0)
        self.done(profile, "backup", self.path("backup"), json=False)
        for i in range(6):
            self.say(other, f"round {i}")
            restoring = self.command(other, "restore", self.path("backup"), "--replace")
            if i > 0:  # once as it should be, and then stopped further and further on
                part = pathlib.Path(other, "restore.part/history.sqlite")
                size = os.stat(self.path("backup")).st_size
                eventually("it has begun", lambda: restoring.process.poll() is not None or
                           (part.exists() and part.stat().st_size >= size * i // 8))
                restoring.signal(signal.SIGKILL)
            restoring.wait()
            texts = self.history(other).texts
            self.assertIn(len(texts) >= 5000 or texts[-1:] == [f"round {i}"], [True], len(texts))


class Erasing(HistoryTest):
    SECRET = "Elderflower-Kattegat"

    def test_without_yes_it_is_said_what_would_go_and_nothing_goes(self):
        profile = self.profile()
        addresses = [self.say(profile, f"{self.SECRET} {i}") for i in range(2)]
        before = self.bytes_of(profile)
        for command in ("clear", "delete"):
            answer = self.ask(profile, command, "127.0.0.1", json=False)
            self.assertEqual((answer.status, answer.out), (1, ""))
            for address in addresses:
                self.assertIn(address, answer.err)
            self.assertIn("2 conversations with 127.0.0.1", answer.err)
            self.assertIn("--yes", answer.err)
            answer = self.ask(profile, command, addresses[0])
            self.assertEqual((answer.status, answer.codes), (1, ["usage-error"]))
        self.assertEqual(len(self.history(profile).texts), 2)
        self.assertEqual(len(self.bytes_of(profile)), len(before))

    def erase(self, command, held):
        profile = self.profile()
        mine = self.say(profile, *(f"{self.SECRET} {i} 世界" for i in range(50)))
        kept = self.say(profile, "this one stays")
        self.assertTrue(self.is_in_files(profile, self.SECRET))
        self.assertTrue(self.is_in_files(profile, self.SECRET.split("-")[0].lower()))
        if held:
            host, port = self.host(profile=profile)
            peer = self.peer(port)
            peer.sendall(b"meanwhile\n")
            host.event("message", text="meanwhile")
        answer = self.done(profile, command, mine, "--yes", json=False)
        self.assertIn("One conversation was", answer.err)
        for text in (self.SECRET, self.SECRET.split("-")[0].lower(), "世界"):
            self.assertFalse(self.is_in_files(profile, text), text)
        self.assertEqual(self.done(profile, "search", self.SECRET).texts, [])
        stays = ["this one stays"] + (["meanwhile"] if held else [])
        self.assertEqual(self.history(profile).texts, stays)
        gone = self.ask(profile, "history", mine)
        self.assertEqual(gone.codes, [] if command == "clear" else ["unknown-peer"])
        if held:
            peer.sendall(b"and goes on\n")
            host.event("message", text="and goes on")
            self.assertEqual(host.finish(), 0)
        self.assertIn("this one stays", self.history(profile, kept).texts)

    def test_clear_leaves_no_byte(self):
        self.erase("clear", held=False)

    def test_clear_leaves_no_byte_while_a_chat_holds_the_profile(self):
        self.erase("clear", held=True)

    def test_delete_leaves_no_byte(self):
        self.erase("delete", held=False)

    def test_delete_leaves_no_byte_while_a_chat_holds_the_profile(self):
        self.erase("delete", held=True)

    def test_all_conversations_with_a_host_are_meant(self):
        profile = self.profile()
        for i in range(3):
            self.say(profile, f"{self.SECRET} {i}")
        self.done(profile, "delete", "127.0.0.1", "--yes", json=False)
        self.assertEqual(self.history(profile).texts, [])
        self.assertFalse(self.is_in_files(profile, self.SECRET))

    def test_a_conversation_that_goes_on_is_cleared_and_goes_on(self):
        profile = self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        peer.sendall(self.SECRET.encode() + b"\n")
        host.event("message", text=self.SECRET)
        host.send(text=self.SECRET + " too")
        self.assertEqual(read_line(peer).decode(), self.SECRET + " too\n")
        host.event("state", state="sent")
        self.done(profile, "clear", "127.0.0.1", "--yes", json=False)
        self.assertFalse(self.is_in_files(profile, self.SECRET))
        peer.sendall(b"after it\n")
        host.event("message", text="after it")
        self.assertEqual(self.history(profile).texts, ["after it"])
        self.assertEqual(host.finish(), 0)
        self.assertEqual(self.history(profile).texts, ["after it"])

    def test_a_conversation_that_goes_on_is_ended_and_deleted(self):
        profile = self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        peer.settimeout(LIMIT)
        peer.sendall(self.SECRET.encode() + b"\n")
        host.event("message", text=self.SECRET)
        self.done(profile, "delete", "127.0.0.1", "--yes", json=False)
        self.assertEqual(peer.recv(1), b"")
        host.event("closed", reason="stopped-by-us")
        self.assertFalse(self.is_in_files(profile, self.SECRET))
        self.assertEqual(self.history(profile).texts, [])
        self.assertEqual(host.finish(), 0)

    def test_deleting_the_only_conversation_ends_its_terminal_and_is_done(self):
        profile = self.profile()
        listening, port = self.listener()
        guest = self.connect(port, profile=profile)
        connection = self.accepted(listening)
        connection.sendall(self.SECRET.encode() + b"\n")
        guest.event("message", text=self.SECRET)
        self.done(profile, "delete", f"127.0.0.1:{port}", "--yes", json=False)
        self.assertEqual(guest.wait(), 0)
        self.assertFalse(self.is_in_files(profile, self.SECRET))

    def test_row10_what_was_being_erased_when_it_was_killed_is_never_seen_again(self):
        profile = self.profile()
        host, peer = self.flood(profile, 5000, 100)
        peer.close()
        self.assertEqual(host.finish(), 0)
        log = pathlib.Path(profile, "history.sqlite-wal")
        for _ in range(20):  # until one is killed after it has begun
            erasing = self.command(profile, "delete", "127.0.0.1", "--yes")
            eventually("it has begun", lambda each=erasing: each.process.poll() is not None or
                       (log.exists() and log.stat().st_size > 200_000))
            erasing.signal(signal.SIGKILL)
            erasing.wait()
            left = len(self.history(profile).texts)
            self.assertIn(left, (0, 5000))
            if left == 0:
                break
        self.assertEqual(left, 0)
        # Whoever opens the profile next goes on with it.
        host, _ = self.host(profile=profile)
        eventually("no byte is left", lambda: not self.is_in_files(profile, "xxxxxxxxxx"))
        self.assertEqual(host.finish(), 0)


class Keeping(HistoryTest):
    def test_off_keeps_nothing_from_there_and_on_begins_again(self):
        profile = self.profile()
        host, port = self.host(profile=profile)
        peer = self.peer(port)
        for i, decision in enumerate((None, "off", "on")):
            if decision:
                self.done(profile, "keep", "127.0.0.1", decision, json=False)
            peer.sendall(b"message %d\n" % i)
            host.event("message", text=f"message {i}")
            host.send(text=f"answer {i}")
            self.assertEqual(read_line(peer), b"answer %d\n" % i)
            host.event("state", state="sent")
        self.assertEqual(host.finish(), 0)
        self.assertEqual(self.history(profile).texts, ["message 0", "answer 0", "message 2", "answer 2"])
        self.assertFalse(self.is_in_files(profile, "message 1"))

    def test_there_has_to_be_a_conversation(self):
        profile = self.profile()
        self.say(profile, "over")
        for held in (False, True):
            if held:
                self.host(profile=profile)
            answer = self.ask(profile, "keep", "127.0.0.1", "off", json=False)
            self.assertEqual(answer.status, 1)
            self.assertIn("No conversation with “127.0.0.1” is open.", answer.err)


if __name__ == "__main__":
    unittest.main()
