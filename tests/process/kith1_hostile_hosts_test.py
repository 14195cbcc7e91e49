"""Hostile hosts, and who sits in between, against a real caller: each refused with its reason and a sentence (threats
rows 2, 3, 6, 20-24)."""

import threading
import time
import unittest

from histories import Answer
from kith1_people import Identity, PeopleTest, Policy, echo, kith_id
from programs import LIMIT

from kith1 import frames, hostile_host
from kith1.attacks import carry_out
from kith1.relay import Impostor
from kith1.serving import Listener
from kith1.texts import Invite, invite_link


class HostileHosts(PeopleTest):
    def setUp(self):
        super().setUp()
        self.bob = Identity()
        self.serve = echo
        self.host_ = self.answering(self.bob, lambda session: self.serve(session))
        self.port = self.host_.port

    def attacking(self, attack):
        """What the host does from now on, to the first who dials; to others it says nothing."""
        def serve(session):
            self.serve = lambda later: later.tls.sock.close()
            for name, value in attack.options.items():
                assert name == "tls"
                session.tls = type(session.tls)(session.tls.sock, "R", value)
            session.deadline = None
            hostile_host.go_to(session, attack.point)
            carry_out(attack, session)

        self.serve = serve

    def refusal(self, person, attack, expected):
        self.attacking(attack)
        caller = self.call(person, self.port)
        code = self.assert_ended(caller, *expected)
        self.assertEqual(caller.wait(), 1 if attack.point not in ("open",) else caller.process.returncode)
        caller.end()
        return code

    def test_rows_2_6_20_21_24_somebody_new_is_refused_at_every_wrong_step(self):
        for attack in hostile_host.every(named=False):
            with self.subTest(str(attack)):
                self.refusal(self.person(), attack, [attack.reason])

    def test_rows_2_6_20_21_22_24_a_contact_is_refused_at_every_wrong_step(self):
        """A key of somebody else's, whatever is wrong with it, is a changed one first of all or no key at all."""
        for attack in hostile_host.every(named=True):
            with self.subTest(str(attack)):
                person = self.met()
                self.refusal(person, attack, [attack.reason])

    def met(self):
        """Somebody new to whom the host was fair."""
        person = self.person()
        self.serve = echo
        caller = self.call(person, self.port)
        caller.event("connected", peer=kith_id(self.bob.key))
        caller.finish()
        return person

    def test_row21_nothing_is_tried_in_the_clear(self):
        """A plain-text program at the address hears a ClientHello and nothing else, once."""
        heard = []

        def answer(connection):
            connection.settimeout(LIMIT)
            heard.append(connection.recv(1 << 16))
            connection.sendall(b"hello, this is no Kith\n")
            while more := connection.recv(1 << 16):
                heard.append(more)

        with Listener(answer) as listener:
            caller = self.call(self.person(), listener.port)
            self.assert_ended(caller, "not-kith")
            self.assertEqual(caller.wait(), 1)
            listener.result()
            self.assertTrue(listener.results.empty())
        self.assertEqual(heard[0][:1], b"\x16")
        self.assertTrue(all(more[:1] in b"\x15\x16" for more in heard), "an alert at the most")

    def test_row3_a_host_that_does_not_go_on_is_left_after_ten_seconds(self):
        took = {}

        def run(attack):
            def serve(session):
                session.deadline = None
                hostile_host.go_to(session, attack.point)
                return carry_out(attack, session, limit=60)

            host = self.answering(self.bob, serve)
            began = time.monotonic()
            caller = self.call(people[attack.point], host.port)
            self.assert_ended(caller, "host-closed", "no-answer", "peer-vanished", "tls-failed", "not-kith")
            took[attack.point] = time.monotonic() - began

        attacks = hostile_host.silent()
        people = {attack.point: self.person() for attack in attacks}
        threads = [threading.Thread(target=run, args=(attack,)) for attack in attacks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(len(took), len(attacks))
        self.assertTrue(all(9 < seconds < 15 for seconds in took.values()), took)


class ChangedKeys(PeopleTest):
    """Row 22: somebody else at the address of a contact."""

    def setUp(self):
        super().setUp()
        self.ann = self.person()
        self.bob, self.eve = Identity(), Identity()
        host = self.answering(self.bob)
        self.port = host.port
        caller = self.call(self.ann, self.port)
        caller.event("connected", peer=kith_id(self.bob.key))
        caller.finish()
        host.close()

    def eve_hosts(self):
        seen = []

        def serve(session):
            seen.append(session)
            session.run()
            session.until_end(limit=LIMIT)

        return self.answering(self.eve, serve, Policy(accept="all"), port=self.port), seen

    def test_row22_a_changed_key_stops_the_contact_and_nothing_is_said_to_it(self):
        host, seen = self.eve_hosts()
        caller = self.call(self.ann, self.port)
        self.assert_ended(caller, "key-changed")
        self.assertEqual(caller.wait(), 1)
        for session in seen:
            self.assertEqual({type_ for type_, _ in session.heard} - {frames.HELLO, frames.AUTH_I}, set())
        host.close()
        before = len(seen)
        caller = self.call(self.ann, self.port)
        self.assert_ended(caller, "key-changed")
        self.assertEqual(len(seen), before, "a contact that is stopped is not dialled again")

    def test_row22_both_safety_numbers_can_be_had(self):
        self.eve_hosts()
        self.assert_ended(self.call(self.ann, self.port), "key-changed")
        told = Answer(self.terminal("safety", kith_id(self.bob.key), profile=self.ann.profile, json=False))
        self.assertEqual(told.status, 0, told.err)


class Impostors(PeopleTest):
    """Row 23: one with a key of their own between two at their first contact."""

    def setUp(self):
        super().setUp()
        self.ann, self.bob = self.person(), self.person()
        self.host_, self.port = self.secure_host(self.bob, accept="all")
        self.impostor = Impostor(self.port)
        self.addCleanup(self.impostor.close)

    def test_row23_at_a_typed_address_an_impostor_is_marked_as_not_verified(self):
        caller = self.call(self.ann, self.impostor.port)
        connected = caller.event("connected", peer=kith_id(self.impostor.identity.key))
        self.assertFalse(connected["verified"])
        self.assertFalse(self.host_.event("connected", peer=kith_id(self.impostor.identity.key))["verified"])

    def test_row23_an_invite_never_leads_to_an_impostor(self):
        invite, _ = self.invite(self.host_, self.port)
        invite.addresses = [f"127.0.0.1:{self.impostor.port}"]
        caller = self.call(self.ann, invite_link(Invite(**vars(invite))))
        self.assert_ended(caller, "key-changed", "host-closed")
        self.assertEqual(caller.wait(), 1)
        self.assertEqual([event for event in caller.all if event["event"] == "connected"], [])
        self.assertEqual(self.impostor.overheard, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
