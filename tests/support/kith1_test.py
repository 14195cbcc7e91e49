"""kith/1's second implementation (kith1/) against itself: its initiator against its responder over loopback, and every
attack refused by it. What it says about src/ stands in tests/process/kith1_*_test.py."""

import os
import socket
import sys
import unittest

try:
    from kith1 import frames, hostile_caller, hostile_host, texts, tls, values
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else 77)
from kith1.attacks import carry_out
from kith1.initiator import Initiator, Recognised, dial
from kith1.relay import Impostor, Relay, Wire
from kith1.responder import Policy
from kith1.serving import Host, Listener
from kith1.values import HOST_KEY_UNKNOWN, Hello, Identity, Refused

LIMIT = 20.0


class Loopback(unittest.TestCase):
    def setUp(self):
        self.ann, self.bob = Identity(), Identity()

    def host(self, identity=None, **policy):
        host = Host(identity or self.bob, Policy(**policy))
        self.addCleanup(host.close)
        return host

    def dial(self, host, identity=None, **options):
        session = dial("127.0.0.1", host.port, identity or self.ann, **options)
        self.addCleanup(session.close)
        return session

    def refusal(self, host, **options):
        """Why Ann's side does not go on."""
        with self.assertRaises(Refused) as refused:
            self.dial(host, **options)
        return refused.exception.reason


class TwoThatTalk(Loopback):
    def test_a_contact_comes_in_and_texts_go_both_ways(self):
        host = self.host(contacts={self.ann.key})
        session = self.dial(host, expected=self.bob.key)
        self.assertEqual(session.peer_key, self.bob.key)
        for text in ("hello", "", "世界 🎉", "x" * frames.ENTRY_TEXT):
            session.say(text)
            self.assertEqual(session.hear().text, text)
        session.ping()
        session.goodbye()
        served = host.listener.result()
        self.assertIsNone(served.reason)
        self.assertEqual(served.session.peer_key, self.ann.key)
        self.assertEqual(served.session.peer_profile.name, "Python")

    def test_a_stranger_is_asked_about_and_let_in(self):
        asked = []
        host = self.host(answer=lambda key, name: asked.append((key, name)) or True)
        session = self.dial(host, name="Ann")
        self.assertTrue(session.waited)
        self.assertEqual(asked, [(self.ann.key, "Ann")])
        session.goodbye()
        self.assertIsNone(host.listener.result().reason)

    def test_a_stranger_is_declined_or_not_answered(self):
        self.assertEqual(self.refusal(self.host(answer=lambda *_: False)), "not-let-in")
        host = self.host(answer=lambda *_: None, request=0.2)
        self.assertEqual(self.refusal(host), "unanswered")
        self.assertEqual(host.listener.result().reason, "request-expired")

    def test_a_closed_host_and_a_blocked_key_hear_nothing(self):
        for policy, reason in (({"accept": "known"}, "not-let-in"), ({"blocked": {self.ann.key}}, "blocked")):
            host = self.host(**policy)
            self.assertEqual(self.refusal(host), "host-closed")
            served = host.listener.result()
            self.assertEqual(served.reason, reason)
            self.assertEqual([type_ for type_, _ in served.session.said], [frames.HELLO])

    def test_a_contact_at_an_unknown_address_is_recognised(self):
        host = self.host(contacts={self.ann.key})
        with self.assertRaises(Recognised) as known:
            self.dial(host)
        hint, exporter = known.exception.hint, known.exception.exporter
        self.assertEqual(hint, values.known_hint(self.bob.key, exporter))
        self.assertNotEqual(hint, values.known_hint(self.ann.key, exporter))
        self.dial(host, expected=self.bob.key).goodbye()

    def test_a_contact_that_was_deleted_over_there_is_asked_about(self):
        host = self.host(contacts={self.ann.key})
        self.assertTrue(self.dial(host, no_contact_fits=True).waited)

    def test_an_invite_lets_in_once_and_the_same_key_again(self):
        invite = (b"invite 1", b"sixteen secrets!")
        host = self.host(accept="known", invites=dict([invite]))
        for _ in range(2):
            self.dial(host, expected=self.bob.key, invite=invite).goodbye()
        for wrong in (invite, (invite[0], bytes(16)), (b"invite 2", invite[1])):
            self.assertEqual(self.refusal(host, identity=Identity(), expected=self.bob.key, invite=wrong),
                             "host-closed")

    def test_row22_a_changed_key_is_refused_before_anything_is_said(self):
        host = self.host(accept="all")
        with self.assertRaises(Refused) as refused:
            self.dial(host, expected=Identity().key)
        # The host refuses a signature that names another host, so it is told nothing and says nothing of itself.
        self.assertEqual(refused.exception.reason, "host-closed")
        self.assertEqual(host.listener.result().reason, "signature-wrong")

    def test_row20_one_who_dials_themselves_is_refused(self):
        host = self.host(accept="all")
        self.assertEqual(self.refusal(host, identity=self.bob), "host-closed")
        self.assertEqual(host.listener.result().reason, "own-key")

    def test_the_host_ends_what_takes_too_long(self):
        host = self.host(authentication=0.3, contacts={self.ann.key})
        target = hostile_caller.Target("127.0.0.1", host.port, self.bob.key, self.ann)
        for attack in [*hostile_caller.silent(), hostile_caller.dripping(0.05)]:
            with self.subTest(str(attack)):
                carry_out(attack, target.reach(attack.point))
                self.assertIn(host.listener.result().reason, ("silent", "peer-vanished"))


class InBetween(Loopback):
    def setUp(self):
        super().setUp()
        self.real = self.host(contacts={self.ann.key}, accept="known")

    def test_row18_recorded_bytes_are_of_no_use(self):
        with Wire(self.real.port) as wire:
            self.dial(wire, expected=self.bob.key).goodbye()
            self.assertIsNone(self.real.listener.result().reason)
            recorded = wire.listener.result()["up"]
        with socket.create_connection(("127.0.0.1", self.real.port), LIMIT) as again:
            again.sendall(recorded)
            again.settimeout(LIMIT)
            while again.recv(1 << 16):
                pass
        self.assertNotIn(self.real.listener.result().reason, (None, "silent"))

    def test_row18_a_recorded_auth_is_of_no_use(self):
        session = self.dial(self.real, expected=self.bob.key)
        recorded = next(payload for type_, payload in session.said if type_ == frames.AUTH_I)
        hello = session.own_hello
        session.goodbye()
        self.real.listener.result()
        again = Initiator(socket.create_connection(("127.0.0.1", self.real.port)), Identity(), hello=hello)
        again.greet()
        again.send(frames.AUTH_I, recorded)
        self.assertEqual(again.until_end()[0], [])
        again.close()
        self.assertEqual(self.real.listener.result().reason, "signature-wrong")

    def test_row19_a_relay_is_refused(self):
        with Relay(self.real.port) as relay:
            for expected in (self.bob.key, None):
                self.assertEqual(self.refusal(relay, expected=expected), "host-closed")
                self.assertEqual(self.real.listener.result().reason, "signature-wrong")

    def test_row21_a_relay_that_edits_hello_is_refused(self):
        def strip(direction, type_, payload):
            return [(type_, payload[:2] + bytes(4) + payload[6:] if type_ == frames.HELLO else payload)]

        with Relay(self.real.port, strip) as relay:
            self.assertEqual(self.refusal(relay, expected=self.bob.key, hello=Hello(features=1)), "host-closed")

    def test_row23_an_impostor_is_found_by_an_expected_key_alone(self):
        host = self.host(accept="all")
        with Impostor(host.port) as impostor:
            session = self.dial(impostor)  # an address was typed: this is what "not verified" means
            self.assertEqual(session.peer_key, impostor.identity.key)
            session.say("psst")
            self.assertEqual(session.hear().text, "psst")
            session.goodbye()
            self.assertEqual(impostor.overheard, ["psst"] * 2)
            # With a key that is expected, as an invite brings it, the impostor has nothing to answer.
            self.assertEqual(self.refusal(impostor, expected=self.bob.key), "host-closed")


class Attacks(Loopback):
    """Every attack is refused for the reason it gives, by the second implementation itself."""

    def test_a_host_refuses_every_attack(self):
        host = self.host(contacts={self.ann.key}, answer=lambda *_: None)
        target = hostile_caller.Target("127.0.0.1", host.port, self.bob.key, self.ann)
        for attack in hostile_caller.every(target, pings=20000, updates=100):
            with self.subTest(str(attack)):
                came, how = carry_out(attack, target.reach(attack.point, **attack.options))
                self.assertEqual(host.listener.result().reason, attack.reason)
                self.assertIn(how, ("closed", "cut", "reset", "alert"))
                if attack.reason in ("key-invalid", "signature-wrong", "own-key", "plain-turned-away"):
                    self.assertEqual(came, [])

    def test_a_caller_refuses_every_attack(self):
        for named in (False, True):
            for attack in hostile_host.every(named, pings=20000, updates=100):
                with self.subTest(f"{attack}, {'named' if named else 'typed'}"):
                    self.assertEqual(self.refusal_of_a_caller(attack, named), attack.reason)

    def refusal_of_a_caller(self, attack, named):
        def serve(connection):
            carry_out(attack, hostile_host.reach(connection, attack.point, self.bob, **attack.options))

        with Listener(serve) as listener:
            with self.assertRaises((Refused, tls.Ended)) as refused:
                session = self.dial(listener, expected=self.bob.key if named else None)
                while True:
                    session.hear()
            if "session" in locals():
                session.close()
            listener.result()
        return getattr(refused.exception, "reason", str(refused.exception))


class Values(unittest.TestCase):
    def test_row24_all_fourteen_keys_of_small_order_are_refused(self):
        keys = values.small_order_keys()
        self.assertEqual(len(set(keys)), 14)
        self.assertFalse(any(values.is_usable_key(key) for key in keys))
        self.assertFalse(any(values.is_usable_key(key) for key in values.non_canonical_keys()))
        self.assertTrue(all(values.is_usable_key(Identity().key) for _ in range(100)))

    def test_row24_openssl_takes_a_forged_signature_of_a_key_of_small_order(self):
        """Why is_usable_key() is there."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        neutral = values.small_order_keys()[2]
        Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"any message at all")
        self.assertFalse(values.verifies(neutral, b"any message at all", neutral + bytes(32)))

    def test_a_hello_is_forty_bytes_and_read_back(self):
        hello = Hello(1, 3, 0xA0B0C0D0, HOST_KEY_UNKNOWN)
        self.assertEqual(hello.encode()[:8], bytes.fromhex("0103a0b0c0d00100"))
        self.assertEqual(values.decode_hello(hello.encode(), "I"), hello)

    def test_a_key_and_its_kith_id_are_read_back_and_every_wrong_character_is_found(self):
        key = Identity().key
        text = texts.kith_id(key)
        self.assertEqual(texts.parse_kith_id(text.lower().replace("-", " ")), key)
        plain = text.replace("-", "")
        for i in range(len(plain)):
            for c in texts.ALPHABET.replace(plain[i], ""):
                with self.assertRaises(Refused):
                    texts.parse_kith_id(plain[:i] + c + plain[i + 1:])
            if plain[i:i + 2] != plain[i:i + 2][::-1]:
                with self.assertRaises(Refused):
                    texts.parse_kith_id(plain[:i] + plain[i:i + 2][::-1] + plain[i + 2:])

    def test_signals_published_safety_number_comes_out(self):
        alice = bytes.fromhex("0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868")
        bob = bytes.fromhex("05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b")
        self.assertEqual(texts.numeric_fingerprint(b"+14152222222", alice, b"+14153333333", bob),
                         "300354477692869396892869876765458257569162576843440918079131")

    def test_an_invite_is_read_back_and_every_change_is_found(self):
        invite = texts.Invite(["192.168.1.7:5188", "[2001:db8::1]:5188"], Identity().key, bytes(range(8)),
                              bytes(range(16)), "Änn & Bob")
        link = texts.invite_link(invite)
        self.assertEqual(texts.parse_invite(f" {link}\n"), invite)
        with self.assertRaises(Refused):
            texts.parse_invite(link.replace("192.168.1.7", "192.168.1.8"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
