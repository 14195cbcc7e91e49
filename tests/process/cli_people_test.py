#!/usr/bin/env python3
"""Who comes in, who a line goes to, and what reaches the terminal of whoever reads."""

import re
import unittest

from programs import name_of, read_all
from terminals import TerminalTest, read_until


class ComingIn(TerminalTest):
    def test_with_ask_a_request_is_told_and_accepted(self):
        host, port = self.host(accept="ask", json=False)
        peer = self.peer(port)
        peer.sendall(b"let me in\n")
        host.wait_err(b"A plain-text program at 127.0.0.1 wants to chat. /accept or /decline")
        host.wait_err("It has typed: “let me in".encode())
        self.assertEqual(host.out, b"")
        host.type("/accept")
        host.wait_out(b"let me in\n")
        host.type("welcome")
        self.assertEqual(read_until(peer, b"\n"), b"welcome\n")

    def test_a_silent_program_asks_too(self):
        host, port = self.host(accept="ask")
        peer = self.peer(port)
        host.event("request", peer=name_of(peer))

    def test_a_program_that_says_its_line_and_goes_is_heard_where_all_may_come_in(self):
        host, port = self.host()
        for i in range(20):
            peer = self.peer(port)
            peer.sendall(b"line %d" % i)
            peer.close()
            host.event("message", text=f"line {i}")
        self.assertEqual(host.finish(), 0)

    def test_a_declined_peer_gets_nothing_but_the_end(self):
        host, port = self.host(accept="ask")
        peer = self.peer(port)
        peer.sendall(b"let me in\n")
        host.event("request")
        host.send(decline=name_of(peer))
        self.assertEqual(read_all(peer), b"")
        self.assertEqual(host.event("closed", peer=name_of(peer))["reason"], "declined")

    def test_nothing_is_sent_to_a_peer_before_it_is_accepted(self):
        host, port = self.host(accept="ask", json=False)
        host.type("secret")
        peer = self.peer(port)
        peer.sendall(b"hello\n")
        host.wait_err(b"wants to chat")
        peer.settimeout(1)
        with self.assertRaises(TimeoutError):
            peer.recv(1)
        host.type("/accept 127.0.0.1")
        self.assertEqual(read_until(peer, b"\n"), b"secret\n")

    def test_with_several_requests_a_name_is_needed(self):
        host, port = self.host(accept="ask", json=False)
        peers = []
        for i in range(2):
            peers.append(self.peer(port))
            peers[i].sendall(b"from %d\n" % i)
            host.wait_err(b"from %d" % i)
        host.wait_err(b"/accept 127.0.0.1 (2)")
        host.type("/accept")
        host.wait_err(b"127.0.0.1, 127.0.0.1 (2)")
        self.assertEqual(host.out, b"")
        host.type("/accept 2")
        host.wait_out(b"from 1\n")
        self.assertNotIn(b"from 0", host.out)

    def test_an_answer_to_nobody_says_so(self):
        host, _ = self.host(accept="ask", json=False)
        host.type("/accept")
        host.wait_err(b"Nobody waits for an answer.")
        host.type("/decline ann")
        host.wait_err("“ann”".encode())

    def test_known_lets_no_plain_text_program_in(self):
        host, port = self.host(accept="known")
        peer = self.peer(port)
        peer.sendall(b"let me in\n")
        self.assertEqual(read_all(peer), b"")
        self.assertEqual(host.event("error")["code"], "plain-turned-away")
        self.assertFalse([each for each in host.all if each["event"] in ("request", "connected", "message")])

    def test_without_plain_a_plain_text_program_is_turned_away_and_told_of_once(self):
        host, port = self.host(plain=False)
        for _ in range(2):
            peer = self.peer(port)
            peer.sendall(b"let me in\n")
            self.assertEqual(read_all(peer), b"")
        self.assertEqual(host.event("error")["code"], "plain-turned-away")
        self.assertEqual(host.finish(), 0)
        host._parse()
        self.assertEqual([each["event"] for each in host.all].count("error"), 1)


class SeveralPeers(TerminalTest):
    def three(self, json):
        """A host and three peers that are in."""
        host, port = self.host(json=json)
        peers = []
        for i in range(3):
            peer = self.peer(port)
            peer.sendall(b"I am %d\n" % i)
            if json:
                host.event("message", peer=name_of(peer), text=f"I am {i}")
            else:
                host.wait_out(b"I am %d\n" % i)
            peers.append(peer)
        return host, peers

    def test_received_lines_bear_the_name_once_several_are_or_were_there(self):
        host, peers = self.three(json=False)
        self.assertEqual(host.out, b"I am 0\n127.0.0.1 (2): I am 1\n127.0.0.1 (3): I am 2\n")
        for peer in peers[1:]:
            peer.close()
        host.wait_err(b"127.0.0.1 (3)")
        peers[0].sendall(b"alone again\n")
        host.wait_out(b"127.0.0.1: alone again\n")

    def test_a_line_goes_to_the_one_who_is_chosen(self):
        host, peers = self.three(json=False)
        for words, to in (("", 0), ("/to 127.0.0.1 (2)", 1), (f"/to {name_of(peers[2])}", 2), ("/to 2", 1),
                          ("/to 127.0.0.1", 0), ("/to 3", 2)):
            if words:
                host.type(words)
            host.type(f"this is for {words}")
            self.assertEqual(read_until(peers[to], b"\n"), f"this is for {words}\n".encode())
        for peer in peers:
            peer.settimeout(0.2)
            with self.assertRaises(TimeoutError):
                peer.recv(1)

    def test_an_unknown_or_ambiguous_name_changes_nothing(self):
        host, peers = self.three(json=False)
        host.type("/to ann")
        host.wait_err("“ann”".encode())
        host.type("/to 127")
        host.wait_err("“127” fits several: 127.0.0.1, 127.0.0.1 (2), 127.0.0.1 (3)".encode())
        host.type("still for the first")
        self.assertEqual(read_until(peers[0], b"\n"), b"still for the first\n")

    def test_json_lines_name_their_peer(self):
        host, peers = self.three(json=True)
        for i, peer in enumerate(peers):
            host.send(to=name_of(peer), text=f"for {i}")
            self.assertEqual(read_until(peer, b"\n"), b"for %d\n" % i)
        host.send(to="127.0.0.1 (3)", text="by name")
        self.assertEqual(read_until(peers[2], b"\n"), b"by name\n")
        host.send(text="to the first")
        self.assertEqual(read_until(peers[0], b"\n"), b"to the first\n")
        host.send(to="127", text="to whom?")
        self.assertEqual(host.event("error")["code"], "unknown-peer")

    def test_a_line_for_one_who_has_gone_reaches_nobody_else(self):
        host, peers = self.three(json=False)
        peers[0].close()
        host.wait_err(b"127.0.0.1 is gone. Choose with /to NAME")
        host.type("for the first alone")
        host.wait_err(b"Nothing was sent.")
        host.type("/to 2")
        host.type("for the second")
        self.assertEqual(read_until(peers[1], b"\n"), b"for the second\n")
        peers[2].settimeout(0.2)
        with self.assertRaises(TimeoutError):
            peers[2].recv(1)

    def test_who_lists_them(self):
        host, peers = self.three(json=False)
        host.type("/who")
        for peer in peers:
            host.wait_err(name_of(peer).encode())
        host.wait_err(b"(gets what you type)")


class Harmless(TerminalTest):
    HOSTILE = bytes(range(256)) * 2 + "\u202e\u2066\u200b\ufeff\u2028\u061c".encode() + b"\x1b]0;owned\x07\x1b[2J"

    def check(self, text):
        shown = text.decode()  # valid UTF-8 alone
        self.assertIsNone(re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
                                    "\ufeff]", shown), repr(shown))

    def test_control_characters_of_a_peer_never_reach_the_terminal(self):
        listening, port = self.listener()
        guest = self.connect(port, json=False)
        connection = self.accepted(listening)
        connection.sendall(self.HOSTILE + b"\nlast line\n")
        guest.wait_out(b"last line\n")
        self.check(guest.out)
        self.assertIn(b"\\x1b]0;owned\\x07\\x1b[2J", guest.out)
        connection.close()
        guest.wait()
        self.check(guest.err)

    def test_control_characters_of_a_request_never_reach_the_terminal(self):
        host, port = self.host(accept="ask", json=False)
        peer = self.peer(port)
        peer.sendall(b"\x1b[2J\x1b]0;owned\x07\xe2\x80\xaeabc\n")
        host.wait_err(b"It has typed")
        host.type("/accept")
        host.wait_out(b"abc\n")
        self.check(host.err)
        self.check(host.out)

    def test_json_holds_no_raw_control_character(self):
        listening, port = self.listener()
        guest = self.connect(port)
        connection = self.accepted(listening)
        connection.sendall(b"\x1b[2J\x9b\x07\nlast\n")
        guest.event("message", text="last")
        for byte in guest.out.replace(b"\n", b""):
            self.assertGreaterEqual(byte, 0x20)
        self.assertIn("\x1b[2J", guest.all[1]["text"])  # and nothing of it is lost

    def test_a_log_holds_neither_names_nor_texts(self):
        log = self.path("log")
        host, port = self.host("--log", log)
        peer = self.peer(port)
        peer.sendall(b"a secret text\n")
        message = host.event("message")
        host.send(text="another secret")
        read_until(peer, b"\n")
        worker = [each for each in host.all if each["event"] == "connected"][0]["worker"]
        peer.close()
        host.event("closed")
        self.assertEqual(host.finish(), 0)
        with open(log, encoding="utf-8") as file:
            text = file.read()
        for secret in ("secret", "127.0.0.1", message["peer"].split(":")[1]):
            self.assertNotIn(secret, text)
        for kept in (f"listening port={port}", f"worker={worker}", "reason=peer-closed", "state=sent"):
            self.assertIn(kept, text)


if __name__ == "__main__":
    unittest.main()
