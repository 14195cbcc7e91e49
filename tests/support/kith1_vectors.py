#!/usr/bin/env python3
"""The published test vectors of kith/1, vectors/kith1.json: made and checked by the second implementation (kith1/), which
shares no line with src/; tests/unit/core/vectors_test.cpp checks what src/ makes of them.

    kith1_vectors.py           says what in the file is not as the second implementation makes it; 1 where anything is
    kith1_vectors.py --write   makes the file anew: only for a new kind, as what is published does not change

The file is one object with a list for each kind; bytes are in hexadecimal.
"""

import argparse
import json
import os
import sys
from pathlib import Path

try:
    from cryptography.hazmat.primitives import serialization
    from kith1.texts import (Invite, invite_link, kith_id, numeric_fingerprint, parse_invite, parse_kith_id,
                             safety_number, sealed)
    from kith1.values import (HOST_KEY_UNKNOWN, NO_CONTACT_FITS, Hello, Identity, Parts, Refused, choose, decode_hello,
                              invite_proof, is_usable_key, known_hint, non_canonical_keys, small_order_keys, verifies)
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else 77)

FILE = Path(__file__).parent / "vectors" / "kith1.json"
# RFC 8032 section 7.1, tests 1 and 2.
ANN = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
BOB = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")


def counting(first, size=32):
    return bytes((first + i) % 256 for i in range(size))


def hello_of(side, **fields):
    return Hello(nonce=counting(0x20 if side == "I" else 0xE0), **fields)


# --- what the file holds: a function for each kind ---------------------------------------------------------------------


def hello():
    cases = [
        ("the host's key is known", "I", {}),
        ("an address was typed", "I", {"flags": HOST_KEY_UNKNOWN}),
        ("as if for the first time", "I", {"flags": HOST_KEY_UNKNOWN | NO_CONTACT_FITS}),
        ("a host", "R", {}),
        ("a newer one", "R", {"version_min": 1, "version_max": 3, "features": 0xA1B2C3D4}),
    ]
    return [{"name": name, "side": side, "version_min": made.version_min, "version_max": made.version_max,
             "features": made.features, "flags": made.flags, "nonce": made.nonce.hex(), "bytes": made.encode().hex()}
            for name, side, made in ((name, side, hello_of(side, **fields)) for name, side, fields in cases)]


def hello_refused():
    cases = [
        ("version 0", "I", {"version_min": 0}),
        ("versions the wrong way round", "R", {"version_min": 2}),
        ("bit 1 without bit 0", "I", {"flags": NO_CONTACT_FITS}),
        ("an unknown flag", "I", {"flags": 4}),
        ("a flag of a host's", "R", {"flags": HOST_KEY_UNKNOWN}),
        ("a byte that must be 0", "I", {"zero": 1}),
    ]
    return [{"name": name, "side": side, "bytes": hello_of(side, **fields).encode().hex()}
            for name, side, fields in cases]


def auth():
    cases = [
        ("the host's key is known", {}, {}),
        ("an address was typed", {"flags": HOST_KEY_UNKNOWN}, {}),
        ("as if for the first time", {"flags": HOST_KEY_UNKNOWN | NO_CONTACT_FITS}, {}),
        ("a newer host", {"features": 0x0000F0F0}, {"version_max": 3, "features": 0x80FFFF0F}),
    ]
    return [auth_of(name, hello_of("I", **ours), hello_of("R", **theirs)) for name, ours, theirs in cases]


def auth_of(name, hello_i, hello_r):
    initiator, responder = Identity(ANN), Identity(BOB)
    version, features = choose(hello_i, hello_r)
    exporter = counting(0x40)
    parts = Parts(version, features, hello_i.flags, exporter, hello_i.encode(), hello_r.encode(), initiator.key,
                  responder.key)
    t_i, t_r = parts.transcript("I"), parts.transcript("R")
    return {"name": name, "seed_i": ANN.hex(), "seed_r": BOB.hex(), "key_i": initiator.key.hex(),
            "key_r": responder.key.hex(), "hello_i": hello_i.encode().hex(), "hello_r": hello_r.encode().hex(),
            "exporter": exporter.hex(), "version": version, "features": features, "t_i": t_i.hex(), "t_r": t_r.hex(),
            "signature_i": initiator.sign(t_i).hex(), "signature_r": responder.sign(t_r).hex()}


def invite_proofs():
    secret, t_i = counting(0x08, 16), auth()[0]["t_i"]
    return [{"secret": secret.hex(), "t_i": t_i, "proof": invite_proof(secret, bytes.fromhex(t_i)).hex()}]


def known_hints():
    key, exporter = Identity(BOB).key, counting(0x40)
    return [{"key_r": key.hex(), "exporter": exporter.hex(), "hint": known_hint(key, exporter).hex()}]


def unusable_keys():
    return [key.hex() for key in small_order_keys() + non_canonical_keys()]


def kith_ids():
    keys = [Identity(ANN).key, Identity(BOB).key, bytes(32), bytes([255] * 32), counting(0)]
    return [{"key": key.hex(), "id": kith_id(key)} for key in keys]


def kith_ids_refused():
    ann = kith_id(Identity(ANN).key)
    cases = [
        ("one wrong character", ann[:7] + "A" + ann[8:]),
        ("two neighbours swapped", ann[:5] + ann[6] + ann[5] + ann[7:]),
        ("the last one missing", ann[:-1]),
        ("one too many", ann + "A"),
        ("a character of no meaning", "1" + ann[1:]),
        ("a bit behind the key", "A" * 51 + "BYRAPDF"),
    ]
    return [{"name": name, "id": text} for name, text in cases]


def safety_numbers():
    ann, bob = Identity(ANN).key, Identity(BOB).key
    return [{"one": one.hex(), "other": other.hex(), "number": safety_number(one, other)}
            for one, other in ((ann, bob), (bob, ann), (ann, counting(0)), (ann, ann))]


def signals_fingerprint():
    """As libsignal publishes it: NumericFingerprintGeneratorTest, versions 1 and 2."""
    sides = [("+14152222222", "0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868"),
             ("+14153333333", "05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b")]
    (identifier_a, key_a), (identifier_b, key_b) = sides
    number = numeric_fingerprint(identifier_a.encode(), bytes.fromhex(key_a), identifier_b.encode(),
                                 bytes.fromhex(key_b))
    return [{"identifier_a": identifier_a, "key_a": key_a, "identifier_b": identifier_b, "key_b": key_b,
             "number": number}]


def invites():
    cases = [
        (["192.168.1.7:5188"], ""),
        (["192.168.1.7:5188", "[2001:db8::7]:6000", "anna.example:5188"], "Änne 😀"),
        (["[::1]:1", "a-b_c.example.:65535", "10.0.0.1:5188", "localhost:80"], "A&B=C %~-._"),
    ]
    held = Identity(ANN).key, counting(0, 8), counting(0x80, 16)
    return [{"addresses": addresses, "key": held[0].hex(), "id": held[1].hex(), "secret": held[2].hex(), "name": name,
             "link": invite_link(Invite(addresses, *held, name))} for addresses, name in cases]


def invites_refused():
    """With a right checksum, but where it is the checksum."""
    ann, nobody = kith_id(Identity(ANN).key), kith_id(counting(0, 1) + bytes(31))
    good = invites()[1]["link"]
    cases = [
        ("another host", good.replace("192.168.1.7", "192.168.1.8")),
        ("another name", good.replace("nne", "ndi")),
        ("cut off", good[:-1]),
        ("no secret", f"kith://anna:1/{ann}?n=Ann"),
    ]
    parts = [
        ("no port", f"kith://anna/{ann}?s=", ""),
        ("port 0", f"kith://anna:0/{ann}?s=", ""),
        ("a scope", f"kith://[fe80::1%eth0]:1/{ann}?s=", ""),
        ("not ASCII", f"kith://anna:1/{ann}?s=", "&n=Änne"),
        ("a fragment", f"kith://anna:1/{ann}?s=", "#n"),
        ("five addresses", f"kith://a:1/{ann}?s=", "&alt=b:1&alt=c:1&alt=d:1&alt=e:1"),
        ("two names", f"kith://anna:1/{ann}?s=", "&n=A&n=B"),
        ("a name that is not UTF-8", f"kith://anna:1/{ann}?s=", "&n=%FF"),
        ("half an encoded byte", f"kith://anna:1/{ann}?s=", "&n=%F"),
        ("a key that is nobody's", f"kith://anna:1/{nobody}?s=", ""),
        ("an id cut off", f"kith://anna:1/{ann[:-1]}?s=", ""),
        ("513 bytes", "kith://anna:1/" + ann.replace("-", "") + "?s=", "&x=" + "x" * 393),
    ]
    held = counting(0, 8) + counting(0x80, 16)
    return [{"name": name, "link": link}
            for name, link in cases + [(name, sealed(before, after, held)) for name, before, after in parts]]


MADE = {"hello": hello, "hello_refused": hello_refused, "auth": auth, "invite_proof": invite_proofs,
        "known_hint": known_hints, "unusable_key": unusable_keys, "kith_id": kith_ids,
        "kith_id_refused": kith_ids_refused, "safety_number": safety_numbers,
        "numeric_fingerprint": signals_fingerprint, "invite": invites, "invite_refused": invites_refused}


# --- what cannot be made again, as there is chance in it, or must hold besides -----------------------------------------


def check_auth(case):
    both = ((case["key_i"], case["t_i"], case["signature_i"]), (case["key_r"], case["t_r"], case["signature_r"]))
    return all(verifies(*map(bytes.fromhex, each)) for each in both)


def check_hello_refused(case):
    try:
        decode_hello(bytes.fromhex(case["bytes"]), case["side"])
        return False
    except Refused:
        return True


def check_kith_id(case):
    return parse_kith_id(case["id"].lower().replace("-", "")).hex() == case["key"]


def check_numeric_fingerprint(case):
    return case["number"] == "300354477692869396892869876765458257569162576843440918079131"


def check_invite(case):
    key, id_, secret = (bytes.fromhex(case[part]) for part in ("key", "id", "secret"))
    return parse_invite(case["link"]) == Invite(case["addresses"], key, id_, secret, case["name"])


def is_refused_by(parse, part):
    def check(case):
        try:
            parse(case[part])
            return False
        except Refused:
            return True
    return check


def check_key_file(case):
    password = case["passphrase"].encode() or None
    try:
        key = serialization.load_pem_private_key(case["pem"].encode(), password)
    except ValueError:  # the passphrase is another, or it is no key
        return False
    raw = key.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    return raw.hex() == case["seed"]


HOLDS = {"auth": check_auth, "hello_refused": check_hello_refused, "key_file": check_key_file,
         "unusable_key": lambda key: not is_usable_key(bytes.fromhex(key)), "kith_id": check_kith_id,
         "kith_id_refused": is_refused_by(parse_kith_id, "id"), "numeric_fingerprint": check_numeric_fingerprint,
         "invite": check_invite, "invite_refused": is_refused_by(parse_invite, "link")}


def faults(published):
    for kind, make in MADE.items():
        if published.get(kind) != make():
            yield f"{kind}: not what the second implementation makes"
    for kind, holds in HOLDS.items():
        if not published.get(kind):
            yield f"{kind}: there is none"
        yield from (f"{kind}: does not hold: {case}" for case in published.get(kind, []) if not holds(case))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    published = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    if parser.parse_args().write:
        published.update({kind: make() for kind, make in MADE.items()})
        FILE.write_text(json.dumps(published, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    found = list(faults(published))
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
