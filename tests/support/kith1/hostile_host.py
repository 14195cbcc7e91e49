"""Attacks of one who is dialled, on a caller."""

import select

from OpenSSL import SSL

from . import frames, tls
from .attacks import Attack, floods, framing, hellos, order, say, wrong_content
from .frames import AUTH_R, ENTRY, GOODBYE, HELLO, KNOWN, PING, PROFILE, WAIT
from .hostile_caller import PLAIN, malleated
from .responder import Responder
from .values import Hello, Identity, non_canonical_keys, small_order_keys

# What R may say at each point; KNOWN depends on whether the caller named a key. PONG only where a PING was heard.
LEGAL = {
    "secured": {HELLO},
    "greeted": {AUTH_R, WAIT, KNOWN, GOODBYE},
    "waiting": {AUTH_R, PING, GOODBYE},
    "admitted": {PROFILE, GOODBYE},
    "open": {PROFILE, ENTRY, PING, GOODBYE},
}


def reach(sock, point, identity, **options):
    """A session with the caller behind `sock`, at that point: "connected", "secured", "greeted" (its AUTH was heard),
    "waiting", "admitted", "open". Raises where the caller ends it before."""
    session = Responder(sock, identity, **options)
    session.deadline = None
    try:
        go_to(session, point)
    except BaseException:
        session.close()
        raise
    return session


def go_to(session, point):
    if point == "connected":
        return
    session.secure()
    if point == "secured":
        return
    session.say_hello()
    session.hear_hello()
    session.hear_auth()
    if point == "greeted":
        return
    if point == "waiting":
        session.send(WAIT)
        session.hear_knock()
        return
    session.say_auth()
    session.deadline = None
    if point == "open":
        session.introduce()


# --- HELLO and AUTH --------------------------------------------------------------------------------------------------


def wrong_hellos():
    return [Attack(name, "secured", reason, say(HELLO, hello.encode())) for name, reason, hello in hellos("R")]


def auth(change):
    """AUTH whose (key, signature) `change` has made of the right ones and of the session."""

    def do(session):
        payload = session.auth()
        session.send(AUTH_R, b"".join(change(payload[:32], payload[32:], session)))

    return do


def unusable_keys():
    """Threats row 24, as in hostile_caller.py. To a caller that expects a key these are a change first of all, or
    unusable first of all: PROTOCOL.md checks the key itself before."""
    forged = bytes([1]) + bytes(63)
    made = [Attack(f"small-order key {key.hex()}", "greeted", "key-invalid",
                   auth(lambda _k, _s, _, key=key: (key, forged))) for key in small_order_keys()]
    return made + [Attack(f"non-canonical key {key.hex()}", "greeted", "key-invalid",
                          auth(lambda _k, s, _, key=key: (key, s))) for key in non_canonical_keys()[::11]]


def _flip(at):
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def other_transcript(**changes):
    def do(session):
        session.parts.key_r = session.identity.key
        for name, change in changes.items():
            setattr(session.parts, name, change(getattr(session.parts, name)))
        session.send(AUTH_R, session.identity.key + session.identity.sign(session.parts.transcript("R")))

    return do


def swapped_role(session):
    session.parts.key_r = session.identity.key
    session.send(AUTH_R, session.identity.key + session.identity.sign(session.parts.transcript("I")))


def reflection(session):
    """Threats row 20: the caller's own AUTH, said back to it."""
    payload = next(payload for type_, payload in session.heard if type_ == frames.AUTH_I)
    session.send(AUTH_R, payload[:96])


def reflected_signature(session):
    """... and its signature under our key."""
    payload = next(payload for type_, payload in session.heard if type_ == frames.AUTH_I)
    session.send(AUTH_R, session.identity.key + payload[32:96])


def wrong_auths():
    signature = {
        "AUTH with a bit of the signature flipped": auth(lambda k, s, _: (k, _flip(40)(s))),
        "AUTH with a signature of zeros": auth(lambda k, s, _: (k, bytes(64))),
        "AUTH with S + L": auth(lambda k, s, _: (k, malleated(s))),
        "AUTH signed as the caller": swapped_role,
        "AUTH with the caller's signature": reflected_signature,
        "AUTH over another session's exporter": other_transcript(exporter=_flip(0)),
        "AUTH for another caller's key": other_transcript(key_i=lambda _: Identity().key),
        "AUTH over another HELLO of ours": other_transcript(hello_r=_flip(20)),
        "AUTH over another HELLO of theirs": other_transcript(hello_i=_flip(20)),
        "AUTH over features that were stripped": other_transcript(features=lambda _: 1),
        "AUTH over a HELLO whose features were stripped": other_transcript(hello_r=_flip(5)),
        "AUTH over another version": other_transcript(version=lambda _: 2),
        "AUTH over other flags": other_transcript(flags=lambda flags: flags ^ 1),
    }
    made = [Attack(name, "greeted", "signature-wrong", do) for name, do in signature.items()]
    made += [Attack("the caller's own AUTH, reflected", "greeted", "own-key", reflection)]
    made += [Attack(f"AUTH of {length} bytes", "greeted", "protocol-broken",
                    lambda session, n=length: session.send(AUTH_R, (session.auth() + bytes(200))[:n]))
             for length in (0, 32, 95, 97, 136, 256)]
    return made


def other_key():
    """Threats row 22, to a caller that expects a key: everything is right, but it is somebody else."""
    somebody = Identity()

    def do(session):
        session.identity = somebody
        session.say_auth()

    return Attack("AUTH of somebody else", "greeted", "key-changed", do)


def known_to_a_named_key():
    """KNOWN answers bit 0 alone."""
    return Attack("KNOWN though its key was named", "greeted", "protocol-broken", say(KNOWN))


def wrong_sequences():
    """What order() cannot say: the same frame twice at once, and what follows it."""
    def then(*types):
        def do(session):
            for type_ in types:
                session.say_auth() if type_ == AUTH_R else say(type_)(session)
        return do

    return [
        Attack("HELLO twice", "secured", "protocol-broken", lambda s: (s.say_hello(), s.say_hello())),
        Attack("WAIT twice", "greeted", "protocol-broken", then(WAIT, WAIT)),
        Attack("AUTH twice", "greeted", "protocol-broken", then(AUTH_R, AUTH_R)),
        Attack("KNOWN behind WAIT", "greeted", "protocol-broken", then(WAIT, KNOWN)),
        Attack("WAIT behind AUTH", "greeted", "protocol-broken", then(AUTH_R, WAIT)),
    ]


# --- the rest --------------------------------------------------------------------------------------------------------


def not_kith():
    """Threats row 21: what answers is no TLS, or other TLS."""
    def shake(session):
        try:
            session.tls.handshake()
            session.send(HELLO, Hello().encode())
        except tls.Ended as ended:
            if ended.how == "silent":
                raise

    def answer(data):
        def do(session):
            select.select([session.tls.sock], [], [], session.limit)  # its ClientHello
            session.tls.sock.sendall(data)
        return do

    kinds = {"TLS 1.2": dict(version=SSL.TLS1_2_VERSION), "no ALPN": dict(alpn=None)}
    made = [Attack(name, "connected", "not-kith", shake, {"tls": tls.context("R", **kind)})
            for name, kind in kinds.items()]
    return made + [Attack(f"plain text: {name}", "connected", "not-kith", answer(data))
                   for name, data in PLAIN.items()]


def every(named, pings=10**6, updates=1000):
    """All attacks on a caller that expects this host's key (`named`), or typed an address, but those that take time."""
    made = []
    for point, legal in LEGAL.items():
        made += framing(point) + order(point, legal, asking=point == "waiting")
    made += wrong_hellos() + unusable_keys() + wrong_auths() + wrong_sequences() + wrong_content() + not_kith()
    made += [other_key(), known_to_a_named_key()] if named else []
    return made + (floods(pings, updates) if tls.can_update_keys() else floods(pings, updates)[:1])


def silent():
    """One who never goes on, at each step."""
    return [Attack("silence", point, "silent", lambda _session: None)
            for point in ("connected", "secured", "greeted", "admitted")]
