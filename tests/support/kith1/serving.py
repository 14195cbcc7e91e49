"""A listening socket with a Responder for each caller, in threads; and the same for whatever else answers callers."""

import contextlib
import queue
import select
import socket
import threading
import time

from .responder import Policy, Responder
from .tls import Ended
from .values import Refused


class Listener:
    """Accepts on a free port of 127.0.0.1 and calls serve(socket) in a thread of its own for each connection. What
    serve() returns or raises is put into `results`."""

    def __init__(self, serve, address="127.0.0.1", port=0):
        self.serve = serve
        self.results = queue.Queue()
        self.listening = socket.create_server((address, port))
        self.port = self.listening.getsockname()[1]
        self.threads = []
        self.closing = False
        self.accepting = threading.Thread(target=self._accept, daemon=True)
        self.accepting.start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            if self.closing:
                connection.close()
                return
            thread = threading.Thread(target=self._run, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _run(self, connection):
        try:
            self.results.put(self.serve(connection))
        except Exception as error:  # the test that takes it decides
            connection.close()
            self.results.put(error)

    def result(self, limit=20.0):
        """What became of the next connection that is over."""
        result = self.results.get(timeout=limit)
        if isinstance(result, Exception):
            raise result
        return result

    def close(self):
        """Nobody is accepted any more, and what is open is waited for."""
        self.closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()  # wakes accept()
        self.accepting.join(5)
        self.listening.close()
        for thread in self.threads:
            thread.join(5)
            if thread.is_alive():
                raise AssertionError(f"still open on port {self.port}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Served:
    """One caller of a Host: the session, and the reason why it ended; None where it was let in and said goodbye."""

    def __init__(self, session, reason):
        self.session = session
        self.reason = reason


class Host:
    """A whole host of the second implementation: Responders that echo every entry."""

    def __init__(self, identity, policy=None):
        self.identity = identity
        self.policy = policy or Policy()
        self.listener = Listener(self._serve)
        self.port = self.listener.port

    def _serve(self, connection):
        session = Responder(connection, self.identity, self.policy)
        try:
            reason = self._run(session)
        except Refused as refused:
            reason = refused.reason
        except Ended as ended:
            reason = {"closed": "peer-closed", "silent": "silent", "goodbye": None}.get(ended.how, "peer-vanished")
        session.close()
        return Served(session, reason)

    def _run(self, session):
        # The first byte tells a Kith from a plain-text peer.
        ready, _, _ = select.select([session.tls.sock], [], [], max(0.0, session.deadline - time.monotonic()))
        first = session.tls.sock.recv(1, socket.MSG_PEEK) if ready else b""
        if not ready:
            return "silent"
        if first != b"\x16":
            return "plain-turned-away" if first else "peer-closed"
        session.run()
        while True:
            session.say(session.hear().text)

    def close(self):
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
