"""What every lint shares: the command line, the findings, and which files of a tree to read.

A lint is a program `NAME.py --root DIR [--build DIR]`. It prints one line a finding, `path:line: what`, and
exits 1 if there is any, 0 if there is none, 77 (CTest's "skipped") where a tool that it needs is missing; 1 there
too where KITH_REQUIRE_ALL=1 says that nothing may be left out.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SKIPPED = 77
CPP_SUFFIXES = (".h", ".cpp", ".c", ".mm")
NOT_OURS = {".git", "build", "dist", "__pycache__", ".cache"}


class Finding(NamedTuple):
    path: str
    line: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


class Skip(Exception):
    """A tool that the lint needs is not on this computer."""


def skipped_status():
    """The exit status of what was left out for a missing tool."""
    return 1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else SKIPPED


def run(check, with_build=False, extra=None):
    """The main of a lint: `check(root)`, or `check(root, args)` where it needs more than the tree."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--root", type=Path, required=True, help="the source tree")
    if with_build:
        parser.add_argument("--build", type=Path, required=True, help="its build directory")
    if extra:
        extra(parser)
    args = parser.parse_args()
    root = args.root.resolve()
    try:
        findings = check(root, args) if with_build else check(root)
    except Skip as why:
        print(f"skipped: {why}")
        sys.exit(skipped_status())
    for finding in sorted(set(findings)):
        print(finding)
    sys.exit(1 if findings else 0)


def files_under(root, folder, suffixes=CPP_SUFFIXES):
    """The files of a folder with one of these suffixes, in order."""
    found = (root / folder).rglob("*")
    return sorted(path for path in found if path.suffix in suffixes and path.is_file())


def git(root, *arguments):
    """What git says, or None where `root` is not the top of a checkout. The owner of the tree may be
    another user than the one who tests (the tests run as root and as an ordinary user)."""
    command = ["git", "-c", "safe.directory=*", "-C", str(root)]
    try:
        top = subprocess.run(command + ["rev-parse", "--show-toplevel"], capture_output=True, text=True)
        if top.returncode != 0 or Path(top.stdout.strip()).resolve() != root:
            return None
        return subprocess.run(command + list(arguments), capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        return None


def tracked_files(root):
    """The files that git tracks; in a tree without git, all but what a build makes."""
    listing = git(root, "ls-files", "-z")
    if listing is not None:
        paths = (root / name for name in listing.split("\0") if name)
        return sorted(path for path in paths if path.is_file())
    return sorted(path for path in root.rglob("*")
                  if path.is_file() and not NOT_OURS.intersection(path.relative_to(root).parts))


def text_of(path):
    """The text of a file, or None where it is not text."""
    raw = path.read_bytes()
    if b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


class Allowed:
    """The short list of exceptions, `tests/lint/allowed.txt`: a line is `rule path reason...`. An entry that
    is no longer needed is itself a finding, so that the list stays short."""

    FILE = "tests/lint/allowed.txt"
    RULES = ("layouts/new", "skips/test", "waits/disk", "waits/wait")

    def __init__(self, root, lint):
        self.entries = {}
        self.findings = []
        path = root / self.FILE
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            rule, name, reason = (line.split(None, 2) + ["", "", ""])[:3]
            if rule not in self.RULES:
                self.findings.append(Finding(self.FILE, number, f"no such rule: {rule}"))
            elif rule.split("/")[0] == lint and len(reason.split()) < 3:
                self.findings.append(Finding(self.FILE, number, f"{name} is allowed without a reason"))
            elif rule.split("/")[0] == lint:
                self.entries[rule, name] = number

    def filter(self, found):
        """`found` is (rule, Finding) pairs; gives the findings that stay, and those of the list itself."""
        used = {(rule, finding.path) for rule, finding in found}
        stay = [finding for rule, finding in found if (rule, finding.path) not in self.entries]
        stale = [Finding(self.FILE, number, f"{name} needs no exception from {rule} any more")
                 for (rule, name), number in self.entries.items() if (rule, name) not in used]
        return stay + stale + self.findings
