#!/usr/bin/env python3
"""Programs that know nothing of Kith as peers: netcat's kinds, socat, telnet, and the classic pair."""

import os
import signal
import unittest

from programs import eventually
from terminals import CLASSIC_CLIENT, CLASSIC_SERVER, TerminalTest


def is_listening(port):
    """Whether something listens there; connecting to see would use up its one connection."""
    for name in ("tcp", "tcp6"):
        with open(f"/proc/net/{name}", encoding="ascii") as file:
            for line in file.readlines()[1:]:
                fields = line.split()
                if int(fields[1].rsplit(":", 1)[1], 16) == port and fields[3] == "0A":
                    return True
    return False


class AgainstHost(TerminalTest):
    """They connect to a terminal that hosts."""

    def talk(self, *program, newline=b"\n"):
        host, port = self.host(json=False)
        peer = self.program(*[word.format(port=port) for word in program])
        peer.type("from the program")
        host.wait_out(b"from the program\n")
        host.type("from Kith")
        peer.wait_out(b"from Kith" + newline)
        host.type("über die Brücke")
        peer.wait_out("über die Brücke".encode())
        self.assertEqual(host.finish(), 0)
        return host, peer

    def test_ncat(self):
        host, peer = self.talk("ncat", "127.0.0.1", "{port}")
        self.assertEqual(host.out, b"from the program\n")
        self.assertEqual(peer.finish(), 0)

    def test_nc(self):
        _, peer = self.talk("nc", "127.0.0.1", "{port}")
        self.assertEqual(peer.finish(), 0)

    def test_socat(self):
        _, peer = self.talk("socat", "-", "TCP:127.0.0.1:{port}")
        self.assertEqual(peer.finish(), 0)

    def test_socat_over_ipv6(self):
        self.talk("socat", "-", "TCP6:[::1]:{port}")

    def test_telnet(self):
        # It speaks to its own terminal too; what Kith shows is the line alone.
        host, peer = self.talk("telnet", "127.0.0.1", "{port}", newline=b"")
        self.assertEqual(host.out, b"from the program\n")
        self.assertNotIn(b"\xff", peer.out)

    def test_lines_ending_in_crlf(self):
        host, port = self.host(json=False)
        peer = self.program("ncat", "--crlf", "127.0.0.1", str(port))
        peer.type("one")
        peer.type("two")
        host.wait_out(b"two\n")
        self.assertEqual(host.out, b"one\ntwo\n")

    def test_the_classic_client(self):
        host, port = self.host(json=False)
        client = self.program(CLASSIC_CLIENT, str(port))
        client.type("from the classic client")
        host.wait_out(b"from the classic client\n")
        host.type("from Kith")
        client.wait_out(b"from Kith\n")
        host.type("/quit")
        self.assertEqual(host.wait(), 0)
        # Its receiving half has seen the end and ended the typing half by SIGUSR1.
        self.assertEqual(client.wait(), 0)
        self.assertEqual(client.out, b"from Kith\nserver closed\n")

    def test_the_classic_client_that_ends_first(self):
        host, port = self.host("--once", json=False)
        client = self.program(CLASSIC_CLIENT, str(port))
        client.type("good-bye")
        self.assertEqual(client.finish(), 0)
        self.assertEqual(host.wait(), 0)
        self.assertEqual(host.out, b"good-bye\n")

    def test_a_line_that_the_classic_client_cuts_arrives_whole(self):
        host, port = self.host(json=False)
        client = self.program(CLASSIC_CLIENT, str(port))
        client.type("x" * 5000)
        host.wait_out(b"x" * 5000 + b"\n")


class AgainstConnect(TerminalTest):
    """They wait, and a terminal connects to them."""

    def talk(self, port, peer):
        guest = self.connect(port, json=False)
        guest.type("from Kith")
        peer.wait_out(b"from Kith\n")
        peer.type("from the program")
        guest.wait_out(b"from the program\n")
        self.assertEqual(guest.finish(), 0)
        self.assertEqual(guest.out, b"from the program\n")
        self.assertEqual(peer.wait(), 0)

    def listening(self, *program):
        """The program, listening on a port that was free a moment ago."""
        holder, port = self.listener()
        holder.close()
        peer = self.program(*[word.format(port=port) for word in program])
        eventually(f"{program[0]} listens", lambda: is_listening(port))
        return port, peer

    def test_ncat(self):
        self.talk(*self.listening("ncat", "-l", "127.0.0.1", "{port}"))

    def test_nc(self):
        self.talk(*self.listening("nc", "-l", "127.0.0.1", "{port}"))

    def test_socat(self):
        self.talk(*self.listening("socat", "-", "TCP-LISTEN:{port},bind=127.0.0.1"))

    def classic(self):
        server = self.program(CLASSIC_SERVER, "0")
        server.wait_err(b"\n")
        return int(server.err.split()[1]), server

    def test_the_classic_server(self):
        port, server = self.classic()
        self.talk(port, server)
        self.assertEqual(server.out, b"from Kith\npeer closed\n")

    def test_the_classic_server_and_its_longest_lines(self):
        port, server = self.classic()
        guest = self.connect(port, json=False)
        for length in (1022, 1023, 1024, 1025, 4096):
            guest.type("k" * length)
            server.wait_out(b"k" * length + b"\n")
            server.type("s" * length)
            guest.wait_out(b"s" * length + b"\n")
        self.assertEqual(guest.finish(), 0)

    def test_200_kilobytes_reach_the_classic_server_whole(self):
        port, server = self.classic()
        text = b"".join(b"%05d %s\n" % (i, b"." * (i % 90)) for i in range(4000))
        guest = self.connect(port, json=False)
        guest.process.stdin.write(text)
        self.assertEqual(guest.finish(), 0)
        self.assertEqual(server.wait(), 0)
        self.assertEqual(server.out, text + b"peer closed\n")

    def test_the_classic_server_that_is_killed(self):
        port, server = self.classic()
        guest = self.connect(port)
        guest.event("connected")
        guest.send(text="hello")
        server.wait_out(b"hello\n")
        os.killpg(server.process.pid, signal.SIGKILL)
        self.assertIn(guest.event("closed")["reason"], ("peer-closed", "peer-vanished"))


if __name__ == "__main__":
    unittest.main()
