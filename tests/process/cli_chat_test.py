#!/usr/bin/env python3
"""Two terminals, with real workers: lines, events, ends."""

import fcntl
import os
import pty
import signal
import socket
import termios
import unittest

from programs import LIMIT, alive, eventually, memory, name_of, read_all, workers
from terminals import SANITIZED, TerminalTest, read_until


class Lines(TerminalTest):
    def test_a_line_goes_each_way_between_two_people(self):
        host, port = self.host(json=False)
        guest = self.connect(port, json=False)
        guest.type("hello, host")
        host.wait_out(b"hello, host\n")
        host.type("hello, guest")
        guest.wait_out(b"hello, guest\n")
        self.assertEqual(guest.finish(), 0)
        host.wait_err(b"ended")
        self.assertEqual(host.finish(), 0)
        self.assertEqual(host.out, b"hello, host\n")
        self.assertEqual(guest.out, b"hello, guest\n")

    def test_every_event_has_the_shape_that_is_documented(self):
        host, port = self.host(accept="ask")
        guest = self.connect(port)
        there = guest.event("connected")
        self.assertEqual(list(there), ["event", "peer", "name", "secure", "verified", "worker", "sandbox"])
        self.assertEqual((there["peer"], there["name"]), (f"127.0.0.1:{port}", "127.0.0.1"))
        self.assertEqual((there["secure"], there["verified"]), (False, False))
        self.assertEqual(workers(guest.process.pid), [there["worker"]])
        guest.send(text="may I?")
        asks = host.event("request")
        self.assertEqual(list(asks), ["event", "peer", "name"])
        host.send(accept=asks["peer"])
        here = host.event("connected", peer=asks["peer"])
        self.assertIn(here["worker"], workers(host.process.pid))
        message = host.event("message")
        self.assertEqual(list(message), ["event", "peer", "name", "id", "time", "text"])
        self.assertEqual((message["peer"], message["text"]), (asks["peer"], "may I?"))
        self.assertRegex(message["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$")
        self.assertRegex(message["id"], r"^[0-9a-f]{32}$")
        states = [guest.event("state") for _ in range(2)]
        self.assertEqual([list(each) for each in states], [["event", "id", "state"]] * 2)
        self.assertEqual([each["state"] for each in states], ["waiting", "sent"])
        self.assertEqual(states[0]["id"], states[1]["id"])
        self.assertEqual(guest.finish(), 0)
        closed = host.event("closed")
        self.assertEqual(list(closed), ["event", "peer", "reason", "text"])
        self.assertEqual((closed["peer"], closed["reason"]), (asks["peer"], "peer-closed"))
        self.assertTrue(closed["text"])
        self.assertEqual(guest.event("closed")["reason"], "stopped-by-us")
        self.assertEqual(host.finish(), 0)

    def test_listening_tells_port_and_addresses(self):
        host = self.terminal("host", "--port", "0", "--plain")
        event = host.event("listening")
        self.assertEqual(list(event), ["event", "port", "addresses", "invite"])
        self.assertTrue(event["invite"].startswith("kith://"))
        for address in event["addresses"]:
            self.assertRegex(address, rf":{event['port']}$")
        self.assertEqual(host.finish(), 0)

    def test_names_of_messages_are_unique(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        host.event("connected")
        for i in range(20):
            guest.send(text=f"{i}")
            host.send(text=f"{i}")
        mine = {host.event("state", state="waiting")["id"] for _ in range(20)}
        theirs = {host.event("message")["id"] for _ in range(20)}
        self.assertEqual(len(mine | theirs), 40)

    def test_a_text_of_several_lines_goes_as_several_lines(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        guest.send(text="one\ntwo\n\nfour")
        self.assertEqual([host.event("message")["text"] for _ in range(4)], ["one", "two", "", "four"])

    def test_any_text_arrives_as_it_was_written(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        texts = ["", " ", "  spaces  ", "\t", "grüß Gott", "你好", "😀" * 100, "\u202e\u200b\x1b[2J",
                 "x" * 65536, "é" * 32768, "/quit", "//", '{"text":"x"}', "a\\nb"]
        for text in texts:
            guest.send(text=text)
            self.assertEqual(host.event("message")["text"], text)

    def test_a_text_over_the_limit_is_refused_and_the_next_one_goes(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        guest.send(text="x" * 65537)
        self.assertEqual(guest.event("error")["code"], "text-too-long")
        guest.type(b'{"text":"' + b"x" * 2_000_000 + b'"}')
        self.assertEqual(guest.event("error")["code"], "text-too-long")
        guest.send(text="short")
        self.assertEqual(host.event("message")["text"], "short")
        self.assertEqual(guest.finish(), 1)  # something was not sent

    def test_a_typed_line_over_the_limit_is_refused_and_the_next_one_goes(self):
        host, port = self.host(json=False)
        guest = self.connect(port, json=False)
        guest.type("y" * 65537)
        guest.type("z" * 65536)
        host.wait_out(b"z" * 65536 + b"\n")
        guest.wait_err(b"64 KiB")
        self.assertNotIn(b"y", host.out)
        self.assertEqual(guest.finish(), 1)

    def test_a_line_that_begins_with_a_slash_is_a_command(self):
        host, port = self.host(json=False)
        guest = self.connect(port, json=False)
        guest.wait_err(b"plain text")
        for line in ("/help", "/who", "/nonsense", "//usr/bin", "done"):
            guest.type(line)
        host.wait_out(b"done\n")
        self.assertEqual(host.out, b"/usr/bin\ndone\n")
        guest.wait_err(b"/decline [NAME]")
        guest.wait_err(b"127.0.0.1:%d" % port)
        guest.wait_err(b"/nonsense")
        guest.type("/quit")
        self.assertEqual(guest.wait(), 0)

    def test_what_is_not_understood_is_an_error_and_nothing_is_sent(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        for line in ("hello", "{}", '{"text":1}', "[]", "", '{"to":"x"}'):
            guest.type(line)
            self.assertEqual(guest.event("error")["code"], "usage-error")
        guest.send(to="nobody", text="x")
        self.assertEqual(guest.event("error")["code"], "unknown-peer")
        guest.send(accept="nobody")
        self.assertEqual(guest.event("error")["code"], "unknown-peer")
        guest.send(text="the first")
        self.assertEqual(host.event("message")["text"], "the first")

    def test_lines_typed_before_anybody_is_there_wait_for_the_first(self):
        host, port = self.host(json=False)
        host.type("are you there?")
        host.type("hello?")
        host.wait_err(b"waits for the first who comes")
        guest = self.connect(port)
        self.assertEqual([guest.event("message")["text"] for _ in range(2)], ["are you there?", "hello?"])

    def test_what_is_typed_after_a_peer_has_gone_goes_to_nobody(self):
        host, port = self.host()
        first = self.connect(port)
        host.event("connected")
        self.assertEqual(first.finish(), 0)
        host.event("closed")
        host.send(text="for the first alone")
        self.assertEqual(host.event("error")["code"], "not-connected")
        second = self.connect(port)
        host.event("connected")
        host.send(text="for the second")
        self.assertEqual(second.event("message")["text"], "for the second")


class Amounts(TerminalTest):
    def piped(self, size):
        """Lines of many lengths, each unlike the others."""
        text = bytearray()
        number = 0
        while len(text) < size:
            text += b"%06d %s\n" % (number, b"." * (number % 400))
            number += 1
        return bytes(text)

    def test_200_kilobytes_piped_into_connect_arrive_whole(self):
        text = self.piped(200_000)
        listening, port = self.listener()
        guest = self.connect(port, json=False)
        connection = self.accepted(listening)
        guest.process.stdin.write(text)
        guest.close_input()
        self.assertEqual(read_all(connection), text)
        connection.close()
        self.assertEqual(guest.wait(), 0)

    def test_200_kilobytes_piped_into_host_arrive_whole(self):
        text = self.piped(200_000)
        host, port = self.host(json=False)
        host.process.stdin.write(text)
        host.close_input()
        self.assertEqual(read_all(self.peer(port)), text)
        self.assertEqual(host.wait(), 0)

    def test_a_file_as_input_arrives_whole(self):
        text = self.piped(3_000_000)
        with open(self.path("input"), "wb") as file:
            file.write(text)
        listening, port = self.listener()
        with open(self.path("input"), "rb") as file:
            guest = self.connect(port, json=False, stdin=file)
        self.assertEqual(read_all(self.accepted(listening)), text)
        self.assertEqual(guest.wait(), 0)

    def test_two_megabytes_received_come_out_whole(self):
        text = self.piped(2_000_000)
        listening, port = self.listener()
        guest = self.connect(port, json=False)
        connection = self.accepted(listening)
        connection.sendall(text)
        connection.close()
        self.assertEqual(guest.wait(), 0)
        self.assertEqual(guest.out, text)

    def test_a_large_file_is_not_read_into_memory_for_a_peer_that_does_not_read(self):
        with open(self.path("input"), "wb") as file:
            for _ in range(64):
                file.write((b"x" * 1023 + b"\n") * 1024)
        listening, port = self.listener()
        with open(self.path("input"), "rb") as file:
            guest = self.connect(port, json=False, stdin=file)
            self.accepted(listening)
            position = [-1]

            def stopped():
                now = os.lseek(file.fileno(), 0, os.SEEK_CUR)  # shared with the terminal
                same = now == position[0] and now > 0
                position[0] = now
                return same and self.idle(guest.process.pid)

            eventually("the terminal stops reading", stopped)
            self.assertLess(position[0], 32 << 20)
        self.check_memory(guest)

    def check_memory(self, terminal):
        if not SANITIZED:
            self.assertLess(memory(terminal.process.pid), 64 << 10)

    def idle(self, pid):
        """It sleeps, and has used no processor time for a moment."""
        def used():
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return fields[0], fields[11], fields[12]

        before = used()
        for _ in range(20):
            os.sched_yield()
            if used() != before or before[0] != "S":
                return False
        return True

    def test_a_reader_that_stops_makes_the_peer_wait_and_loses_nothing(self):
        text = self.piped(24_000_000)
        reading, writing = os.pipe()
        listening, port = self.listener()
        guest = self.connect(port, json=False, stdout=writing)
        os.close(writing)
        connection = self.accepted(listening)
        connection.settimeout(2)
        sent = 0
        with self.assertRaises(TimeoutError):  # it is made to wait
            while sent < len(text):
                sent += connection.send(text[sent:sent + 65536])
        self.check_memory(guest)
        got = bytearray()
        connection.settimeout(LIMIT)
        while len(got) < sent and (piece := os.read(reading, 1 << 20)):
            got += piece
        connection.close()
        while piece := os.read(reading, 1 << 20):
            got += piece
        os.close(reading)
        self.assertEqual(bytes(got), text[:sent] + (b"" if text[sent - 1:sent] == b"\n" else b"\n"))
        self.assertEqual(guest.wait(), 0)


class OnATerminal(TerminalTest):
    """As a person has it: standard input and output are one terminal, with its own keys."""

    def setUp(self):
        super().setUp()
        self.listening, port = self.listener()
        self.person, terminal = pty.openpty()
        self.addCleanup(os.close, self.person)
        # Its controlling terminal, so that Ctrl+C is a signal.
        self.guest = self.connect(port, json=False, stdin=terminal, stdout=terminal,
                                  preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(terminal)
        self.connection = self.accepted(self.listening)
        self.guest.wait_err(b"plain text")

    def shown(self, text):
        got = b""
        while text not in got:
            got += os.read(self.person, 4096)
        return got

    def test_lines_go_each_way(self):
        os.write(self.person, b"typed\n")
        self.assertEqual(read_until(self.connection, b"\n"), b"typed\n")
        self.connection.sendall(b"\x1b[2Jreceived\n")
        self.assertNotIn(b"\x1b", self.shown(b"\\x1b[2Jreceived"))

    def test_the_end_of_input_key_ends_it(self):
        os.write(self.person, b"typed\n\x04")
        self.assertEqual(read_all(self.connection), b"typed\n")
        self.assertEqual(self.guest.wait(), 0)

    def test_the_interrupt_key_ends_it_well(self):
        os.write(self.person, b"last words\n")
        os.write(self.person, b"\x03")
        self.assertIn(read_all(self.connection), (b"", b"last words\n"))  # typed at the same moment
        self.assertEqual(self.guest.wait(), 0)
        self.assertIn(b"You disconnected.", self.guest.err)

    def test_the_keys_of_the_terminal_do_not_reach_the_worker(self):
        worker = workers(self.guest.process.pid)[0]
        self.assertNotEqual(os.getsid(worker), os.getsid(self.guest.process.pid))


class Ends(TerminalTest):
    def test_end_of_input_ends_connect_once_all_is_sent(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.send(text="last words")
        self.assertEqual(guest.finish(), 0)
        self.assertEqual(host.event("message")["text"], "last words")
        self.assertEqual(host.event("closed")["reason"], "peer-closed")

    def test_end_of_input_ends_every_conversation_of_a_host(self):
        host, port = self.host()
        guests = [self.connect(port) for _ in range(3)]
        for _ in guests:
            host.event("connected")
        self.assertEqual(host.finish(), 0)
        for guest in guests:
            self.assertEqual(guest.event("closed")["reason"], "peer-closed")
            self.assertEqual(guest.wait(), 0)

    def test_end_of_input_waits_for_the_first_peer_where_lines_wait(self):
        host, port = self.host(json=False)
        host.type("for whoever comes")
        host.close_input()
        self.assertEqual(read_all(self.peer(port)), b"for whoever comes\n")
        self.assertEqual(host.wait(), 0)

    def test_lines_for_whom_nobody_can_come_are_told_of(self):
        host, _ = self.host(accept="ask", json=False)
        host.type("for nobody")
        self.assertEqual(host.finish(), 1)  # nobody could be let in any more
        self.assertIn(b"not sent", host.err.lower())

    def test_no_input_at_all_ends_at_once(self):
        for options in ({"stdin": open(os.devnull, "rb")}, {"stdin": None, "close": 0}):
            close = options.pop("close", None)
            if close is not None:
                options["preexec_fn"] = lambda: os.close(0)
            host, _ = self.host(**options)
            self.assertEqual(host.wait(), 0)
            listening, port = self.listener()
            guest = self.connect(port, **options)
            self.assertEqual(read_all(self.accepted(listening)), b"")
            self.assertEqual(guest.wait(), 0)
            if options["stdin"]:
                options["stdin"].close()

    def test_closed_standard_output_takes_no_other_descriptor(self):
        listening, port = self.listener()
        guest = self.connect(port, json=False, stdout=None, stderr=None,
                             preexec_fn=lambda: (os.close(1), os.close(2)))
        connection = self.accepted(listening)
        connection.sendall(b"into nothing\n")
        guest.type("still talking")
        self.assertEqual(read_until(connection, b"\n"), b"still talking\n")
        self.assertEqual(guest.finish(), 0)

    def test_a_reader_that_goes_ends_it_well(self):
        reading, writing = os.pipe()
        listening, port = self.listener()
        guest = self.connect(port, json=False, stdout=writing)
        os.close(writing)
        connection = self.accepted(listening)
        os.close(reading)
        connection.sendall(b"into a closed pipe\n")
        self.assertEqual(read_all(connection), b"")
        self.assertEqual(guest.wait(), 0)

    def test_the_peer_that_goes_ends_connect(self):
        listening, port = self.listener()
        guest = self.connect(port)
        connection = self.accepted(listening)
        guest.event("connected")
        connection.sendall(b"bye")
        connection.close()
        self.assertEqual(guest.event("message")["text"], "bye")
        self.assertEqual(guest.event("closed")["reason"], "peer-closed")
        self.assertEqual(guest.wait(), 0)

    def test_interrupt_and_terminate_end_it_well(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            host, port = self.host()
            guest = self.connect(port)
            guest.event("connected")
            host.event("connected")
            guest.signal(number)
            self.assertEqual(guest.event("closed")["reason"], "stopped-by-us")
            self.assertEqual(guest.wait(), 0)
            self.assertEqual(host.event("closed")["reason"], "peer-closed")
            host.signal(number)
            self.assertEqual(host.wait(), 0)

    def test_interrupt_ends_it_while_its_reader_does_not_read(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        listening, port = self.listener()
        guest = self.connect(port, json=False, stdout=writing)
        os.close(writing)
        connection = self.accepted(listening)
        connection.settimeout(2)
        with self.assertRaises(TimeoutError):
            while True:
                connection.send(b"x" * 1023 + b"\n")
        worker = workers(guest.process.pid)[0]
        guest.signal(signal.SIGINT)
        eventually("its worker ends", lambda: not alive(worker))
        guest.signal(signal.SIGINT)  # its output is full: the second one ends it at once
        self.assertEqual(guest.wait(), -signal.SIGINT)

    def test_a_crash_of_the_worker_is_told_and_is_exit_status_1(self):
        host, port = self.host()
        guest = self.connect(port)
        worker = guest.event("connected")["worker"]
        host.event("connected")
        os.kill(worker, signal.SIGKILL)
        self.assertEqual(guest.event("closed")["reason"], "worker-crashed")
        self.assertEqual(guest.wait(), 1)
        self.assertIn(host.event("closed")["reason"], ("peer-closed", "peer-vanished"))

    def test_no_worker_stays_when_the_terminal_is_killed(self):
        host, port = self.host()
        guest = self.connect(port)
        guest.event("connected")
        host.event("connected")
        left = workers(host.process.pid)
        self.assertEqual(len(left), 2)
        host.signal(signal.SIGKILL)
        host.wait()
        eventually("the workers go", lambda: not any(alive(each) for each in left))

    def test_once_ends_with_the_first_conversation(self):
        host, port = self.host("--once")
        guest = self.connect(port)
        guest.event("connected")
        host.event("connected")
        eventually("the door is closed", lambda: self.refused(port))
        self.assertEqual(guest.finish(), 0)
        self.assertEqual(host.event("closed")["reason"], "peer-closed")
        self.assertEqual(host.wait(), 0)

    def refused(self, port):
        try:
            socket.create_connection(("127.0.0.1", port), LIMIT).close()
        except ConnectionRefusedError:
            return True
        return False

    def test_once_does_not_end_with_a_request_that_went_away(self):
        host, port = self.host("--once", accept="ask")
        gone = self.peer(port)
        gone.sendall(b"hello\n")
        host.event("request", peer=name_of(gone))
        gone.close()
        host.event("closed")
        stays = self.peer(port)
        stays.sendall(b"hello\n")
        host.event("request", peer=name_of(stays))
        host.send(accept=name_of(stays))
        host.event("message", text="hello")
        stays.close()
        self.assertEqual(host.wait(), 0)


if __name__ == "__main__":
    unittest.main()
