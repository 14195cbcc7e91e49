"""kith-cli and kith/1's second implementation as two people: who comes in, who is recognised, who is verified."""

import threading
import unittest

from histories import Answer
from kith1_people import Identity, PeopleTest, Policy, Recognised, Refused, kith_id

from kith1 import frames, texts
from kith1.values import HOST_KEY_UNKNOWN, NO_CONTACT_FITS, known_hint


class Callers(PeopleTest):
    """The second implementation dials a terminal."""

    def setUp(self):
        super().setUp()
        self.bob = self.person()

    def refusal(self, port, identity=None, **options):
        with self.assertRaises(Refused) as refused:
            self.stranger(port, identity, **options).run()
        return refused.exception.reason

    def test_a_stranger_is_asked_about_let_in_and_talked_to(self):
        host, port = self.secure_host(self.bob)
        eve = Identity()
        session = self.stranger(port, eve, name="Eve")
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer())
        session.knock()
        self.assertEqual(host.event("request", peer=kith_id(eve.key))["name"], "Eve")
        session.ping()
        host.send(accept=kith_id(eve.key))
        session.hear_decision()
        self.assertEqual(session.peer_key, self.bob.key)
        session.introduce()
        connected = host.event("connected", peer=kith_id(eve.key))
        self.assertEqual((connected["secure"], connected["verified"]), (True, False))
        for text in ("hello", "世界 🎉", "two\nlines", "x" * frames.ENTRY_TEXT):
            session.say(text)
            host.event("message", peer=kith_id(eve.key), text=text)
            host.send(text=text)
            self.assertEqual(session.hear().text, text)
        session.goodbye()
        self.assert_ended(host, "peer-closed", peer=kith_id(eve.key))
        self.assertEqual(host.finish(), 0)

    def test_entries_have_ids_and_numbers_without_gaps(self):
        host, port = self.secure_host(self.bob, accept="all")
        session = self.stranger(port).run()
        host.event("connected")
        said = []
        for i in range(20):
            host.send(text=f"{i}")
            said.append(session.hear())
        self.assertEqual([entry.text for entry in said], [f"{i}" for i in range(20)])
        self.assertEqual([entry.number - said[0].number for entry in said], list(range(20)))
        self.assertEqual(len({entry.id for entry in said}), 20)
        self.assertEqual({entry.stream for entry in said}, {said[0].stream})

    def test_a_stranger_is_declined(self):
        host, port = self.secure_host(self.bob)
        session = self.stranger(port)
        caller = threading.Thread(target=lambda: host.send(decline=host.event("request")["peer"]))
        caller.start()
        with self.assertRaises(Refused) as refused:
            session.run()
        caller.join()
        self.assertEqual(refused.exception.reason, "not-let-in")

    def test_a_host_for_contacts_tells_a_stranger_nothing(self):
        host, port = self.secure_host(self.bob, accept="known")
        for expected in (None, self.bob.key):
            session = self.stranger(port, expected=expected)
            session.greet()
            session.say_auth()
            self.assertEqual(session.until_end(), ([], "closed"))
        host._parse()
        self.assertEqual([event["event"] for event in host.all], ["listening"])

    def test_anyone_comes_in_where_the_host_says_so(self):
        host, port = self.secure_host(self.bob, accept="all")
        self.assertFalse(self.stranger(port).run().waited)
        host.event("connected", verified=False)

    def test_a_contact_comes_in_without_a_question_and_is_recognised_at_an_unknown_address(self):
        host, port = self.secure_host(self.bob)
        friend = self.friend(host, port, self.bob.key)
        session = self.stranger(port, friend, expected=self.bob.key).run()
        self.assertFalse(session.waited)
        session.goodbye()
        with self.assertRaises(Recognised) as known:
            self.stranger(port, friend).run()
        self.assertEqual(known.exception.hint, known_hint(self.bob.key, known.exception.exporter))

    def test_a_contact_that_has_deleted_this_host_is_asked_about(self):
        host, port = self.secure_host(self.bob)
        friend = self.friend(host, port, self.bob.key)
        session = self.stranger(port, friend, no_contact_fits=True)
        session.greet()
        session.say_auth()
        self.assertFalse(session.hear_answer())
        session.knock()
        host.event("request", peer=kith_id(friend.key))
        host.send(accept=kith_id(friend.key))
        session.hear_decision()

    def test_an_invite_lets_its_bearer_in_once_and_the_same_key_again(self):
        host, port = self.secure_host(self.bob, accept="known")
        invite, _ = self.invite(host, port)
        self.assertEqual(invite.key, self.bob.key)
        bearer = Identity()
        ticket = {"expected": invite.key, "invite": (invite.id, invite.secret)}
        for _ in range(2):
            self.stranger(port, bearer, **ticket).run().goodbye()
            host.event("connected", peer=kith_id(bearer.key))
            host.event("closed", peer=kith_id(bearer.key))
        self.assertEqual(self.refusal(port, **ticket), "host-closed")
        self.assertEqual(self.refusal(port, expected=invite.key, invite=(invite.id, bytes(16))), "host-closed")

    def test_a_blocked_contact_hears_nothing(self):
        host, port = self.secure_host(self.bob)
        friend = self.friend(host, port, self.bob.key)
        blocked = Answer(self.terminal("block", kith_id(friend.key), profile=self.bob.profile, json=False))
        self.assertEqual(blocked.status, 0, blocked.err)
        self.assertEqual(self.refusal(port, friend, expected=self.bob.key), "host-closed")
        unblocked = Answer(self.terminal("unblock", kith_id(friend.key), profile=self.bob.profile, json=False))
        self.assertEqual(unblocked.status, 0, unblocked.err)
        self.stranger(port, friend, expected=self.bob.key).run().goodbye()

    def test_row29_a_name_is_cleaned_before_anybody_sees_it(self):
        host, port = self.secure_host(self.bob)
        session = self.stranger(port, name="\u202eEve\x1b[31m\n\u2066" + "e" * 200)
        session.greet()
        session.say_auth()
        session.hear_answer()
        session.knock()
        name = host.event("request")["name"]
        self.assertLessEqual(len(name), 64)
        self.assertIn("Eve", name)
        self.assertFalse(set(name) & set("\u202e\x1b\n\u2066"))


class Hosts(PeopleTest):
    """A terminal dials the second implementation."""

    def setUp(self):
        super().setUp()
        self.ann = self.person()
        self.bob = Identity()
        self.bob_id = kith_id(self.bob.key)

    def test_whoever_answers_at_a_typed_address_is_not_verified(self):
        host = self.answering(self.bob, name="Bob")
        caller = self.call(self.ann, host.port)
        connected = caller.event("connected", peer=self.bob_id)
        self.assertEqual((connected["name"], connected["secure"], connected["verified"]), ("Bob", True, False))
        for text in ("hello", "世界 🎉", "two\nlines"):
            caller.send(text=text)
            caller.event("message", peer=self.bob_id, text=text)
        self.assertEqual(caller.finish(), 0)
        self.assertEqual(host.result(), "goodbye: 0")

    def test_whoever_an_invite_names_is_verified(self):
        invite = texts.Invite([], self.bob.key, b"invite 1", b"sixteen secrets!", "Bob")
        host = self.answering(self.bob, policy=Policy(accept="known", invites={invite.id: invite.secret}))
        invite.addresses = [f"127.0.0.1:{host.port}"]
        caller = self.call(self.ann, texts.invite_link(invite))
        self.assertTrue(caller.event("connected", peer=self.bob_id)["verified"])
        caller.finish()

    def test_what_a_person_over_there_said_is_told(self):
        for answer, code in ((False, "not-let-in"), (None, "unanswered")):
            with self.subTest(code):
                host = self.answering(self.bob, policy=Policy(answer=lambda *_, a=answer: a, request=0.2))
                caller = self.call(self.ann, host.port)
                self.assert_ended(caller, code)
                self.assertEqual(caller.wait(), 1)

    def test_a_host_that_closes_without_a_word_is_told_so(self):
        host = self.answering(self.bob, policy=Policy(accept="known"))
        caller = self.call(self.ann, host.port)
        self.assert_ended(caller, "host-closed")
        self.assertEqual(caller.wait(), 1)

    def meet(self):
        """Ann has Bob as a contact, at an address where nobody is now."""
        host = self.answering(self.bob)
        caller = self.call(self.ann, host.port)
        caller.event("connected", peer=self.bob_id)
        caller.finish()
        host.close()

    def seen(self, policy):
        """What Ann's dials of a new address look like to Bob: the flags of each."""
        flags = []

        def serve(session):
            session.greet()
            flags.append(session.parts.flags)
            session.hear_auth()
            step = session.decide()
            if step == "recognise":
                return session.recognise()
            if step == "ask":
                session.ask()
            session.admit()
            session.hear()

        host = self.answering(self.bob, serve, policy)
        caller = self.call(self.ann, host.port)
        caller.event("connected", peer=self.bob_id)
        caller.finish()
        return flags

    def test_a_contact_that_is_recognised_is_dialled_again_by_name(self):
        self.meet()
        self.assertEqual(self.seen(Policy(contacts={self.ann.key})), [HOST_KEY_UNKNOWN, 0])

    def test_a_host_that_knows_us_and_whom_we_do_not_know_is_told_so(self):
        self.assertEqual(self.seen(Policy(contacts={self.ann.key})),
                         [HOST_KEY_UNKNOWN, HOST_KEY_UNKNOWN | NO_CONTACT_FITS])

    def test_a_contact_that_has_deleted_us_is_dialled_again_by_name(self):
        self.meet()
        self.assertEqual(self.seen(Policy(accept="all")), [HOST_KEY_UNKNOWN, 0])

    def test_the_safety_number_is_what_the_second_implementation_makes(self):
        self.meet()
        told = Answer(self.terminal("safety", self.bob_id, profile=self.ann.profile, json=False))
        self.assertEqual(told.status, 0, told.err)
        self.assertIn(texts.grouped(texts.safety_number(self.ann.key, self.bob.key)), " ".join(told.out.split()))

    def test_the_kith_id_is_what_the_second_implementation_makes(self):
        told = Answer(self.terminal("id", profile=self.ann.profile, json=False))
        self.assertEqual(told.status, 0, told.err)
        self.assertIn(self.ann.id, told.out)


class Programs(PeopleTest):
    """Two terminals that know each other."""

    def test_contacts_connect_without_a_question(self):
        ann, bob = self.acquainted()
        host, port = self.secure_host(bob, accept="known")
        caller = self.call(ann, port)
        caller.event("connected", peer=bob.id)
        host.event("connected", peer=ann.id)
        caller.send(text="hello")
        host.event("message", peer=ann.id, text="hello")
        self.assertEqual(caller.finish(), 0)
        self.assert_ended(host, "peer-closed", peer=ann.id)


if __name__ == "__main__":
    unittest.main(verbosity=2)
