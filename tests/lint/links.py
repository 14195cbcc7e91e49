#!/usr/bin/env python3
"""What the built programs link and import: no Qt or ICU in the headless ones, no TLS and no socket in kith's.
A worker has TLS in a module that it loads when a peer speaks it."""

import re
import subprocess
import sys

from common import Finding, Skip, run

PROGRAMS = "src/app"
# By program: libraries it may not load (also through others), and symbols it may not import itself.
NO_TLS, NO_WIDGETS, NO_QT, NO_ICU = r"libssl\b", r"libQt6Widgets\b", r"libQt6", r"libicu"
NETWORK = {"socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo"}
RULES = {
    "kith": ([NO_TLS], NETWORK),
    "kith-cli": ([NO_TLS, NO_WIDGETS], NETWORK),
    "kith-worker": ([NO_QT, NO_ICU, NO_TLS], set()),
    "kith-tls.so": ([NO_QT, NO_ICU], NETWORK),
    "kith-preview": ([NO_QT, NO_ICU, NO_TLS], NETWORK),
}


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError as why:
        raise Skip(f"{command[0]} is not installed") from why


def libraries(program):
    """The names of all libraries that the program loads, by itself or through others."""
    direct = re.findall(r"\(NEEDED\).*\[(.*?)\]", output_of("readelf", "--wide", "--dynamic", program))
    return set(direct) | set(re.findall(r"^\s*(\S+)(?: =>.*| \(0x.*\))$", output_of("ldd", program), re.M))


def imports(program):
    """The symbols that the program itself takes from libraries, without their versions."""
    listing = output_of("nm", "--dynamic", "--undefined-only", program)
    return {line.split()[-1].split("@")[0] for line in listing.splitlines() if line.strip()}


def expected(root):
    """The programs to be there: kith-preview as soon as its folder is."""
    return [name for name in RULES if name != "kith-preview" or (root / "src/preview").is_dir()]


def check(root, args):
    if sys.platform == "darwin":
        raise Skip("readelf and ldd are Linux's")
    findings = []
    for name in expected(root):
        path, program = f"{PROGRAMS}/{name}", args.build.resolve() / PROGRAMS / name
        if not program.is_file():
            findings.append(Finding(path, 1, "the program is not built"))
            continue
        forbidden_libraries, forbidden_symbols = RULES[name]
        for library in libraries(str(program)):
            if any(re.match(pattern, library) for pattern in forbidden_libraries):
                findings.append(Finding(path, 1, f"links {library}"))
        for symbol in imports(str(program)) & forbidden_symbols:
            findings.append(Finding(path, 1, f"imports {symbol}()"))
    return findings


if __name__ == "__main__":
    run(check, with_build=True)
