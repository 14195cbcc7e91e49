"""Who sits in between: a proxy that copies bytes, and one that ends TLS on both sides (threats rows 18, 19, 21, 23)."""

import select
import socket
import threading

from .initiator import Initiator
from .responder import Responder
from .serving import Listener
from .tls import Ended
from .values import Hello, Identity


class Wire:
    """A TCP proxy in front of a host that copies bytes and keeps them: `up` from the caller, `down` from the host, of
    each connection. `edit(direction, data)` may change them."""

    def __init__(self, port, edit=lambda direction, data: data, host="127.0.0.1"):
        self.target = (host, port)
        self.edit = edit
        self.recorded = []
        self.listener = Listener(self._serve)
        self.port = self.listener.port

    def _serve(self, caller):
        host = socket.create_connection(self.target, 20)
        kept = {"up": b"", "down": b""}
        self.recorded.append(kept)
        ends = {caller: (host, "up"), host: (caller, "down")}
        open_ends = set(ends)
        with caller, host:
            while open_ends:
                for end in select.select(list(open_ends), [], [])[0]:
                    other, direction = ends[end]
                    try:
                        data = end.recv(1 << 16)
                        kept[direction] += data
                        data = self.edit(direction, data) if data else data
                        other.sendall(data) if data else other.shutdown(socket.SHUT_WR)
                    except OSError:
                        return kept
                    if not data:
                        open_ends.discard(end)
        return kept

    def close(self):
        self.listener.close()

    __enter__ = Listener.__enter__
    __exit__ = Listener.__exit__


class Relay:
    """Two TLS sessions, and every frame of one copied into the other, or what `edit(direction, type, payload)` makes of
    it (a list of frames). It knows nobody's secret key. `pairs`: its two sessions for each caller."""

    def __init__(self, port, edit=lambda direction, type_, payload: [(type_, payload)], host="127.0.0.1"):
        self.target = (host, port)
        self.edit = edit
        self.pairs = []
        self.listener = Listener(self._serve)
        self.port = self.listener.port

    def _serve(self, connection):
        nobody = Identity()  # takes part in nothing
        towards_caller = Responder(connection, nobody)
        towards_caller.deadline = None
        towards_host = Initiator(socket.create_connection(self.target, 20), nobody, hello=Hello())
        self.pairs.append((towards_caller, towards_host))
        try:
            towards_caller.secure()
            towards_host.secure()
            self._copy(towards_caller, towards_host)
        finally:
            towards_caller.close()
            towards_host.close()

    def _copy(self, towards_caller, towards_host):
        def pump(source, sink, direction):
            how = "cut"
            try:
                while True:
                    for type_, payload in self.edit(direction, *source.next(limit=3600)):
                        sink.send(type_, payload)
            except Ended as ended:
                how = ended.how
            except (OSError, ValueError):
                pass
            # The one who is left sees the same end, and at once.
            sink.tls.finish(how == "closed")

        back = threading.Thread(target=pump, args=(towards_host, towards_caller, "down"), daemon=True)
        back.start()
        pump(towards_caller, towards_host, "up")
        back.join(20)

    def close(self):
        self.listener.close()

    __enter__ = Listener.__enter__
    __exit__ = Listener.__exit__


class Impostor:
    """In the middle with a key of its own, as at a first contact (row 23): a whole host towards the caller, a whole
    caller towards the host, and what is said copied. It reads everything."""

    def __init__(self, port, identity=None, host="127.0.0.1"):
        self.target = (host, port)
        self.identity = identity or Identity()
        self.overheard = []
        self.listener = Listener(self._serve)
        self.port = self.listener.port

    def _serve(self, connection):
        caller = Responder(connection, self.identity)
        host = Initiator(socket.create_connection(self.target, 20), self.identity)
        try:
            caller.greet()
            caller.hear_auth()
            caller.say_auth()
            caller.introduce()
            host.run()
            self._copy(caller, host)
        finally:
            caller.close()
            host.close()

    def _copy(self, caller, host):
        def pump(source, sink):
            try:
                while True:
                    entry = source.hear(limit=3600)
                    self.overheard.append(entry.text)
                    sink.say(entry.text)
            except (Ended, OSError, ValueError):
                sink.tls.finish()  # a socket that is closed under a thread that waits for it need not wake it

        back = threading.Thread(target=pump, args=(host, caller), daemon=True)
        back.start()
        pump(caller, host)
        back.join(20)

    def close(self):
        self.listener.close()

    __enter__ = Listener.__enter__
    __exit__ = Listener.__exit__
