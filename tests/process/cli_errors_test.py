#!/usr/bin/env python3
"""What cannot be done: the sentence, the code and the exit status of each."""

import json
import os
import signal
import socket
import unittest

from programs import LIMIT, eventually, read_all
from terminals import KITH_CLI, TerminalTest, read_until


class Usage(TerminalTest):
    def run_words(self, *words):
        program = self.program(KITH_CLI, *words, stdin=None)
        status = program.wait()
        return status, program.out.decode(), program.err.decode()

    def test_what_is_not_understood_is_exit_status_2(self):
        for words in ([], ["fetch"], ["host", "--fast"], ["host", "--port", "x"], ["connect"],
                      ["host", "--accept-files", "/tmp"], ["connect", "a", "b"], ["host", "--accept=some"]):
            status, out, err = self.run_words(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertRegex(err, r"^kith-cli: .+\n.*--help")

    def test_with_json_a_mistake_is_an_event_too(self):
        status, out, _ = self.run_words("host", "--json", "--fast")
        self.assertEqual(status, 2)
        event = json.loads(out)
        self.assertEqual((event["event"], event["code"]), ("error", "usage-error"))
        self.assertIn("--fast", event["text"])

    def test_help_and_version_go_to_standard_output(self):
        for words, text in ((["--help"], "kith-cli host --help"), (["host", "--help"], "--once"),
                            (["connect", "--help"], "connect ADDRESS"), (["--version"], "kith-cli ")):
            status, out, err = self.run_words(*words)
            self.assertEqual((status, err), (0, ""))
            self.assertIn(text, out)
            self.assertLessEqual(max(map(len, out.splitlines())), 110)

    def test_a_log_that_cannot_be_written_is_told(self):
        status, out, err = self.run_words("--profile", self.profile(), "--log", self.folder, "host")
        self.assertEqual((status, out), (1, ""))
        self.assertIn(self.folder, err)

    def test_a_profile_that_cannot_be_used_is_told(self):
        with open(self.path("file"), "w", encoding="ascii"):
            pass
        status, out, _ = self.run_words("--profile", self.path("file"), "host", "--json")
        self.assertEqual(status, 1)
        self.assertEqual(json.loads(out)["code"], "profile-unusable")


class Connecting(TerminalTest):
    def test_a_program_that_speaks_plain_text_is_no_kith_and_plain_is_named(self):
        for json_ in (True, False):
            listening, port = self.listener()
            guest = self.terminal("connect", f"127.0.0.1:{port}", json=json_)
            self.accepted(listening).sendall(b"hello, I am no Kith\n")
            self.assertEqual(guest.wait(), 1)
            if json_:
                self.assertEqual(guest.event("error")["code"], "not-kith")
            else:
                self.assertIn(b"--plain chooses it.", guest.err)
                self.assertEqual(guest.out, b"")

    def test_without_plain_nothing_goes_out_in_the_clear(self):
        listening, port = self.listener()
        guest = self.terminal("connect", f"127.0.0.1:{port}")
        guest.send(text="for Kith alone")
        connection = self.accepted(listening)
        first = connection.recv(1 << 16)
        self.assertEqual(first[:1], b"\x16")
        connection.sendall(b"hello, I am no Kith\n")
        self.assertEqual(guest.wait(), 1)
        self.assertNotIn(b"for Kith alone", first + read_all(connection))

    def test_each_failure_has_its_code(self):
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        for address, code in ((f"127.0.0.1:{port}", "connection-refused"), ("999.1.1.1", "address-invalid"),
                              ("a b", "address-invalid"), ("host:99999", "address-invalid")):
            guest = self.terminal("connect", address, "--plain")
            event = guest.event("error")
            self.assertEqual(event["code"], code, address)
            self.assertTrue(event["text"])
            self.assertEqual(guest.wait(), 1)

    def test_a_refusal_names_address_and_port(self):
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        guest = self.connect(port, json=False)
        self.assertEqual(guest.wait(), 1)
        self.assertIn(f"127.0.0.1 answered, but nothing accepts connections on port {port}.".encode(), guest.err)

    def test_sentences_are_in_the_language_of_the_person(self):
        environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": ""}
        guest = self.terminal("connect", "127.0.0.1:1", json=False, env=environment)
        self.assertEqual(guest.wait(), 1)
        self.assertRegex(guest.err.decode(), "[\u4e00-\u9fff]{4}")

    def test_an_attempt_that_is_interrupted_could_not(self):
        # The queue of this listener is full: nobody answers.
        listening, port = self.listener(backlog=0)
        self.addCleanup(listening.close)
        filling = []
        for _ in range(8):
            each = socket.socket()
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
            self.addCleanup(each.close)
            filling.append(each)
        guest = self.connect(port, json=False)
        guest.wait_err(b"Connecting to 127.0.0.1")
        guest.signal(signal.SIGINT)
        self.assertEqual(guest.wait(), 1)

    def test_the_address_can_come_from_standard_input(self):
        listening, port = self.listener()
        guest = self.terminal("connect", "-", "--plain", json=False)
        guest.type(f" 127.0.0.1:{port} ")
        guest.type("the second line is a message")
        self.assertEqual(read_until(self.accepted(listening), b"\n"), b"the second line is a message\n")
        self.assertEqual(guest.finish(), 0)

    def test_no_address_on_standard_input_is_an_error(self):
        guest = self.terminal("connect", "-", "--plain")
        guest.close_input()
        self.assertEqual(guest.event("error")["code"], "address-invalid")
        self.assertEqual(guest.wait(), 1)

    def test_a_line_that_was_not_sent_is_exit_status_1(self):
        listening, port = self.listener()
        guest = self.connect(port)
        connection = self.accepted(listening)
        guest.event("connected")
        block = "x" * 65536
        for _ in range(64):
            guest.send(text=block)
        guest.event("state", state="waiting")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()  # a reset: what was on its way is lost
        self.assertEqual(guest.wait(), 1)
        failed = [each for each in guest.all if each.get("state") == "failed"]
        guest._parse()
        failed = [each for each in guest.all if each.get("state") == "failed"]
        self.assertTrue(failed)
        self.assertEqual({each["why"] for each in failed}, {guest.event("closed")["reason"]})


class Hosting(TerminalTest):
    def test_what_the_system_refused_is_told_in_its_own_words(self):
        # No route leads to this address of IPv6 without a scope.
        guest = self.terminal("connect", "[fe80::1]:5188", "--plain", json=False)
        self.assertEqual(guest.wait(), 1)
        self.assertRegex(guest.err, rb"Details: connect-failed: .+ \(\d+\)")

    def check_taken(self, port):
        host = self.terminal("host", "--port", str(port), "--plain")
        event = host.event("error")
        self.assertEqual(event["code"], "port-taken")
        self.assertIn(str(port), event["text"])
        self.assertEqual(host.wait(), 1)

    def test_a_port_that_another_program_holds_is_named(self):
        _, port = self.listener()
        self.check_taken(port)

    def test_a_port_that_is_listened_on_without_reuse_is_named(self):
        holder = socket.socket()
        self.addCleanup(holder.close)
        holder.bind(("0.0.0.0", 0))
        holder.listen()
        self.check_taken(holder.getsockname()[1])

    def test_a_port_that_is_listened_on_with_reuse_is_named(self):
        holder = socket.socket()
        self.addCleanup(holder.close)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("0.0.0.0", 0))
        holder.listen()
        self.check_taken(holder.getsockname()[1])

    def test_a_port_that_is_listened_on_over_ipv6_alone_is_named(self):
        holder = socket.socket(socket.AF_INET6)
        self.addCleanup(holder.close)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        holder.bind(("::", 0))
        holder.listen()
        self.check_taken(holder.getsockname()[1])

    def test_two_terminals_cannot_host_on_one_port(self):
        _, port = self.host()
        self.check_taken(port)

    def test_a_port_is_free_again_at_once_with_connections_in_time_wait(self):
        host, port = self.host()
        for _ in range(3):
            peers = [self.peer(port) for _ in range(4)]  # as many as one address may have
            for peer in peers:
                peer.sendall(b"hello\n")
                host.event("message", text="hello")
            host.signal(signal.SIGTERM)  # this end closes first: TIME_WAIT is here
            for peer in peers:
                self.assertEqual(read_all(peer), b"")
                peer.close()
            self.assertEqual(host.wait(), 0)
            self.assertTrue(self.in_time_wait(port))
            host, again = self.host(port=port)
            self.assertEqual(again, port)
        self.assertEqual(host.finish(), 0)

    def in_time_wait(self, port):
        for name in ("tcp", "tcp6"):
            with open(f"/proc/net/{name}", encoding="ascii") as file:
                for line in file.readlines()[1:]:
                    fields = line.split()
                    if int(fields[1].rsplit(":", 1)[1], 16) == port and fields[3] == "06":
                        return True
        return False

    def test_both_ipv6_and_ipv4_are_served(self):
        host, port = self.host()
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with socket.socket(family) as peer:
                peer.settimeout(LIMIT)
                peer.connect((address, port))
                peer.sendall(b"hello\n")
                shown = f"[{address}]" if ":" in address else address
                host.event("message", peer=f"{shown}:{peer.getsockname()[1]}")


class OneProfile(TerminalTest):
    def test_a_second_connect_is_carried_out_by_the_terminal_that_holds_the_profile(self):
        profile = self.profile()
        first_listener, first_port = self.listener()
        second_listener, second_port = self.listener()
        holder = self.terminal("connect", f"127.0.0.1:{first_port}", "--plain", profile=profile)
        self.accepted(first_listener)
        holder.event("connected")
        second = self.terminal("connect", f"127.0.0.1:{second_port}", "--plain", profile=profile)
        self.assertEqual(second.wait(), 0)
        connection = self.accepted(second_listener)
        self.assertEqual(second.event("connected")["peer"], f"127.0.0.1:{second_port}")
        holder.event("connected", peer=f"127.0.0.1:{second_port}")
        connection.sendall(b"hello\n")
        self.assertEqual(holder.event("message")["text"], "hello")

    def test_while_a_program_ends_the_next_one_waits_for_its_profile(self):
        profile = self.profile()
        first, port = self.host(profile=profile)
        deaf = socket.socket()
        self.addCleanup(deaf.close)
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", port))
        deaf.sendall(b"hello\n")
        first.event("message")
        for _ in range(15):
            first.send(text="x" * 60_000)
        first.event("state", state="waiting")
        first.signal(signal.SIGTERM)
        # It takes no more connections, and still tries to send the rest.
        def hosts():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        eventually("it leaves", lambda: not hosts())
        listening, other = self.listener()
        second = self.connect(other, profile=profile)
        self.accepted(listening)
        self.assertTrue(second.event("connected")["worker"])
        self.assertIn(first.wait(), (0, 1))  # as much has gone out as the kernel took

    def test_what_cannot_be_done_there_is_told_here(self):
        profile = self.profile()
        holder, port = self.host(profile=profile)
        free = socket.create_server(("127.0.0.1", 0))
        closed = free.getsockname()[1]
        free.close()
        second = self.terminal("connect", f"127.0.0.1:{closed}", "--plain", profile=profile)
        self.assertEqual(second.event("error")["code"], "connection-refused")
        self.assertEqual(second.wait(), 1)
        second = self.terminal("connect", "999.1.1.1", profile=profile)
        self.assertEqual(second.event("error")["code"], "address-invalid")
        self.assertEqual(second.wait(), 1)
        second = self.terminal("connect", f"127.0.0.1:{port}", "--plain", profile=profile)
        self.assertEqual(second.event("error")["code"], "own-address")
        self.assertEqual(second.wait(), 1)
        self.assertEqual(holder.finish(), 0)

    def test_the_name_of_standard_input_is_handed_over(self):
        profile = self.profile()
        self.host(profile=profile)
        listening, port = self.listener()
        second = self.terminal("connect", "-", "--plain", profile=profile)
        second.type(f"127.0.0.1:{port}")
        self.accepted(listening)
        self.assertEqual(second.wait(), 0)

    def test_host_is_answered_by_a_terminal_that_hosts(self):
        profile = self.profile()
        _, port = self.host(profile=profile)
        second = self.terminal("host", "--plain", profile=profile, json=False)
        self.assertEqual(second.wait(), 0)
        self.assertIn(str(port).encode(), second.err)
        second = self.terminal("host", "--port", "1", profile=profile, json=False)
        self.assertEqual(second.wait(), 1)

    def test_host_is_begun_by_a_terminal_that_does_not(self):
        profile = self.profile()
        listening, port = self.listener()
        holder = self.terminal("connect", f"127.0.0.1:{port}", "--plain", profile=profile)
        connection = self.accepted(listening)
        holder.event("connected")
        second = self.terminal("host", "--port", "0", "--plain", "--accept", "all", profile=profile)
        there = second.port()
        self.assertEqual(second.wait(), 0)
        self.assertEqual(holder.port(), there)
        connection.close()  # the terminal stays: it hosts
        holder.event("closed")
        peer = self.peer(there)
        peer.sendall(b"hello\n")
        holder.event("message", text="hello")

    def test_a_profile_is_free_again_when_its_holder_is_gone(self):
        profile = self.profile()
        for number in (signal.SIGTERM, signal.SIGKILL):
            holder, _ = self.host(profile=profile)
            holder.signal(number)
            holder.wait()
        holder, _ = self.host(profile=profile)
        self.assertEqual(holder.finish(), 0)


if __name__ == "__main__":
    unittest.main()
