"""Two windows of Kith whose people meet encrypted: a stranger, an invited one, one whose key has changed, and a contact
who has moved."""

import os
import re
import signal

from atspi import LIMIT, alive, eventually, free_port, main
from traces import Trace, require_strace
from windows import NOT_VERIFIED, VERIFIED, Windows

WHOLE_MINUTE = 60
ASKED = re.compile(r"“Bob” \([A-Z0-9]{4}-[A-Z0-9]{4}…\) at 127\.0\.0\.1 wants to chat\.")
WAITING = re.compile(r"Waiting for the other person to let you in · (\d+):(\d\d)")
NUMBER = re.compile(r"(\d{5}\s+){11}\d{5}")
STOPPED = "Stopped: Ann's key has changed"


class TwoSecureWindows(Windows):
    def test_a_stranger_accepted_after_a_minute_is_in_and_not_verified(self):
        ann = self.hosting("Ann", folder="ann")
        bob = self.start(self.profile("bob", name="Bob"))
        self.dial(bob, ann.port)
        ann.matches(ASKED)
        ann.reads("The name is what they call themselves.")
        first = self.waited(bob)
        self.bus.until("the waiting is counted", lambda: self.waited(bob) > first)
        ann.reads("Waiting for your answer · 1:00", limit=WHOLE_MINUTE + LIMIT)
        self.bus.until("a minute is counted on both sides", lambda: self.waited(bob) >= WHOLE_MINUTE)
        self.screenshot("waited-for-a-minute")

        ann.press("Accept")
        for window in (ann, bob):
            window.reads(NOT_VERIFIED)
            self.assertIsNotNone(window.look("push button", "Verify"))
        bob.send("thank you for letting me in")
        ann.shows(("Bob", "thank you for letting me in"))
        ann.send("you are welcome")
        bob.shows(("You", "thank you for letting me in"), ("Ann", "you are welcome"))
        self.screenshot("talking")

    def test_an_invite_that_is_pasted_lets_in_without_a_question(self):
        ann = self.hosting("Ann", folder="ann")
        bob = self.start(self.profile("bob", name="Bob"))
        self.bring_to_front(ann)
        ann.press("Copy invite")
        self.bring_to_front(bob)
        bob.press("Connect")
        bob.find("push button", "Use the copied invite")
        bob.focuses("Address or invite")
        self.desktop.xdotool("key", "ctrl+v")
        self.bus.until("the invite is in the field", lambda: bob.text("Address or invite").startswith("kith://"))
        bob.matches(re.compile(r"An invite of “Ann” at .+, encrypted\. It proves who is there\."))
        self.screenshot("invite-pasted")
        bob.press("Connect", beside="Address or invite")
        # Whoever pasted it knows whose it is. Whoever gave it knows only that somebody has brought it.
        bob.reads(VERIFIED)
        self.assertIsNone(ann.look("push button", "Accept"))
        ann.choose("Conversations", "Bob, ")
        ann.reads(NOT_VERIFIED)
        bob.send("here I am")
        ann.shows(("Bob", "here I am"))
        self.screenshot("invited")

    def test_a_changed_key_stops_the_contact_and_nothing_is_sent(self):
        ann, bob = self.contacts()
        bob.send("this is for Ann alone")
        ann.shows(("Bob", "this is for Ann alone"))
        self.end(ann)
        bob.reads("Ann ended the conversation.")
        impostor = self.hosting("Ann", port=ann.port, folder="another")

        bob.press("Connect again")
        bob.reads(STOPPED)
        bob.reads("This may not be Ann.")
        self.assertIsNone(bob.look("push button", "Connect again"))
        self.assertIsNone(bob.look("push button", "Send"))
        bob.wait_for_workers(0)
        self.assertIsNone(impostor.look("push button", "Accept"), "whoever is there now was told of nothing")
        self.assertEqual(impostor.items("Conversations"), [])
        self.screenshot("stopped")

        bob.press("Compare")
        bob.reads("The key of Ann has changed")
        bob.reads("The key you know")
        bob.matches(NUMBER)
        # Its host asks before it shows who it is, so there is no other number to show.
        self.assertNotIn("The key that is there now", bob.words())
        self.assertIsNotNone(bob.look("push button", "Connect as somebody new"))
        self.screenshot("compared")
        bob.press("Keep stopped", beside="Try the known key again")
        self.bus.until("the dialog is closed", lambda: "The key of Ann has changed" not in bob.words())
        bob.reads(STOPPED)
        # Not by its address either.
        self.dial(bob, impostor.port)
        bob.reads("This may not be Ann.")
        self.assertEqual(bob.workers(), set())

    def test_a_contact_at_a_new_address_is_recognised_in_the_same_conversation(self):
        ann, bob = self.contacts()
        bob.send("where do you live?")
        ann.shows(("Bob", "where do you live?"))
        bob.press("Disconnect")
        bob.reads("You disconnected.")
        ann.reads("Bob ended the conversation.")
        ann.press("Host")
        ann.tick("More addresses and settings")
        moved = free_port()
        ann.type("Port", str(moved))
        ann.press("Use this port")
        ann.shows_address(moved)

        self.dial(bob, moved)
        bob.reads(NOT_VERIFIED)
        bob.shows(("You", "where do you live?"))
        self.assertIsNone(ann.look("push button", "Accept"), "nobody was asked")
        self.assertEqual(len(bob.items("Conversations")), 1)
        self.assertEqual(len(ann.items("Conversations")), 1)
        ann.choose("Conversations", "Bob, ")
        ann.send("here, since today")
        bob.shows(("You", "where do you live?"), ("Ann", "here, since today"))
        self.screenshot("moved")

    def test_a_window_makes_no_network_socket_and_disconnects_with_sigusr1(self):
        require_strace(self)
        ann = self.hosting("Ann", folder="ann")
        trace = Trace(self.folder / "bob.trace")
        bob = self.start(self.profile("bob", name="Bob"), wrapper=trace.wrapper)
        self.dial(bob, ann.port)
        ann.press("Accept")
        bob.reads(NOT_VERIFIED)
        bob.send("before I go")
        ann.shows(("Bob", "before I go"))
        (session,) = bob.workers()
        bob.press("Disconnect")
        bob.reads("You disconnected.")
        eventually("its worker is gone", lambda: not alive(session))
        self.end(bob)
        trace.wait_for_end(bob.pid)
        made = trace.network_sockets()
        self.assertIn(session, made, "the worker made the connection")
        self.assertEqual(set(made) - trace.workers(), set(), "and nobody else made a network socket")
        self.assertEqual(trace.signals_to(session, "SIGUSR1"), [bob.pid])
        sent = [text for pid, text in trace.lines() if pid == bob.pid and "SIGUSR1" in text and not text.startswith("-")]
        self.assertEqual([text.split("(")[0] for text in sent], ["pidfd_send_signal"])

    def waited(self, window):
        """The seconds that the one who waits has been shown."""
        shown = window.matches(WAITING)
        return int(shown[1]) * 60 + int(shown[2])

    def end(self, window):
        os.kill(window.pid, signal.SIGTERM)
        self.assertEqual(window.exit(), 0)


if __name__ == "__main__":
    main()
