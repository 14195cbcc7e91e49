"""TLS 1.3 with ALPN kith/1 over a connected socket, through pyOpenSSL and memory buffers, so that every record is seen
and every way to end is told apart."""

import contextlib
import ctypes
import datetime
import functools
import importlib
import select
import socket
import struct
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL, crypto
from OpenSSL._util import ffi

from .values import EXPORTER_LABEL, Refused

ALPN = b"kith/1"


class Ended(Exception):
    """The peer is gone: "closed" (close_notify), "cut" (end-of-file without one), "reset", "silent" (nothing within the
    limit), "alert" (TLS failed)."""

    def __init__(self, how, detail=""):
        super().__init__(f"{how}: {detail}" if detail else how)
        self.how = how


@functools.cache
def _libssl():
    """The libssl that pyOpenSSL uses, for what it does not offer: what either of cryptography's own libraries (which it
    is depends on the version) is linked to. None where that is built in and hidden."""
    for name in ("_openssl", "_rust"):
        try:
            library = ctypes.CDLL(importlib.import_module(f"cryptography.hazmat.bindings.{name}").__file__)
            library.SSL_key_update.argtypes = [ctypes.c_void_p, ctypes.c_int]
            library.SSL_CTX_set_num_tickets.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
            return library
        except (ImportError, OSError, AttributeError):
            continue
    return None


def _pointer(of):
    return int(ffi.cast("uintptr_t", of))


def can_update_keys():
    return _libssl() is not None


@functools.cache
def certificate():
    """A throw-away certificate with no name in it, and its key; one a process."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.utcnow()
    made = (x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(x509.Name([]))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
            .sign(key, hashes.SHA256()))
    return crypto.X509.from_cryptography(made), crypto.PKey.from_cryptography_key(key)


def context(role, alpn=ALPN, version=SSL.TLS1_3_VERSION):
    """What a connection is made of; a hostile peer asks for another version or another ALPN (None: none)."""
    made = SSL.Context(SSL.TLS_METHOD)
    made.set_min_proto_version(version)
    made.set_max_proto_version(version)
    made.set_verify(SSL.VERIFY_NONE, lambda *_: True)
    if role == "R":
        x509_certificate, key = certificate()
        made.use_certificate(x509_certificate)
        made.use_privatekey(key)
        made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        if _libssl():
            _libssl().SSL_CTX_set_num_tickets(_pointer(made._context), 0)
        if alpn is not None:
            made.set_alpn_select_callback(lambda _, offered: alpn if alpn in offered else SSL.NO_OVERLAPPING_PROTOCOLS)
    elif alpn is not None:
        made.set_alpn_protos([alpn])
    return made


class Tls:
    """One end of a TLS connection. `role`: "I" is the client, "R" the server. Blocking, each call with a limit in
    seconds."""

    def __init__(self, sock, role, made=None, limit=20.0):
        self.sock = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.limit = limit
        self.ssl = SSL.Connection(made or context(role), None)
        if role == "I":
            self.ssl.set_connect_state()
        else:
            self.ssl.set_accept_state()
        self.lock = threading.RLock()  # one thread may read while another writes
        self.records = []              # lengths of the encrypted records that came, the handshake's too
        self.cut_record = b""
        self.expected_records = 0      # of those: the handshake's, and each that brought data
        self.post_handshake_most = None

    # --- bytes ---

    def _flush(self):
        while True:
            try:
                data = self.ssl.bio_read(1 << 16)
            except SSL.WantReadError:
                return
            try:
                self.sock.settimeout(self.limit)
                self.sock.sendall(data)
            except TimeoutError:
                raise Ended("silent", "it does not read") from None
            except OSError:
                return  # what it has said before is still to be read, and the end is found there

    def _fill(self, end):
        """Takes what the peer has sent; at end-of-file and the like, raises."""
        ready, _, _ = select.select([self.sock], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise Ended("silent")
        try:
            data = self.sock.recv(1 << 16)
        except ConnectionError as error:
            raise Ended("reset", str(error)) from None
        if not data:
            raise Ended("cut")
        with self.lock:
            self._count(data)
            self.ssl.bio_write(data)

    def _count(self, data):
        self.cut_record += data
        while len(self.cut_record) >= 5:
            kind, _, length = struct.unpack(">BHH", self.cut_record[:5])
            if len(self.cut_record) < 5 + length:
                break
            self.records += [length] if kind == 23 else []
            self.cut_record = self.cut_record[5 + length:]

    def _until(self, step, limit):
        """Repeats a step of OpenSSL's until it needs nothing more of the peer."""
        end = time.monotonic() + (self.limit if limit is None else limit)
        while True:
            try:
                with self.lock:
                    try:
                        return step()
                    finally:
                        self._flush()
            except SSL.WantReadError:
                self._count_post_handshake()
                self._fill(end)
            except SSL.ZeroReturnError:
                raise Ended("closed") from None
            except SSL.Error as error:
                raise Ended("alert", str(error)) from None

    def _count_post_handshake(self):
        if self.post_handshake_most is not None and self.expected_records:
            if len(self.records) - self.expected_records > self.post_handshake_most:
                raise Refused("too-much", "TLS messages behind the handshake")

    # --- a connection ---

    def handshake(self, limit=None):
        self._until(self.ssl.do_handshake, limit)
        self.expected_records = len(self.records)

    @property
    def alpn(self):
        return self.ssl.get_alpn_proto_negotiated()

    @property
    def version(self):
        return self.ssl.get_protocol_version_name()

    def exporter(self):
        """With an empty context, which in TLS 1.3 is the same as none (RFC 8446, section 7.5)."""
        return self.ssl.export_keying_material(EXPORTER_LABEL, 32, b"")

    def send(self, data):
        for at in range(0, len(data), 16384):
            with self.lock:
                self.ssl.send(data[at:at + 16384])
                self._flush()

    def send_together(self, *records):
        """Each as a record of its own, all in one write to the socket."""
        with self.lock:
            for record in records:
                self.ssl.send(record)
            self._flush()

    def receive(self, limit=None):
        data = self._until(lambda: self.ssl.recv(1 << 16), limit)
        self.expected_records += 1
        return data

    def update_keys(self, ask_too=False):
        """A KeyUpdate, and one of the peer's where that is asked for."""
        with self.lock:
            if _libssl().SSL_key_update(_pointer(self.ssl._ssl), int(ask_too)) != 1:
                raise AssertionError("no KeyUpdate")
            self.ssl.do_handshake()  # sends it
            self._flush()

    def _notify(self):
        with contextlib.suppress(SSL.Error, Ended, OSError):
            self.ssl.shutdown()
            self._flush()

    def finish(self, notify=True):
        """close_notify, where that is not to be left out, and nothing more; the peer may still be heard."""
        with self.lock:
            if notify:
                self._notify()
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_WR)

    def close(self):
        """close_notify, then the end of the TCP connection, which a thread that reads of it sees too."""
        with self.lock:
            self._notify()
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
            self.sock.close()
