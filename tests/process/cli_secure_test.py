#!/usr/bin/env python3
"""Two people and their terminals: who they are, whom they trust, invites, keys. Real kith-cli programs alone."""

import unittest

from histories import Answer
from kith1_people import PeopleTest, kith_id
from terminals import Terminal

from kith1 import texts


class SecureTest(PeopleTest):
    def setUp(self):
        super().setUp()
        self.ann, self.bob = self.person(), self.person()

    def ask(self, person, *words, json=False, **options):
        """A command of theirs and its whole answer."""
        return Answer(self.terminal(*words, profile=person.profile, json=json, **options))

    def done(self, person, *words, json=True):
        """... which is done as it was meant: its objects."""
        answer = self.ask(person, *words, json=json)
        self.assertEqual(answer.status, 0, answer.err + answer.out)
        return answer.events if json else answer

    def refused(self, person, *words, code):
        """... which could not be done, for this reason, and says so in words."""
        answer = self.ask(person, *words, json=True)
        self.assertEqual((answer.status, answer.codes), (1, [code]), answer.out)
        said = self.ask(person, *words)
        self.assertEqual(said.status, 1)
        self.assertRegex(said.err, r"\w{2,} .*\w{2,}")
        return said.err

    def contact(self, person, whom):
        """How somebody is listed among a person's contacts."""
        found = [each for each in self.done(person, "contacts") if each.get("peer") == whom.id]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def meet(self):
        """Each has the other as a contact: Ann has called Bob, and calls him Bob."""
        self.ann, self.bob = self.acquainted()
        self.done(self.ann, "rename", self.bob.id, "Bob")
        self.done(self.bob, "rename", self.ann.id, "Ann")

    def together(self, **options):
        """They are connected: Bob's terminal, which hosts for people he knows, its port, and Ann's."""
        host, port = self.secure_host(self.bob, accept="known", **options)
        caller = self.call(self.ann, port)
        caller.event("connected", peer=self.bob.id)
        host.event("connected", peer=self.ann.id)
        return host, port, caller

    def turned_away(self, caller, code):
        """A call that comes to nothing, for this reason, and the end of its program, which then holds no profile."""
        self.assert_ended(caller, code)
        self.assertEqual(caller.wait(), 1)

    def part(self, *terminals):
        for terminal in terminals:
            self.assertEqual(terminal.finish(), 0)


class WhoTheyAre(SecureTest):
    def test_a_kith_id_is_what_others_know_somebody_by(self):
        alone = self.done(self.ann, "id", json=False).out
        self.assertEqual(alone, kith_id(self.ann.key) + "\n")
        host, port = self.secure_host(self.bob)
        caller = self.call(self.ann, port)
        self.assertEqual(host.event("request")["peer"], alone.strip())
        self.assertEqual(self.done(self.ann, "id")[0]["id"], alone.strip())
        self.assertEqual(self.done(self.bob, "id")[0]["id"], self.bob.id)
        caller.close_input()

    def test_the_first_start_makes_a_key_that_stays(self):
        profile = self.profile()
        first, second = (Answer(self.terminal("id", profile=profile, json=False)) for _ in range(2))
        self.assertEqual((first.status, first.out), (0, second.out))
        self.assertRegex(first.out, r"^([A-Z2-7]{4}-){14}[A-Z2-7]{2}\n$")

    def test_the_safety_number_is_the_same_on_both_sides_and_what_the_second_implementation_makes(self):
        self.meet()
        mine = self.done(self.ann, "safety", "Bob")[0]
        number = texts.grouped(texts.safety_number(self.ann.key, self.bob.key))
        self.assertEqual((mine["peer"], mine["safety"], mine["verified"]), (self.bob.id, number, False))
        rows = self.done(self.bob, "safety", self.ann.id, json=False).out
        self.assertEqual((" ".join(rows.split()), len(rows.splitlines())), (number, 3))
        held = self.together()
        self.assertEqual(self.done(self.bob, "safety", "Ann")[0]["safety"], number)
        self.part(held[2], held[0])


class Trust(SecureTest):
    def setUp(self):
        super().setUp()
        self.meet()

    def connected(self):
        """How Ann's terminal tells of Bob when it connects to him."""
        host, port = self.secure_host(self.bob, accept="known")
        caller = self.call(self.ann, port)
        event = caller.event("connected")
        self.part(caller, host)
        return event

    def test_who_was_compared_is_verified_from_then_on(self):
        self.assertFalse(self.connected()["verified"])
        now = self.done(self.ann, "verify", "Bob")[0]
        self.assertEqual((now["event"], now["peer"], now["verified"]), ("contact", self.bob.id, True))
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "compared")
        self.assertTrue(self.connected()["verified"])
        self.assertFalse(self.contact(self.bob, self.ann)["verified"], "it is one person's own word")

    def test_numbers_that_differ_stop_a_contact_until_a_person_decides(self):
        self.done(self.ann, "verify", "Bob", "--differ")
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "key-changed")
        host, port = self.secure_host(self.bob, accept="known")
        self.turned_away(self.call(self.ann, port), "key-changed")
        self.done(self.ann, "verify", "Bob", "--resume")
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "unverified")
        caller = self.call(self.ann, port)
        self.assertFalse(caller.event("connected", peer=self.bob.id)["verified"])
        self.part(caller, host)

    def test_numbers_that_differ_end_what_is_going_on(self):
        host, _, caller = self.together()
        self.done(self.bob, "verify", "Ann", "--differ")
        self.assert_ended(host, "key-changed", peer=self.ann.id)
        self.assertEqual(caller.finish(), 0)

    def test_who_is_blocked_is_refused_until_unblocked(self):
        self.done(self.bob, "block", "Ann")
        self.assertTrue(self.contact(self.bob, self.ann)["blocked"])
        host, port = self.secure_host(self.bob, accept="all")
        self.turned_away(self.call(self.ann, port), "host-closed")
        self.done(self.bob, "unblock", "Ann")
        self.assertFalse(self.contact(self.bob, self.ann)["blocked"])
        caller = self.call(self.ann, port)
        host.event("connected", peer=self.ann.id)
        self.part(caller, host)

    def test_to_block_somebody_who_is_here_ends_it(self):
        host, port, caller = self.together()
        self.done(self.bob, "block", "Ann")
        self.assert_ended(host, "blocked", peer=self.ann.id)
        self.assertEqual(caller.finish(), 0)
        self.turned_away(self.call(self.ann, port), "host-closed")

    def test_a_key_of_nobody_known_is_blocked_and_listed_and_unblocked(self):
        eve = self.person()
        self.done(self.bob, "block", eve.id)
        self.assertIn({"event": "blocked", "peer": eve.id}, self.done(self.bob, "contacts"))
        host, port = self.secure_host(self.bob, accept="all")
        self.turned_away(self.call(eve, port), "host-closed")
        self.done(self.bob, "unblock", eve.id[:9])
        self.call(eve, port).event("connected", peer=self.bob.id)

    def test_a_name_of_ones_own_stays_whatever_they_call_themselves(self):
        self.assertEqual(self.connected()["name"], "Bob")
        self.done(self.ann, "rename", "Bob", "Bobby \x1b[31m")
        listed = self.contact(self.ann, self.bob)
        self.assertEqual((listed["name"], listed["trust"]), ("Bobby [31m", "unverified"))
        self.done(self.ann, "rename", self.bob.id, "")
        self.assertEqual(self.contact(self.ann, self.bob)["name"], listed["calls_themselves"])

    def test_contacts_are_a_row_each_for_people_to_read(self):
        self.done(self.ann, "verify", "Bob")
        rows = self.done(self.ann, "contacts", json=False).out
        self.assertEqual(rows, f"Bob: {self.bob.id} (verified by comparing)\n")


class WhoIsMeant(SecureTest):
    def setUp(self):
        super().setUp()
        self.meet()
        self.carl = self.person()
        host, port = self.secure_host(self.carl, accept="all")
        caller = self.call(self.ann, port)
        caller.event("connected", peer=self.carl.id)
        self.part(caller, host)
        self.done(self.ann, "rename", self.carl.id, "Bobby")

    def test_a_beginning_that_fits_several_means_nobody(self):
        for words in (("safety", "Bo"), ("block", "Bo"), ("history", "Bo"), ("keep", "Bo", "off"),
                      ("delete", "Bo", "--yes")):
            with self.subTest(words[0]):
                said = self.refused(self.ann, *words, code="usage-error")
                self.assertIn(f"Bob ({self.bob.id[:9]}…)", said)
                self.assertIn(f"Bobby ({self.carl.id[:9]}…)", said)
        self.assertFalse(self.contact(self.ann, self.bob)["blocked"])

    def test_a_whole_name_is_not_ambiguous_nor_is_the_beginning_of_a_kith_id(self):
        self.assertEqual(self.done(self.ann, "safety", "Bob")[0]["peer"], self.bob.id)
        self.assertEqual(self.done(self.ann, "safety", "Bobb")[0]["peer"], self.carl.id)
        length = next(n for n in range(4, 20) if self.bob.id[:n] != self.carl.id[:n])
        self.assertEqual(self.done(self.ann, "safety", self.bob.id[:length].lower())[0]["peer"], self.bob.id)

    def test_the_same_name_twice_needs_the_kith_id(self):
        self.done(self.ann, "rename", "Bobby", "Bob")
        said = self.refused(self.ann, "block", "Bob", code="usage-error")
        self.assertIn(self.carl.id[:9], said)
        self.done(self.ann, "block", self.carl.id)
        self.assertFalse(self.contact(self.ann, self.bob)["blocked"])
        self.assertIn("looks the same", self.done(self.ann, "contacts", json=False).out)

    def test_nobody_of_that_name(self):
        for command in ("safety", "verify", "block", "unblock"):
            self.refused(self.ann, command, "Eve", code="unknown-peer")
        self.refused(self.ann, "rename", "Eve", "Eva", code="unknown-peer")
        self.refused(self.ann, "history", "Eve", code="unknown-peer")


class WhatWasSaid(SecureTest):
    """`history`, `search`, `export`, `clear`, `keep` and `delete` with a contact as PEER."""

    def setUp(self):
        super().setUp()
        self.meet()
        host, _, caller = self.together()
        for text in ("blackberries", "and quinces"):
            caller.send(text=text)
            host.event("message", peer=self.ann.id, text=text)
        self.part(caller, host)

    def said(self, person, *words):
        return [event["text"] for event in self.done(person, *words) if event["event"] == "message"]

    def test_a_name_or_a_kith_id_finds_it(self):
        for peer in ("Ann", "An", self.ann.id, self.ann.id[:9]):
            self.assertEqual(self.said(self.bob, "history", peer), ["blackberries", "and quinces"])
            self.assertEqual(self.said(self.bob, "search", "quinces", "--peer", peer), ["and quinces"])
        entry = self.done(self.bob, "history", "Ann")[0]
        self.assertEqual((entry["peer"], entry["name"], entry["mine"]), (self.ann.id, "Ann", False))
        self.assertIn("Ann: blackberries", self.done(self.bob, "history", json=False).out)
        self.assertIn("blackberries", self.done(self.bob, "export", "Ann", json=False).out)

    def test_nothing_said_with_a_contact_is_no_error(self):
        carl = self.person()
        host, port = self.secure_host(carl, accept="all")
        caller = self.call(self.bob, port)
        caller.event("connected", peer=carl.id)
        self.part(caller, host)
        self.assertEqual(self.said(self.bob, "history", carl.id), [])
        self.assertEqual(self.said(self.bob, "search", "quinces", "--peer", carl.id), [])

    def test_clear_leaves_the_contact_and_delete_forgets_it(self):
        self.refused(self.bob, "clear", "Ann", code="usage-error")
        self.done(self.bob, "clear", "Ann", "--yes", json=False)
        self.assertEqual(self.said(self.bob, "history", "Ann"), [])
        self.contact(self.bob, self.ann)
        said = self.refused(self.bob, "delete", "Ann", code="usage-error")
        self.assertIn("forget Ann", said)
        self.done(self.bob, "delete", "Ann", "--yes", json=False)
        self.assertEqual(self.done(self.bob, "contacts"), [])
        self.refused(self.bob, "history", self.ann.id, code="unknown-peer")
        # A stranger again, who is asked about, and knows Bob all the same.
        host, port = self.secure_host(self.bob)
        caller = self.call(self.ann, port)
        host.event("request", peer=self.ann.id)
        host.send(accept=self.ann.id)
        caller.event("connected", peer=self.bob.id)
        self.part(caller, host)

    def test_to_delete_somebody_who_is_here_ends_it(self):
        host, _, caller = self.together()
        self.done(self.bob, "delete", "Ann", "--yes", json=False)
        host.event("closed", peer=self.ann.id)
        self.assertEqual(self.done(self.bob, "contacts"), [])
        self.assertEqual(caller.finish(), 0)

    def test_keep_off_holds_for_the_contact_the_next_time_too(self):
        self.done(self.bob, "keep", "Ann", "off", json=False)
        host, _, caller = self.together()
        caller.send(text="between us")
        host.event("message", text="between us")
        self.done(self.bob, "keep", "Ann", "on", json=False)
        caller.send(text="for the record")
        host.event("message", text="for the record")
        self.part(caller, host)
        self.assertEqual(self.said(self.bob, "history", "Ann"), ["blackberries", "and quinces", "for the record"])


class Invites(SecureTest):
    def link_to(self, port, link):
        """The link with an address of this computer."""
        invite = texts.parse_invite(link)
        invite.addresses = [f"127.0.0.1:{port}"]
        return texts.invite_link(invite)

    def invited(self, *words):
        """Bob hosts for people he knows, and has made an invite: his terminal, its port, the event, the link."""
        host, port = self.secure_host(self.bob, accept="known")
        made = self.done(self.bob, "invite", *words)[0]
        return host, port, made, self.link_to(port, made["invite"])

    def test_an_invite_lets_its_bearer_in_and_verifies_the_host_alone(self):
        host, port, made, link = self.invited()
        caller = self.call(self.ann, link)
        self.assertTrue(caller.event("connected", peer=self.bob.id)["verified"])
        let_in = host.event("connected", peer=self.ann.id)
        self.assertEqual((let_in["secure"], let_in["verified"]), (True, False))
        self.assertEqual([event for event in host.all if event["event"] == "request"], [])
        self.part(caller)
        used = next(each for each in self.done(self.bob, "invites") if each["id"] == made["id"])
        self.assertEqual((used["state"], used["peer"]), ("used", self.ann.id))
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "invite")
        self.assertEqual(self.contact(self.bob, self.ann)["trust"], "unverified")
        eve = self.person()
        self.turned_away(self.call(eve, link), "host-closed")
        self.part(host)

    def test_an_invite_is_read_from_standard_input_too(self):
        _, _, _, link = self.invited("--once")
        caller = self.start(Terminal, "connect", "-", profile=self.ann.profile)
        caller.type(link)
        self.assertTrue(caller.event("connected", peer=self.bob.id)["verified"])

    def test_an_invite_is_good_to_the_end_of_a_day(self):
        made = self.done(self.bob, "invite", "--until", "2099-12-30")[0]
        self.assertTrue(made["expires"].startswith("2099-12-31T00:00:00"), made)
        self.refused(self.bob, "invite", "--until", "2020-01-01", code="usage-error")
        self.assertEqual(len(self.done(self.bob, "invites")), 1)

    def test_a_revoked_invite_lets_nobody_in(self):
        host, port, made, link = self.invited()
        self.refused(self.bob, "invites", "revoke", "zz", code="unknown-peer")
        self.done(self.bob, "invites", "revoke", made["id"][:8])
        self.assertNotIn(made["id"], [each["id"] for each in self.done(self.bob, "invites")])
        self.turned_away(self.call(self.ann, link), "host-closed")
        self.part(host)
        self.assertNotIn(made["id"], [each["id"] for each in self.done(self.bob, "invites")])

    def test_a_host_shows_the_same_invite_until_somebody_has_used_it(self):
        def shown():
            host = self.terminal("host", "--port", "0", "--accept", "known", profile=self.bob.profile)
            event = host.event("listening")
            return host, event["port"], event["invite"]

        given = self.done(self.bob, "invite")[0]
        first, _, link = shown()
        self.assertNotEqual(texts.parse_invite(link).secret, texts.parse_invite(given["invite"]).secret)
        self.part(first)
        second, port, again = shown()
        self.assertEqual(texts.parse_invite(again).secret, texts.parse_invite(link).secret)
        self.assertEqual(len(self.done(self.bob, "invites")), 2)
        caller = self.call(self.ann, self.link_to(port, again))
        caller.event("connected", peer=self.bob.id)
        self.part(caller, second)
        third, _, other = shown()
        self.assertNotEqual(texts.parse_invite(other).secret, texts.parse_invite(link).secret)
        self.part(third)


class Requests(SecureTest):
    """Who asked and was not answered."""

    def setUp(self):
        super().setUp()
        self.host_, self.port = self.secure_host(self.bob)

    def ask_in_vain(self, person):
        """They ask, and give up."""
        session = self.stranger(self.port, person.identity, name="Ann")
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer())
        session.knock()
        self.host_.event("request", peer=person.id)
        session.goodbye()
        self.host_.event("closed", peer=person.id)
        self.assertEqual(self.host_.event("missed", peer=person.id)["name"], "Ann")

    def assert_comes_in(self, person):
        """They come again, and nobody is asked."""
        caller = self.call(person, self.port)
        caller.event("connected", peer=self.bob.id)
        self.host_.event("connected", peer=person.id)
        self.assertEqual([event for event in self.host_.events if event["event"] == "request"], [])
        self.part(caller)

    def test_who_was_missed_is_accepted_for_the_next_time(self):
        self.ask_in_vain(self.ann)
        self.host_.send(accept=self.ann.id)
        self.host_.event("accepted", peer=self.ann.id)
        self.assert_comes_in(self.ann)

    def test_another_program_accepts_who_was_missed_or_asks(self):
        self.ask_in_vain(self.ann)
        accepted = self.done(self.bob, "accept", self.ann.id[:9])[0]
        self.assertEqual((accepted["event"], accepted["peer"], accepted["verified"]), ("contact", self.ann.id, False))
        self.assert_comes_in(self.ann)
        eve = self.person()
        caller = self.call(eve, self.port)
        self.host_.event("request", peer=eve.id)
        self.done(self.bob, "accept", eve.id)
        caller.event("connected", peer=self.bob.id)
        self.refused(self.bob, "accept", "Nobody", code="unknown-peer")

    def test_anybody_is_accepted_ahead_by_the_whole_kith_id(self):
        self.part(self.host_)
        self.assertEqual(self.done(self.bob, "accept", self.ann.id)[0]["peer"], self.ann.id)
        self.done(self.bob, "block", self.ann.id)
        self.assertIn("unblock", self.refused(self.bob, "accept", self.ann.id, code="blocked"))
        self.done(self.bob, "unblock", self.ann.id)
        self.host_, self.port = self.secure_host(self.bob, accept="known")
        self.assert_comes_in(self.ann)

    def test_who_forgot_somebody_is_accepted_for_the_next_time(self):
        self.done(self.bob, "accept", self.ann.id)
        self.assert_comes_in(self.ann)
        for _ in range(2):  # it is used up each time
            session = self.stranger(self.port, self.ann.identity, no_contact_fits=True, name="Ann")
            session.greet()
            session.say_auth()
            self.assertFalse(session.hear_answer())
            session.knock()
            self.host_.event("request", peer=self.ann.id)
            session.goodbye()
            self.host_.event("missed", peer=self.ann.id)
            self.host_.send(accept=self.ann.id)
            self.host_.event("accepted", peer=self.ann.id)
            again = self.stranger(self.port, self.ann.identity, no_contact_fits=True)
            self.assertFalse(again.run().waited)
            self.host_.event("connected", peer=self.ann.id)
            again.goodbye()
            self.host_.event("closed", peer=self.ann.id)

    def test_a_person_sees_who_was_missed_and_answers(self):
        self.part(self.host_)
        host, port = self.secure_host(self.bob, json=False)
        session = self.stranger(port, self.ann.identity, name="\u05d0\u05d1")
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer())
        session.knock()
        host.wait_err("\u201c\u2068\u05d0\u05d1\u2069\u201d".encode())
        session.goodbye()
        host.wait_err(f"/accept {self.ann.id[:9]} lets them in the next time.".encode())
        seen = len(host.err)
        host.type("/who")
        host.wait_for(lambda: b"lets them in the next time." in host.err[seen:], "the list")
        host.type("/accept")
        host.wait_err(b"comes in without a question the next time.")
        host.type("/accept")
        host.wait_err(b"Nobody waits for an answer.")

    def test_who_asks_over_the_bound_is_a_number(self):
        for _ in range(4):
            session = self.stranger(self.port)
            session.greet()
            session.say_auth()
            self.assertFalse(session.hear_answer())
        fifth = self.stranger(self.port)
        fifth.greet()
        fifth.say_auth()
        self.assertEqual(fifth.until_end(), ([], "closed"))
        self.assertEqual(self.host_.event("folded")["requests"], 1)


class KeyChanged(SecureTest):
    """Somebody else answers where Bob was."""

    def setUp(self):
        super().setUp()
        host, self.port = self.secure_host(self.bob, accept="all")
        caller = self.call(self.ann, self.port)
        caller.event("connected", peer=self.bob.id)
        self.part(caller, host)
        self.done(self.ann, "rename", self.bob.id, "Bob")
        self.eve = self.person()
        self.eves, _ = self.secure_host(self.eve, accept="all", port=self.port)

    def test_row22_it_is_told_what_to_do(self):
        caller = self.call(self.ann, self.port, json=False)
        self.assertEqual(caller.wait(), 1)
        for part in ("This may not be Bob.", "kith-cli safety", "kith-cli verify", "--new"):
            self.assertIn(part.encode(), caller.err)
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "key-changed")

    def test_row22_somebody_new_is_connected_to_only_where_a_person_says_so(self):
        self.turned_away(self.call(self.ann, self.port), "key-changed")
        self.turned_away(self.call(self.ann, self.port), "key-changed")
        caller = self.call(self.ann, self.port, "--new")
        connected = caller.event("connected")
        self.assertEqual((connected["peer"], connected["verified"]), (self.eve.id, False))
        self.part(caller)
        self.assertEqual(self.contact(self.ann, self.bob)["trust"], "key-changed")
        caller = self.call(self.ann, self.port)
        caller.event("connected", peer=self.eve.id)
        self.part(caller)


if __name__ == "__main__":
    unittest.main()
