#!/usr/bin/env python3
"""Every bound stands in core/limits.h: no large number and no duration written out where it is used."""

import re

from common import Finding, run
from cpp import numbers, sources

FOLDERS = ("src/worker", "src/ipc", "src/wire", "src/supervisor", "src/model")
LARGE = 1000
DURATION = re.compile(r"(?P<value>[\d'.]+)(?:h|min|s|ms|us|ns)$")
SPELT_OUT = re.compile(r"\b(?:(?:nano|micro|milli)?seconds|minutes|hours)\s*[({]\s*([1-9][\d']*)"
                       r"|\b(?:singleShot|setInterval|startTimer)\s*\(\s*([1-9][\d']*)\s*[,)]")


def value_of(literal):
    """The value of a number without suffix, or None where it is none of ours (0x1p3, 1_km)."""
    digits = literal.replace("'", "").lower()
    whole = re.fullmatch(r"(0x[\da-f]+|0b[01]+|\d+)(?:u|l|z)*", digits)
    if whole:
        octal = re.fullmatch(r"0[0-7]+", whole.group(1))
        return int(whole.group(1), 8 if octal else 0)
    real = re.fullmatch(r"([\d.]+(?:e[+-]?\d+)?)[fl]?", digits)
    return float(real.group(1)) if real else None


def too_much(literal):
    duration = DURATION.fullmatch(literal)
    if duration and not literal.lower().startswith("0x"):
        return float(duration["value"].replace("'", "")) != 0
    value = value_of(literal)
    return value is not None and value >= LARGE


def explained(source):
    """The stretches of text that define a constant with its reason: constexpr, and a comment at it."""
    for match in re.finditer(r"\bconstexpr\b[^;]*;[^\n]*", source.bare):
        start = source.bare.rfind("\n", 0, match.start()) + 1
        first, last = source.line(start), source.line(match.end())
        above = source.lines[first - 2].strip() if first > 1 else ""
        at = source.text[match.start():match.end()]
        if above.startswith("//") or above.endswith("*/") or "//" in at or "/*" in at or last < first:
            yield match.start(), match.end()


def check_source(source):
    spans = list(explained(source))
    hits = [(position, literal) for position, literal in numbers(source.text) if too_much(literal)]
    hits += [(match.start(), match.group()) for match in SPELT_OUT.finditer(source.bare)]
    for position, literal in hits:
        if not any(start <= position < end for start, end in spans):
            yield Finding(source.path, source.line(position), f"{literal.strip()} belongs in core/limits.h")


def check(root):
    return [finding for source in sources(root, *FOLDERS) if not source.path.endswith("_format.h")
            for finding in check_source(source)]


if __name__ == "__main__":
    run(check)
