"""kith/1 a second time, for the tests: written from PROTOCOL.md alone, sharing no line with src/, so that a mistake in
one of the two shows. A whole initiator, a whole responder, and peers that break every rule on purpose.

    values     keys, HELLO, T, hints and proofs
    texts      Kith IDs, safety numbers, invites
    frames     frames and their payloads, protobuf by hand
    tls        TLS 1.3 with ALPN kith/1, through pyOpenSSL: the standard library has no exporter
    session    what both sides have in common
    initiator, responder   the two sides
    relay      who sits in between
    hostile_caller, hostile_host   the attacks, each with the reason for which it is refused

On the command line: `python3 -m kith1 --help`, from tests/support.
"""
