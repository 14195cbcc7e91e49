"""The second implementation by hand: what it is told and does is one JSON object a line on standard output."""

import argparse
import json
import os
import socket
import sys
import threading

from . import hostile_caller, hostile_host
from .attacks import carry_out
from .initiator import Initiator, Recognised
from .responder import Policy, Responder
from .serving import Listener
from .texts import kith_id, parse_invite, parse_kith_id
from .tls import Ended
from .values import Identity, Refused


def event(name, /, **fields):
    print(json.dumps({"event": name, **fields}, ensure_ascii=False), flush=True)


def endpoint(text):
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def talk(session):
    """Lines of standard input go out, entries come in, until either side ends."""
    event("connected", peer=kith_id(session.peer_key), name=session.peer_profile.name)

    def say():
        for line in sys.stdin:
            session.say(line.rstrip("\n"))
        session.goodbye()

    threading.Thread(target=say, daemon=True).start()
    while True:
        entry = session.hear(limit=3600)
        event("message", text=entry.text, number=entry.number, id=entry.id.hex())


def run(session):
    """Everything of one session; why it ended goes out as an event."""
    try:
        session.run()
        talk(session)
    except Recognised as known:
        event("known", hint=known.hint.hex())
    except Refused as refused:
        event("closed", reason=refused.reason, text=str(refused))
    except (Ended, OSError, ValueError) as ended:
        event("closed", reason=str(ended))
    finally:
        session.close()


def dial(options, identity):
    invite = parse_invite(options.address) if options.address.startswith("kith:") else None
    address = endpoint(invite.addresses[0] if invite else options.address)
    expected = invite.key if invite else options.expect
    run(Initiator(socket.create_connection(address, 20), identity, expected=expected, name=options.name,
                  invite=(invite.id, invite.secret) if invite else None))


def host(options, identity):
    policy = Policy(accept=options.accept)
    with Listener(lambda connection: run(Responder(connection, identity, policy, name=options.name)),
                  port=options.port) as listener:
        event("listening", port=listener.port)
        threading.Event().wait()


def attack(options, identity):
    target = hostile_caller.Target(*endpoint(options.address), options.expect, identity)
    for each in hostile_caller.every(target) + hostile_caller.silent():
        if options.only not in str(each):
            continue
        if options.list:
            event("attack", name=str(each), reason=each.reason)
            continue
        try:
            came, how = carry_out(each, target.reach(each.point, **each.options))
            event("attack", name=str(each), reason=each.reason, came=len(came), ended=how)
        except (Refused, Ended, OSError) as error:
            event("attack", name=str(each), reason=each.reason, failed=str(error))


def trap(options, identity):
    found = [each for each in hostile_host.every(True) + hostile_host.silent() if options.only in str(each)]
    if options.list:
        for each in found:
            event("attack", name=str(each), reason=each.reason)
        return

    def serve(connection):
        try:
            came, how = carry_out(found[0], hostile_host.reach(connection, found[0].point, identity,
                                                               **found[0].options))
            event("attack", name=str(found[0]), reason=found[0].reason, came=len(came), ended=how)
        except (Refused, Ended, OSError) as error:
            event("attack", name=str(found[0]), reason=found[0].reason, failed=str(error))

    with Listener(serve, port=options.port) as listener:
        event("listening", port=listener.port)
        threading.Event().wait()


def main():
    parser = argparse.ArgumentParser(prog="kith1", description=__doc__)
    parser.add_argument("--seed", type=bytes.fromhex, default=os.urandom(32),
                        help="the secret key, 64 hexadecimal digits; a fresh one otherwise")
    parser.add_argument("--name", default="Python")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("id", help="shows the Kith ID of the key")
    command.set_defaults(run=lambda _, identity: print(kith_id(identity.key)))
    command = commands.add_parser("dial", help="dials HOST:PORT or an invite, and talks")
    command.add_argument("address")
    command.add_argument("--expect", type=parse_kith_id, help="the host's Kith ID")
    command.set_defaults(run=dial)
    command = commands.add_parser("host", help="hosts on 127.0.0.1")
    command.add_argument("--port", type=int, default=0)
    command.add_argument("--accept", choices=("ask", "known", "all"), default="all")
    command.set_defaults(run=host)
    command = commands.add_parser("attack", help="attacks a host on which the key is a contact's, and which asks")
    command.add_argument("address")
    command.add_argument("--expect", type=parse_kith_id, required=True, help="the host's Kith ID")
    command.add_argument("--only", default="", help="attacks with this in their names")
    command.add_argument("--list", action="store_true")
    command.set_defaults(run=attack)
    command = commands.add_parser("trap", help="hosts on 127.0.0.1 and attacks who dials")
    command.add_argument("--port", type=int, default=0)
    command.add_argument("--only", default="", help="the first attack with this in its name")
    command.add_argument("--list", action="store_true")
    command.set_defaults(run=trap)
    options = parser.parse_args()
    options.run(options, Identity(options.seed))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
