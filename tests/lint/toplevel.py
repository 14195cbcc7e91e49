#!/usr/bin/env python3
"""The top level of the repository holds what CONTRIBUTING.md lists under "Top level", and nothing else."""

import re

from common import Finding, Skip, git, run

LIST = "CONTRIBUTING.md"


def listed(root):
    """{name: line} of the bullets in the section, each with its name in backticks first; None without one."""
    path = root / LIST
    names, inside = None, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
        if line.startswith("#"):
            inside = bool(re.fullmatch(r"##\s+Top level\s*", line))
            names = {} if inside and names is None else names
        bullet = re.match(r"[-*]\s+`([^`]+)`", line)
        if inside and bullet:
            names[bullet.group(1).rstrip("/")] = number
    return names


def check(root):
    listing = git(root, "ls-tree", "--name-only", "-z", "HEAD")
    if listing is None:
        raise Skip("the tree is no git checkout")
    there = [name for name in listing.split("\0") if name]
    names = listed(root)
    if names is None:
        return [Finding(LIST, 1, 'no section "## Top level"')]
    findings = [Finding(name, 1, f"{LIST} does not list it") for name in there if name not in names]
    return findings + [Finding(LIST, line, f"lists {name}, which is not there")
                       for name, line in names.items() if name not in there]


if __name__ == "__main__":
    run(check)
