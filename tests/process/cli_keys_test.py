#!/usr/bin/env python3
"""`key export` and `key import`: a key in a file under a passphrase, and back, and nothing lost where that fails."""

import fcntl
import os
import pathlib
import pty
import stat
import termios
import unittest

from histories import Answer, digest
from kith1_people import PeopleTest

PASSPHRASE = "correct horse battery"


class KeysTest(PeopleTest):
    def setUp(self):
        super().setUp()
        self.ann = self.person()
        self.file = self.path("ann.pem")

    def key(self, profile, *words, passphrase=PASSPHRASE, json=False):
        """`key ...`, whose passphrase comes through a pipe."""
        command = self.terminal("key", *words, profile=profile, json=json)
        command.type(passphrase)
        return Answer(command)

    def id_of(self, profile):
        return Answer(self.terminal("id", profile=profile, json=False)).out.strip()

    def exported(self):
        answer = self.key(self.ann.profile, "export", self.file)
        self.assertEqual(answer.status, 0, answer.err)
        return self.file


class Keys(KeysTest):
    def test_a_key_goes_into_a_file_and_makes_another_profile_the_same_person(self):
        file = pathlib.Path(self.exported())
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertIn("ENCRYPTED", file.read_text(encoding="ascii"))
        fresh = self.profile()
        answer = self.key(fresh, "import", str(file), json=True)
        self.assertEqual((answer.status, [event["id"] for event in answer.events]), (0, [self.ann.id]))
        self.assertEqual(self.id_of(fresh), self.ann.id)
        # No key was made first, only to be put aside.
        self.assertEqual([name for name in os.listdir(fresh) if "replaced" in name], [])

    def test_a_key_that_was_there_is_put_aside(self):
        self.exported()
        bob = self.person()
        before = digest(pathlib.Path(bob.profile, "identity.key"))
        self.assertEqual(self.key(bob.profile, "import", self.file).status, 0)
        self.assertEqual(self.id_of(bob.profile), self.ann.id)
        aside = [name for name in os.listdir(bob.profile) if name.startswith("identity.key.replaced-")]
        self.assertEqual([digest(pathlib.Path(bob.profile, name)) for name in aside], [before])

    def test_a_wrong_passphrase_is_refused_in_words_and_nothing_is_lost(self):
        self.exported()
        bob = self.person()
        before = sorted(os.listdir(bob.profile)), digest(pathlib.Path(bob.profile, "identity.key"))
        for wrong in ("wrong horse battery", ""):
            answer = self.key(bob.profile, "import", self.file, passphrase=wrong)
            self.assertEqual((answer.status, answer.out), (1, ""))
            self.assertIn("The passphrase does not open this key.", answer.err)
        answer = self.key(bob.profile, "import", self.file, passphrase="wrong", json=True)
        self.assertEqual((answer.status, answer.codes), (1, ["passphrase-wrong"]))
        self.assertEqual(digest(pathlib.Path(bob.profile, "identity.key")), before[1])
        self.assertEqual([name for name in os.listdir(bob.profile) if "replaced" in name], [])
        self.assertEqual(self.id_of(bob.profile), bob.id)

    def test_what_is_no_key_is_refused(self):
        for name, text in (("empty", ""), ("text", "hello\n"), ("long", "x" * 100_000)):
            path = pathlib.Path(self.path(name))
            path.write_text(text, encoding="ascii")
            answer = self.key(self.ann.profile, "import", str(path), json=True)
            self.assertEqual((answer.status, answer.codes), (1, ["key-file-invalid"]), name)
        answer = self.key(self.ann.profile, "import", self.path("none"), json=True)
        self.assertEqual((answer.status, answer.codes), (1, ["file-failed"]))
        self.assertEqual(self.id_of(self.ann.profile), self.ann.id)

    def test_a_short_passphrase_keeps_no_key(self):
        for short in ("", "1234567"):
            answer = self.key(self.ann.profile, "export", self.file, passphrase=short, json=True)
            self.assertEqual((answer.status, answer.codes), (1, ["passphrase-weak"]))
        self.assertFalse(os.path.exists(self.file))

    def test_a_file_that_is_there_is_replaced_only_where_that_was_said(self):
        self.exported()
        before = digest(self.file)
        answer = self.key(self.ann.profile, "export", self.file)
        self.assertEqual(answer.status, 1)
        self.assertIn("--replace", answer.err)
        self.assertEqual(digest(self.file), before)
        self.assertEqual(self.key(self.ann.profile, "export", self.file, "--replace").status, 0)
        self.assertNotEqual(digest(self.file), before)

    def test_a_running_program_exports_and_imports_while_nobody_is_connected(self):
        bob = self.person()
        host, port = self.secure_host(bob, accept="all")
        self.assertEqual(self.key(bob.profile, "export", self.path("bob.pem")).status, 0)
        caller = self.call(self.ann, port)
        caller.event("connected", peer=bob.id)
        host.event("connected", peer=self.ann.id)
        self.exported()
        answer = self.key(bob.profile, "import", self.file)
        self.assertEqual(answer.status, 1)
        self.assertIn("End the conversations first.", answer.err)
        self.assertEqual(self.id_of(bob.profile), bob.id)
        self.assertEqual(caller.finish(), 0)
        host.event("closed")
        self.assertEqual(self.key(bob.profile, "import", self.file).status, 0)
        self.assertEqual(self.id_of(bob.profile), self.ann.id)
        self.assertEqual(host.finish(), 0)


class AtATerminal(KeysTest):
    """Where a person types, nothing of the passphrase is shown."""

    def at_terminal(self, *words):
        self.person_, terminal = pty.openpty()
        self.addCleanup(os.close, self.person_)
        command = self.terminal("key", *words, profile=self.ann.profile, json=False, stdin=terminal,
                                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self.addCleanup(os.close, terminal)
        self.terminal_ = terminal
        return command

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal_)[3] & termios.ECHO)

    def answer(self, command, question, passphrase):
        command.wait_err(question)
        self.assertFalse(self.echoes())
        os.write(self.person_, passphrase.encode() + b"\n")

    def test_a_new_passphrase_is_asked_for_twice(self):
        command = self.at_terminal("export", self.file)
        self.answer(command, b"at least 8 characters: ", PASSPHRASE)
        self.answer(command, b"The same again: ", PASSPHRASE)
        self.assertEqual(command.wait(), 0)
        self.assertTrue(self.echoes())
        self.assertEqual(self.key(self.profile(), "import", self.file).status, 0)

    def test_two_that_differ_export_nothing(self):
        command = self.at_terminal("export", self.file)
        self.answer(command, b"at least 8 characters: ", PASSPHRASE)
        self.answer(command, b"The same again: ", PASSPHRASE + "!")
        self.assertEqual(command.wait(), 1)
        self.assertIn(b"The two are not the same.", command.err)
        self.assertFalse(os.path.exists(self.file))

    def test_a_passphrase_that_is_given_is_asked_for_once(self):
        self.exported()
        command = self.at_terminal("import", self.file)
        self.answer(command, b"The passphrase of this key: ", PASSPHRASE)
        self.assertEqual(command.wait(), 0)
        self.assertNotIn(PASSPHRASE.encode(), bytes(command.err) + bytes(command.out))

    def test_the_interrupt_key_leaves_the_terminal_as_it_was(self):
        command = self.at_terminal("export", self.file)
        command.wait_err(b"at least 8 characters: ")
        self.assertFalse(self.echoes())
        os.write(self.person_, b"\x03")
        self.assertNotEqual(command.wait(), 0)
        self.assertTrue(self.echoes())
        self.assertFalse(os.path.exists(self.file))


if __name__ == "__main__":
    unittest.main()
