#!/usr/bin/env python3
"""Each dangerous or leaky word stands in its folder alone: QProcess, sockets, TLS, tr(), widgets, SQL."""

import re
from pathlib import Path

from common import Finding, run
from cpp import matching, sources

WIDGETS = set((Path(__file__).parent / "qt_widgets.txt").read_text(encoding="utf-8").splitlines()[1:])
TLS_HEADERS = re.compile(r"openssl/(?:ssl|ssl2|ssl3|tls1|dtls1|srtp)\.h")

# What, where it may stand, and how it is found in text without comments and literals.
WORDS = [
    ("QProcess", ("src/supervisor/",), r"\bQProcess\b"),
    ("QLocalSocket", ("src/supervisor/",), r"\bQLocalSocket\b"),
    ("QLocalServer", ("src/supervisor/",), r"\bQLocalServer\b"),
    ("SSL_", ("src/worker/tls/",), r"\bSSL_\w+|\bSSL\b"),
    ("QSql", ("src/store/",), r"\bQSql\w*"),
    ("tr()", ("src/gui/", "src/words/"),
     r"\b(?:tr|qtTrId)\s*\(|\b(?:QCoreApplication|QTranslator)\s*::\s*translate\b"
     r"|\bQT_TR(?:ANSLATE|ID)?_N?_?NOOP\w*|\bQ_DECLARE_TR_FUNCTIONS\b"),
]
# What a call may follow; after any other word `socket(` declares a function of that name.
CALLS_AFTER = {"return", "co_return", "else", "do", "case", "throw"}
MAIN_WITHOUT_WIDGETS = re.compile(r"cli|worker|preview")


def may_stand(path, folders):
    return any(path.startswith(folder) for folder in folders)


def is_call(bare, position):
    """Whether the function name at `position` calls the system's function, not a member of that name, and
    does not declare one."""
    before = bare[:position].rstrip()
    if before.endswith("::"):
        qualified = re.search(r"(\w+)::$|>::$", before)
        if qualified and qualified.group(1) not in CALLS_AFTER:
            return False
        before = before[:-2].rstrip()
    if before.endswith((".", "->")) or re.search(r"[\w>][*&]$", before):
        return False
    word = re.search(r"(\w+)$|[^-]>$", before)
    return not word or word.group(1) in CALLS_AFTER


def check_sockets(source):
    if source.path.startswith("src/worker/net/"):
        return
    for match in re.finditer(r"\b(socket|socketpair)\s*\(", source.bare):
        if not is_call(source.bare, match.start()):
            continue
        opening = match.end() - 1
        arguments = source.bare[opening + 1:matching(source.bare, opening)]
        local = re.match(r"\s*[AP]F_(?:UNIX|LOCAL)\b", arguments)
        if match.group(1) == "socketpair" and local and source.path.startswith("src/supervisor/"):
            continue
        yield Finding(source.path, source.line(match.start()), f"{match.group(1)}( outside src/worker/net")


def check_headers(source):
    path = source.path
    for include in source.includes():
        name = include.name
        if TLS_HEADERS.fullmatch(name):
            allowed = ("src/worker/tls/",)
        elif name.startswith("openssl/"):
            allowed = ("src/core/", "src/model/", "src/worker/tls/")
        elif name in WIDGETS or name.startswith("QtWidgets"):
            allowed = ("src/gui/", "src/app/")
            if path.startswith("src/app/") and MAIN_WITHOUT_WIDGETS.search(path.removeprefix("src/app/")):
                allowed = ("src/gui/", "the main of kith")
        else:
            continue
        if not may_stand(path, allowed):
            yield Finding(path, include.line, f"<{name}> outside " + ", ".join(allowed))


def check(root):
    findings = []
    for source in sources(root, "src"):
        findings += check_sockets(source)
        findings += check_headers(source)
        for what, folders, pattern in WORDS:
            if not may_stand(source.path, folders):
                findings += [Finding(source.path, line, f"{what} outside {', '.join(folders)}")
                             for line, _ in source.find(pattern)]
    return findings


if __name__ == "__main__":
    run(check)
