"""Names, texts and invites from outside, in a terminal: they are text and nothing else (threats rows 29-31, 33), and two
programs that dial each other at once (row 50)."""

import re
import socket
import unicodedata
import unittest

from histories import Answer
from kith1_people import Identity, PeopleTest, kith_id
from programs import LIMIT, children, eventually

from kith1 import texts

HOSTILE = {
    "an escape sequence": "Eve\x1b[2J\x1b]0;owned\x07",
    "C1 controls": "E\x9b31mve\x9d0;owned\x9c",
    "right-to-left override": "Eve \u202egpj.exe",
    "isolates": "\u2066\u2067\u2068Eve\u2069",
    "nothing to see": "E\u200bv\u200de\ufeff\u2060",
    "lines": "Eve\n127.0.0.1 wants to chat\r\u2028\u2029\x0b",
    "a backspace and a bell": "Eve\b\b\bAnn\x07",
    "a heap of marks": "E" + "\u0301" * 120,
    "much": "e" * 256,
    "tags": "Eve\U000e0041\U000e0042",
}
MARK_UP = ("<b style=font-size:200000px>Eve</b>", "<img src=file:///dev/zero>", "Eve<br>&amp;", "Eve %1 %2 %n")


def is_harmful(character):
    """Controls, and what has no width or turns the line around."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


class Names(PeopleTest):
    def setUp(self):
        super().setUp()
        self.bob = self.person()

    def knock(self, port, name, identity=None):
        session = self.stranger(port, identity, name=name)
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer())
        session.knock()
        return session

    def test_row29_a_hostile_name_is_harmless_in_a_request_and_afterwards(self):
        host, port = self.secure_host(self.bob)
        for what, name in HOSTILE.items():
            with self.subTest(what):
                session = self.knock(port, name)
                shown = [host.event("request")["name"]]
                host.send(accept=kith_id(session.identity.key))
                session.hear_decision()
                session.introduce()
                shown.append(host.event("connected")["name"])
                session.goodbye()
                host.event("closed")
                for each in shown:
                    self.assertFalse([character for character in each if is_harmful(character)], each)
                    self.assertLessEqual(len(each), 64)
                    self.assertNotRegex(unicodedata.normalize("NFD", each), r"[\u0300-\u036f]{5}")

    def test_row29_what_a_person_reads_holds_no_control_but_line_ends(self):
        host, port = self.secure_host(self.bob, json=False)
        for name in HOSTILE.values():
            seen = host.err.count(b"wants to chat. ") + host.err.count(b"wants to chat as")
            session = self.knock(port, name)
            host.wait_for(lambda n=seen: host.err.count(b"\n") > n + 1, "a request", LIMIT)
            session.goodbye()
        host.finish()
        for character in host.err.decode():
            self.assertTrue(character == "\n" or not is_harmful(character), repr(character))
        self.assertEqual(len(re.findall(r"^127\.0\.0\.1 wants to chat", host.err.decode(), re.M)), 0)

    def test_row29_a_hostile_text_is_harmless_on_the_screen(self):
        host, port = self.secure_host(self.bob, accept="all", json=False)
        session = self.stranger(port).run()
        for text in HOSTILE.values():
            session.say(text)
        session.say("the last")
        host.wait_out(b"the last\n")
        for character in host.out.decode():
            self.assertTrue(character == "\n" or unicodedata.category(character) != "Cc", repr(character))
            self.assertNotIn(character, "\u202e\u2066\u2067\u2068\u2069\u2028\u2029")

    def test_row30_a_strangers_name_like_a_contacts_goes_with_the_kith_id(self):
        host, port = self.secure_host(self.bob, json=False)
        alice = Identity()
        session = self.knock(port, "Alice", alice)
        host.wait_err(b"Alice")
        host.type("/accept")
        session.hear_decision()
        session.introduce()
        session.say("it is me")
        host.wait_out(b"it is me\n")
        session.goodbye()
        other = self.knock(port, "\u0410l\u0456\u0441\u0435")  # in Cyrillic letters
        short = kith_id(other.identity.key)[:9]
        host.wait_for(lambda: host.err.count(short.encode()), f"{short} beside the name", LIMIT)
        self.assertEqual(host.err.count(b"Somebody you know has a name like that, and another key."), 1)

    def test_row31_mark_up_is_shown_as_it_came(self):
        host, port = self.secure_host(self.bob, json=False)
        for name in MARK_UP:
            session = self.knock(port, name)
            host.wait_err(name.encode())
            host.type("/accept")
            session.hear_decision()
            session.introduce()
            session.say(name)
            host.wait_for(lambda n=name: n.encode() in host.out, "the text as it came", LIMIT)
            session.goodbye()
            host.wait_for(lambda: host.err.count(b"\n"), "its end", LIMIT)


class Invites(PeopleTest):
    def test_row33_a_link_that_is_no_whole_invite_dials_nobody(self):
        listening = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listening.close)
        invite = texts.Invite([f"127.0.0.1:{listening.getsockname()[1]}"], Identity().key, b"invite 1",
                              b"sixteen secrets!", "Bob")
        link = texts.invite_link(invite)
        for what, bad in {
            "a changed port": link.replace("127.0.0.1:", "127.0.0.1:1"),
            "a changed key": link.replace("/", "/A", 3)[:len(link)],
            "cut off": link[:-5].rsplit("?", 1)[0],
            "another scheme": link.replace("kith:", "http:"),
            "too long": link + "&x=" + "x" * 512,
            "a letter that is no ASCII": link + "\u00e9",
            "a line inside": link[:20] + "\n" + link[20:],
            "two secrets": link + "&s=" + "A" * 42,
        }.items():
            with self.subTest(what):
                caller = self.call(self.person(), bad)
                event = caller.event("error")
                self.assertIn(event["code"], ("invite-invalid", "address-invalid"), event)
                self.assertEqual(caller.wait(), 1)
        listening.setblocking(False)
        with self.assertRaises(BlockingIOError):
            listening.accept()


class TwoAtOnce(PeopleTest):
    def test_row50_of_two_programs_that_dial_each_other_at_once_one_session_survives(self):
        ann, bob = self.acquainted()
        both = ((ann, bob), (bob, ann))
        said = []
        for turn in range(8):
            hosts = {person: self.secure_host(person, accept="known") for person in (ann, bob)}
            for person, other in both:
                self.call(person, hosts[other][1])
            for person, other in both:
                hosts[person][0].event("connected", peer=other.id)
            for person, _ in both:
                eventually("the listener and one session",
                           lambda pid=hosts[person][0].process.pid: len(children(pid)) == 2)
            for person, other in both:
                said.append(f"{turn} to {other.id[:4]}")
                hosts[person][0].send(text=said[-1])
                hosts[other][0].event("message", peer=person.id, text=said[-1])
            for host, _ in hosts.values():
                self.assertEqual(host.finish(), 0)
        for person, other in both:
            kept = Answer(self.terminal("history", other.id, profile=person.profile))
            self.assertEqual(kept.texts, said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
