"""Hostile callers against a real host: each refused with its reason, and the host goes on (threats rows 2, 3, 6, 18-21,
24)."""

import contextlib
import dataclasses
import socket
import subprocess
import threading
import time
import unittest

from kith1_people import PeopleTest, kith_id
from programs import LIMIT, eventually, require

from kith1 import frames, hostile_caller
from kith1.attacks import carry_out
from kith1.relay import Relay, Wire


class HostileCallers(PeopleTest):
    def setUp(self):
        super().setUp()
        self.bob = self.person()
        # All from one address, which is held off otherwise (flood_test.py); and no faster than a host starts workers.
        self.host_, self.port = self.secure_host(self.bob, "--no-penalties")
        self.friend_ = self.friend(self.host_, self.port, self.bob.key)
        self.target = hostile_caller.Target("127.0.0.1", self.port, self.bob.key, self.friend_)

    def events(self):
        """What was told of since, in order; connections that are open are waited for nowhere."""
        self.host_._parse()
        told, self.host_.events[:] = list(self.host_.events), []
        return told

    def assert_host_is_well(self):
        """The friend comes in, talks, and leaves."""
        session = self.stranger(self.port, self.friend_, expected=self.bob.key).run()
        session.say("still there?")
        self.host_.event("message", peer=kith_id(self.friend_.key), text="still there?")
        session.goodbye()
        self.assert_ended(self.host_, "peer-closed", peer=kith_id(self.friend_.key))

    def carry_out_all(self, attacks):
        for attack in attacks:
            began = time.monotonic()
            with self.subTest(str(attack)):
                came, how = carry_out(attack, self.target.reach(attack.point, **attack.options))
                self.assertNotEqual(how, "silent")
                if attack.point == "open":
                    self.assert_ended(self.host_, attack.reason, peer=kith_id(self.friend_.key))
                elif attack.point == "knocked" or attack.name == "KNOCK twice":
                    self.assert_ended(self.host_, attack.reason)
                if attack.point in ("secured", "greeted") and attack.name != "AUTH twice":  # whose first AUTH is right
                    self.assertLessEqual({type_ for type_, _ in came}, {frames.HELLO})
            eventually("the next may start", lambda began=began: time.monotonic() > began + 0.025)
        self.assert_host_is_well()

    def every(self, *points):
        return [attack for attack in hostile_caller.every(self.target) if attack.point in points]

    def test_rows_20_21_24_who_cannot_prove_who_they_are_hears_nothing(self):
        """HELLO and AUTH of every wrong kind: keys of small order, the host's own key, another session's signature,
        stripped features; and TLS of other kinds, and none."""
        self.carry_out_all(self.every("connected", "secured", "greeted"))
        told = [event for event in self.events() if event.get("peer") != kith_id(self.friend_.key)]
        self.assertEqual([event.get("code") for event in told], ["plain-turned-away"], "once for an address")

    def test_row2_who_waits_and_breaks_the_rules_is_dropped(self):
        """Nothing is told of one who has not knocked; of the others a request, and its end."""
        self.carry_out_all(self.every("waiting", "knocked"))
        told = [event for event in self.events() if event.get("peer") != kith_id(self.friend_.key)]
        self.assertEqual({event["event"] for event in told}, {"request"})

    def test_rows_2_and_6_who_is_let_in_and_breaks_the_rules_is_dropped(self):
        self.carry_out_all(self.every("admitted", "open"))
        self.assertEqual({event["event"] for event in self.events()}, {"connected"})

    def test_row18_a_replay_is_refused(self):
        ann = self.person()
        with Wire(self.port) as wire:
            caller = self.call(ann, wire.port)
            self.host_.event("request", peer=ann.id)
            self.host_.send(accept=ann.id)
            caller.event("connected")
            caller.finish()
            self.host_.event("connected", peer=ann.id)
            self.assert_ended(self.host_, "peer-closed", peer=ann.id)
            recorded = wire.recorded[-1]["up"]
        with socket.create_connection(("127.0.0.1", self.port), LIMIT) as again:
            again.sendall(recorded)
            again.settimeout(LIMIT)
            with contextlib.suppress(ConnectionResetError):
                while again.recv(1 << 16):
                    pass
        self.assert_host_is_well()
        self.assertEqual([event for event in self.events() if event.get("peer") == ann.id], [])

    def test_row18_a_recorded_auth_is_refused(self):
        session = self.target.reach("open")
        recorded = next(payload for type_, payload in session.said if type_ == frames.AUTH_I)
        session.goodbye()
        again = self.target.reach("greeted", hello=session.own_hello)
        again.send(frames.AUTH_I, recorded)
        self.assertEqual(again.until_end(), ([], "closed"))

    def test_row19_a_relay_is_refused(self):
        ann = self.person()
        self.stranger_becomes_contact(ann)
        with Relay(self.port) as relay:
            caller = self.call(ann, relay.port)
            # At an address that is not known Ann names nobody; Bob's host cannot verify what she signed.
            self.assert_ended(caller, "host-closed")
            self.assertEqual(caller.wait(), 1)
        self.assertEqual([event for event in self.events() if event.get("peer") == ann.id], [])

    def stranger_becomes_contact(self, person):
        caller = self.call(person, self.port)
        self.host_.event("request", peer=person.id)
        self.host_.send(accept=person.id)
        caller.event("connected")
        caller.finish()
        self.host_.event("connected", peer=person.id)
        self.assert_ended(self.host_, "peer-closed", peer=person.id)

    def test_row20_a_copy_of_this_very_profile_is_refused(self):
        session = self.stranger(self.port, self.bob.identity)
        session.greet()
        session.say_auth()
        self.assertEqual(session.until_end(), ([], "closed"))
        self.assert_host_is_well()

    def test_row3_who_does_not_go_on_is_closed_on_after_ten_seconds(self):
        steps = [*hostile_caller.silent(), hostile_caller.dripping(0.5)]
        took = {}

        def run(attack, source):
            began = time.monotonic()
            target = dataclasses.replace(self.target, source=source)  # four may come from one
            carry_out(attack, target.reach(attack.point, identity=self.friend_), limit=60)
            took[str(attack)] = time.monotonic() - began

        threads = [threading.Thread(target=run, args=(attack, f"127.0.2.{i + 1}"))
                   for i, attack in enumerate(steps) if attack.point != "admitted"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(len(took), len(threads))
        self.assertTrue(all(9 < seconds < 15 for seconds in took.values()), took)

    def test_row3_a_contact_comes_in_past_two_hundred_that_say_nothing(self):
        silent = []
        for i in range(200):
            silent.append(socket.create_connection(("127.0.0.1", self.port), LIMIT, (f"127.0.1.{i % 50 + 1}", 0)))
            if i % 3:
                silent[-1].sendall(hostile_caller.CUT_HELLO)
        began = time.monotonic()
        self.stranger(self.port, self.friend_, expected=self.bob.key).run()
        self.assertLess(time.monotonic() - began, 2)
        for each in silent:
            each.close()


class SeenFromOutside(PeopleTest):
    """What other programs find at a host's port (row 21)."""

    def setUp(self):
        super().setUp()
        self.host_, self.port = self.secure_host(self.person(), "--no-penalties")

    def s_client(self, *words):
        return subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.port}", *words],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)

    def test_row21_openssl_finds_tls_1_3_alone(self):
        require(self, "openssl")
        good = self.s_client("-tls1_3", "-alpn", "kith/1")
        self.assertIn("ALPN protocol: kith/1", good.stdout)
        self.assertIn("New, TLSv1.3", good.stdout)
        for version in ("-tls1_2", "-tls1_1", "-tls1"):
            bad = self.s_client(version, "-alpn", "kith/1", "-cipher", "ALL:@SECLEVEL=0")
            self.assertNotEqual(bad.returncode, 0, version)
            self.assertIn("Cipher is (NONE)", bad.stdout)

    def test_row21_sslscan_finds_tls_1_3_alone(self):
        require(self, "sslscan")
        # Four of one address may be at the door at once, and whoever is turned away there ends sslscan by SIGPIPE.
        found = subprocess.run(["sslscan", "--no-colour", "--sleep=60", f"127.0.0.1:{self.port}"], capture_output=True, text=True,
                               timeout=6 * LIMIT).stdout
        for line in ("SSLv2     disabled", "SSLv3     disabled", "TLSv1.0   disabled", "TLSv1.1   disabled",
                     "TLSv1.2   disabled", "TLSv1.3   enabled"):
            self.assertIn(line, found)


if __name__ == "__main__":
    unittest.main(verbosity=2)
