"""Secure sessions of bare workers: this test is the program at both ends, or at one end and the peer at the other.

What the workers carry means nothing here: they look at no key and no signature, so any bytes of the right length do."""

import socket
import ssl
import struct
import subprocess

from programs import (ENDED, LIMIT, NO_MORE, PEER_HANDSHAKE, PEER_PROFILE, SECURE_UP, STOPPING, WRITTEN, ProcessTest, Worker,
                      field, fields, reason_of, require)

HELLO_I, HELLO_R = bytes(range(40)), bytes(range(100, 140))
KEY_I, KEY_R = bytes([1]) * 32, bytes([2]) * 32

# Frames of peers: types (src/wire/messages.h).
HELLO, AUTH_INITIATOR, AUTH_RESPONDER, WAIT, KNOWN, KNOCK, PROFILE, PING, PONG, GOODBYE = range(1, 11)
ENTRY = 16

# What a program tells its worker of them (src/ipc/boundary.proto).
AUTH_I = field(6, field(1, field(1, KEY_I) + field(2, bytes(64)) + field(3, bytes(8)) + field(4, bytes(32))))
AUTH_R = field(6, field(2, field(1, KEY_R) + field(2, bytes([9]) * 64)))
SEND_WAIT = field(6, field(3, b""))
SEND_KNOWN = field(6, field(4, field(1, bytes([7]) * 32)))
ENDED_BY_US, DECLINED, UNANSWERED, SUPERSEDED = range(4)


def send_knock(name):
    return field(6, field(5, field(1, name)))


def send_profile(name):
    return field(7, field(1, name))


def send_entry(number, text):
    entry = field(1, b"s" * 16) + field(2, number) + field(3, struct.pack(">QQ", 1, number)) + field(4, 1) + field(5, 1)
    return field(8, field(1, number) + field(2, entry + field(6, text)))


def farewell(goodbye=None):
    """GOODBYE in place of ENDED_BY_US; None: not a word."""
    return field(9, b"" if goodbye is None else field(1, goodbye))


def text_of(entry):
    return fields(entry).get(6, [b""])[0]


def frame(kind, payload=b""):
    return struct.pack(">IB", 1 + len(payload), kind) + payload


class TlsPeer:
    """Python's own TLS as a peer, over a connected socket; says anything, whatever is legal. Its end of a socket is
    closed without close_notify unless unwrap() is called."""

    def __init__(self, sock, certificate=None, alpn=("kith/1",), most=ssl.TLSVersion.TLSv1_3):
        server = certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
        context.maximum_version = most
        if alpn:
            context.set_alpn_protocols(alpn)
        if server:
            context.load_cert_chain(certificate)
        else:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.tls = context.wrap_socket(sock, server_side=server, suppress_ragged_eofs=False)
        self.tls.settimeout(LIMIT)

    def say(self, kind, payload=b""):
        self.tls.sendall(frame(kind, payload))

    def exactly(self, size):
        data = b""
        while len(data) < size:
            chunk = self.tls.recv(size - len(data))
            if not chunk:
                raise EOFError(data)
            data += chunk
        return data

    def hear(self):
        length, kind = struct.unpack(">IB", self.exactly(5))
        return kind, self.exactly(length - 1)

    def hear_until(self, wanted):
        while True:
            kind, payload = self.hear()
            if kind == wanted:
                return payload

    def close(self):
        self.tls.close()


class SecureTest(ProcessTest):
    """Tests with pairs of workers, or a worker and a TlsPeer, at a chosen step of their session."""

    def worker(self, **more):
        worker = Worker(**more)
        self.addCleanup(worker.close)
        return worker

    def listening(self):
        listening = socket.create_server(("127.0.0.1", 0))
        listening.settimeout(LIMIT)
        self.addCleanup(listening.close)
        return listening

    def certificate(self):
        require(self, "openssl")
        path = self.folder / "certificate.pem"
        if not path.exists():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=x", "-keyout",
                            path, "-out", path, "-batch"], check=True, capture_output=True)
        return path

    # A worker and a socket of ours.

    def dialled(self, hello=HELLO_I):
        """A worker that has dialled us, and our end of the connection."""
        listening = self.listening()
        worker = self.worker()
        worker.dial("127.0.0.1", listening.getsockname()[1], hello)
        peer, _ = listening.accept()
        peer.settimeout(LIMIT)
        self.addCleanup(peer.close)
        return worker, peer

    def accepted(self, plain=True):
        """A worker that was given a connection of ours, and our end."""
        listening = self.listening()
        peer = socket.create_connection(listening.getsockname())
        peer.settimeout(LIMIT)
        self.addCleanup(peer.close)
        theirs, _ = listening.accept()
        worker = self.worker()
        worker.serve(theirs, plain, HELLO_R)
        theirs.close()
        return worker, peer

    def host_with_peer(self):
        """A worker as host, with a TlsPeer whose HELLO it has."""
        worker, sock = self.accepted()
        peer = TlsPeer(sock)
        self.addCleanup(peer.close)
        peer.say(HELLO, HELLO_I)
        self.assertEqual(peer.hear(), (HELLO, HELLO_R))
        worker.until(SECURE_UP)
        return worker, peer

    def waiting_with_peer(self):
        """... which a person is asked about."""
        worker, peer = self.host_with_peer()
        peer.say(AUTH_INITIATOR, bytes(136))
        worker.until(PEER_HANDSHAKE)
        worker.send(SEND_WAIT)
        self.assertEqual(peer.hear(), (WAIT, b""))
        return worker, peer

    def open_with_peer(self):
        """... and which is let in."""
        worker, peer = self.waiting_with_peer()
        worker.send(AUTH_R)
        worker.send(send_profile(b"Host"))
        peer.hear_until(PROFILE)
        peer.say(PROFILE, field(1, b"Peer"))
        worker.until(PEER_PROFILE)
        return worker, peer

    # Two workers.

    def pair(self):
        """I and R; TLS is on its way."""
        listening = self.listening()
        i, r = self.worker(), self.worker()
        i.dial("127.0.0.1", listening.getsockname()[1], HELLO_I)
        theirs, _ = listening.accept()
        r.serve(theirs, False, HELLO_R)
        theirs.close()
        listening.close()
        return i, r

    def secured(self):
        i, r = self.pair()
        i.up, r.up = fields(i.until(SECURE_UP)), fields(r.until(SECURE_UP))
        return i, r

    def authenticating(self):
        """R's program has I's AUTH."""
        i, r = self.secured()
        i.send(AUTH_I)
        r.until(PEER_HANDSHAKE)
        return i, r

    def waiting(self):
        i, r = self.authenticating()
        r.send(SEND_WAIT)
        i.until(PEER_HANDSHAKE)
        return i, r

    def authenticated(self):
        """Both programs know who the other is."""
        i, r = self.authenticating()
        r.send(AUTH_R)
        i.until(PEER_HANDSHAKE)
        return i, r

    def opened(self):
        i, r = self.authenticated()
        i.send(send_profile(b"Ina"))
        r.send(send_profile(b"Rob"))
        i.until(PEER_PROFILE), r.until(PEER_PROFILE)
        return i, r

    def fill(self, worker):
        """More than the kernel's buffers take, of a peer that does not read: 1 MiB stays with the worker."""
        written = 0
        worker.channel.settimeout(0.5)
        for n in range(1, 1000):
            worker.send(send_entry(n, b"x" * 65000))
            try:
                while n - written >= 15:
                    written = fields(worker.until(WRITTEN))[1][0]
            except TimeoutError:
                break
        worker.channel.settimeout(20)

    # How they end.

    def end_of(self, worker):
        """Its reason and exit status; NO_MORE is said where it asks."""
        while (message := worker.said()) is not None:
            if message[0] == STOPPING:
                worker.send(NO_MORE)
            if message[0] == ENDED:
                self.assertIsNone(worker.said())
                return reason_of(message[1]), worker.exit()
        raise AssertionError(f"it ended without a reason, exit status {worker.exit()}")
