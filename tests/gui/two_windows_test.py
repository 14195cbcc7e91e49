"""Windows of Kith on one desktop, each with its own processes, as people use them: with each other, and with the
plain-text programs that everybody has."""

import os
import re
import select
import signal
import subprocess
import time

from atspi import APP, LIMIT, alive, eventually, free_port, main, require
from windows import PLAIN_TEXT as CONNECTED
from windows import Windows

WHOLE_MINUTE = 60
BACK_UP, RESTORE = 6, 7  # places in the menu


class Peer:
    """A plain-text program with pipes for a terminal."""

    def __init__(self, test, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.output = b""
        test.addCleanup(self.end)

    def says(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def prints(self, line):
        eventually(f"{self.process.args[0]} prints {line!r}", lambda: line.encode() + b"\n" in self._read())

    def _read(self):
        if select.select([self.process.stdout], [], [], 0)[0]:
            self.output += self.process.stdout.read() or b""
        return self.output

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class TwoWindows(Windows):
    def test_accept_after_a_whole_minute_opens_the_conversation(self):
        ann = self.hosting()
        bob = self.dialling(ann.port)
        bob.send("are you there?")
        ann.reads("A plain-text program at 127.0.0.1 wants to chat.")
        ann.reads("“are you there?”")
        ann.reads("Waiting for your answer · 1:00", limit=WHOLE_MINUTE + LIMIT)
        self.screenshot("asked-for-a-minute")

        ann.press("Accept")
        ann.shows(("127.0.0.1", "are you there?"))
        ann.send("yes, I was away")
        bob.shows(("You", "are you there?"), ("127.0.0.1", "yes, I was away"))
        bob.send("welcome back")
        ann.shows(("127.0.0.1", "are you there?"), ("You", "yes, I was away"), ("127.0.0.1", "welcome back"))
        self.screenshot("talking")

    def test_a_killed_worker_ends_its_conversation_alone_and_says_so(self):
        ann, bob, ann_session, _ = self.talking()
        other = Peer(self, "ncat", "127.0.0.1", str(ann.port))
        other.says("good morning")
        ann.press("Accept")
        ann.shows(("127.0.0.1", "good morning"))

        os.kill(ann_session, signal.SIGKILL)
        bob.reads("127.0.0.1 ended the conversation.")
        # The conversation with the other one is the one that is shown; it goes on.
        ann.send("good morning to you")
        other.prints("good morning to you")
        ann.choose("Conversations", "Ended plain text, 1, folded away")
        ann.choose("Conversations", "Plain text · 127.0.0.1, ")
        ann.reads("The process for 127.0.0.1 crashed.")
        self.assertTrue(ann.running())
        self.screenshot("crashed")

    def test_connect_again_after_the_end_is_asked_for_and_accepted_anew(self):
        ann, bob, ann_session, bob_session = self.talking()
        os.kill(bob_session, signal.SIGKILL)
        bob.reads("The process for 127.0.0.1 crashed.")
        bob.press("Connect again")
        bob.reads(CONNECTED)
        bob.send("me again")
        ann.press("Accept")
        ann.shows(("127.0.0.1", "me again"))
        eventually("the worker of the ended conversation is gone", lambda: not alive(ann_session))
        self.screenshot("connected-again")

    def test_disconnect_ends_the_conversation_on_both_sides(self):
        ann, bob, ann_session, bob_session = self.talking()
        ann.press("Disconnect")
        ann.reads("You disconnected.")
        bob.reads("127.0.0.1 ended the conversation.")
        eventually("both session workers are gone", lambda: not alive(ann_session) and not alive(bob_session))
        self.screenshot("disconnected")

    def test_decline_turns_the_other_one_away(self):
        ann = self.hosting()
        bob = self.dialling(ann.port)
        bob.send("hello?")
        ann.press("Decline")
        bob.reads("127.0.0.1 ended the conversation.")
        ann.wait_for_workers(1)
        self.assertIsNone(ann.look("push button", "Accept"))

    def test_stop_hosting_closes_the_door_and_the_one_inside_stays(self):
        ann, bob, _, _ = self.talking()
        ann.press("Host")
        ann.press("Stop hosting")
        ann.reads("You are not hosting.")
        ann.wait_for_workers(1)
        bob.send("still here")
        ann.choose("Conversations", "Plain text · 127.0.0.1, ")
        ann.shows(("127.0.0.1", "hello?"), ("127.0.0.1", "still here"))


class PlainTextPrograms(Windows):
    """Programs without Kith at the other end."""

    def come_in(self, program, *words):
        """The program connects to a hosting window: a line each way, then its end."""
        require(self, program)
        ann = self.hosting()
        peer = Peer(self, program, *[word.replace("PORT", str(ann.port)) for word in words])
        peer.says("hello from outside")
        ann.reads("“hello from outside”")
        ann.press("Accept")
        ann.shows(("127.0.0.1", "hello from outside"))
        ann.send("hello from the window")
        peer.prints("hello from the window")
        self.screenshot("talking")
        ann.press("Disconnect")
        ann.reads("You disconnected.")
        ann.wait_for_workers(1)
        peer.process.stdin.close()  # ncat goes on until both directions have ended
        peer.process.wait(LIMIT)

    def test_ncat_comes_in(self):
        self.come_in("ncat", "127.0.0.1", "PORT")

    def test_socat_comes_in(self):
        self.come_in("socat", "-", "TCP4:127.0.0.1:PORT")

    def test_telnet_comes_in(self):
        self.come_in("telnet", "127.0.0.1", "PORT")

    def be_called(self, program, *words):
        """The window connects to the listening program, which goes first: its end is told."""
        require(self, program)
        port = free_port()
        peer = Peer(self, program, *[word.replace("PORT", str(port)) for word in words])
        eventually("it listens", lambda: listening(port))
        bob = self.dialling(port)
        bob.send("hello from the window")
        peer.prints("hello from the window")
        peer.says("hello from outside")
        bob.shows(("You", "hello from the window"), ("127.0.0.1", "hello from outside"))
        peer.process.terminate()
        bob.reads("127.0.0.1 ended the conversation.")
        bob.wait_for_workers(0)

    def test_ncat_is_called(self):
        self.be_called("ncat", "-l", "127.0.0.1", "PORT")

    def test_socat_is_called(self):
        self.be_called("socat", "-", "TCP4-LISTEN:PORT,bind=127.0.0.1")


class StartAndEnd(Windows):
    def test_practice_window_has_its_connect_form_filled_with_this_computer(self):
        port = free_port()
        ann = self.start(self.profile("ann", name="ann", port=port))
        ann.press("Open a practice window")
        ann.reads("You are hosting.")
        practice = self.opened_by(ann)
        self.assertEqual(practice.text("Address or invite"), f"127.0.0.1:{port}")
        self.assertEqual(practice.workers(), set())
        practice.tick("Plain text")
        practice.press("Connect", beside="Address or invite")
        practice.reads(CONNECTED)
        practice.send("I am practising")
        ann.press("Accept")
        ann.shows(("127.0.0.1", "I am practising"))
        self.screenshot("practice")

    def test_second_start_brings_the_first_to_the_front_and_fills_its_form(self):
        ann = self.start(self.profile("ann", name="ann", port=free_port()))
        bob = self.start(self.profile("bob", name="bob"))
        self.bus.until("the newest window is in front", lambda: self.desktop.active_pid() == bob.pid)
        for word, field in [("--connect=192.0.2.7:5189", "192.0.2.7:5189"), ("kith://192.0.2.8", "kith://192.0.2.8")]:
            again = subprocess.run([str(APP / "kith"), "--profile", str(ann.profile), word], timeout=LIMIT)
            self.assertEqual(again.returncode, 0)
            self.bus.until("the first window is in front", lambda: self.desktop.active_pid() == ann.pid)
            self.assertEqual(ann.text("Address or invite"), field)
            self.assertEqual(ann.workers(), set(), "nothing is dialled before a person presses Connect")
            self.screenshot("in-front")
            self.desktop.xdotool("search", "--all", "--onlyvisible", "--pid", bob.pid, "--name", "Kith", "windowactivate", "--sync")
            self.bus.until("the other window is in front", lambda: self.desktop.active_pid() == bob.pid)

    def test_second_start_brings_a_minimised_window_back(self):
        ann = self.start(self.profile("ann", name="ann", port=free_port()))
        self.bus.until("it is in front", lambda: self.desktop.active_pid() == ann.pid)
        self.desktop.xdotool("getactivewindow", "windowminimize")
        self.bus.until("it is not in front", lambda: self.desktop.active_pid() != ann.pid)
        again = subprocess.run([str(APP / "kith"), "--profile", str(ann.profile)], timeout=LIMIT)
        self.assertEqual(again.returncode, 0)
        self.bus.until("it is in front again", lambda: self.desktop.active_pid() == ann.pid)

    def test_closing_the_window_ends_every_worker(self):
        ann, bob, _, _ = self.talking()
        mine = ann.workers()
        self.assertEqual(len(mine), 2)
        self.desktop.xdotool("search", "--all", "--onlyvisible", "--pid", ann.pid, "--name", "Kith", "windowactivate", "--sync")
        self.bus.until("it is in front", lambda: self.desktop.active_pid() == ann.pid)
        self.desktop.xdotool("key", "alt+F4")  # what the window manager closes a window by
        self.assertEqual(ann.exit(), 0)
        self.assertEqual([pid for pid in mine if alive(pid)], [])
        bob.reads("127.0.0.1 ended the conversation.")

    def opened_by(self, window):
        """The window that another one has opened."""
        known = {w.pid for w in self.windows}
        pid = self.bus.until("another window", lambda: next(iter(self.bus.applications().keys() - known), None))
        return self.adopt(pid)


class Backups(Windows):
    def talked(self, folder_name, text):
        """A profile in which that was said to somebody before."""
        now = int(time.time() * 1000)
        talk = {"address": "192.0.2.7:5188", "started": now - 60000, "ended": now, "said": [[True, now, text]]}
        return self.profile(folder_name, [talk], name=folder_name)

    def choose_file(self, window, place, file, button):
        """The entry of the menu at this place, with mouse and keyboard: an open menu is no part of a window's tree on
        the bus."""
        self.bus.until(window.describe, lambda: window.items("Conversations"))
        self.bus.until("it is in front", lambda: self.desktop.active_pid() == window.pid)
        menu = window.find("push button", "Menu", beside="Find everywhere")
        box = self.bus.atspi.Component.get_extents(menu, self.bus.atspi.CoordType.SCREEN)
        self.desktop.xdotool("mousemove", "--sync", box.x + box.width // 2, box.y + box.height // 2, "click", 1)
        shown = ("search", "--all", "--onlyvisible", "--pid", window.pid)
        self.bus.until("the menu is open", lambda: len(self.desktop.xdotool(*shown).split()) > 1)
        self.desktop.xdotool("key", *["Down"] * place, "Return")
        window.type("File name:", str(file))
        window.press(button)

    def reads_what_was_said(self, window, text):
        window.choose("Conversations", "Ended plain text, 1, folded away")
        window.choose("Conversations", "Plain text · 192.0.2.7, ")
        window.shows(("You", text))

    def test_a_backup_takes_the_place_of_another_profile_which_is_kept(self):
        backup = self.folder / "ann.kithbackup"
        ann = self.start(self.talked("ann", "what Ann said"))
        self.choose_file(ann, BACK_UP, backup, "Save")
        self.bus.until(ann.describe, lambda: any(w.startswith("Everything is backed up (") for w in ann.words()))
        os.kill(ann.pid, signal.SIGTERM)
        self.assertEqual(ann.exit(), 0)

        bob = self.start(self.talked("bob", "what Bob said"))
        self.choose_file(bob, RESTORE, backup, "Open")
        bob.reads("This profile has a history already.")
        self.screenshot("asked")
        bob.press("Restore")
        bob.reads("This profile was restored from a backup.")
        self.reads_what_was_said(bob, "what Ann said")
        (aside,) = bob.profile.glob("replaced-*")
        self.assertIn(b"what Bob said", b"".join(file.read_bytes() for file in aside.iterdir()))


def listening(port):
    """Whether somebody listens on IPv4, without connecting: a program that takes one connection would end."""
    wanted = re.compile(rf"^ *\d+: [0-9A-F]{{8}}:{port:04X} 00000000:0000 0A ", re.MULTILINE)
    with open("/proc/net/tcp", encoding="ascii") as table:
        return wanted.search(table.read()) is not None


if __name__ == "__main__":
    main()
