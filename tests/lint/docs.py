#!/usr/bin/env python3
"""Every header of src/ says what it is before #pragma once, and every class in it has a doc comment."""

import re

from common import Finding, run
from cpp import comments, outline, sources

FEWEST_WORDS = 3


def words_in(text):
    return len(re.findall(r"\w+", text))


def documented(source, line):
    """Whether a comment of some words ends on the line right above `line`."""
    above = []
    for text in reversed(source.lines[:line - 1]):
        if not re.match(r"\s*(?://(?!/<)|/\*|\*)", text) and not (not above and text.rstrip().endswith("*/")):
            break
        above.append(text)
    return bool(above) and words_in(" ".join(above)) >= FEWEST_WORDS


def check_header(source):
    pragma = source.bare.find("#pragma once")
    top = source.text[:max(pragma, 0)]
    if pragma < 0:
        yield Finding(source.path, 1, "no #pragma once")
    elif source.bare[:pragma].strip() or words_in(" ".join(comments(top))) < FEWEST_WORDS:
        yield Finding(source.path, 1, "does not begin with a comment that says what it is")
    classes = [each for each in outline(source)[1] if each.name]
    for each in classes:
        if not documented(source, each.line):
            yield Finding(source.path, each.line, f"{each.kind} {each.name} has no doc comment above it")
    said = " ".join(comments(source.text))
    if classes and not re.search(r"thread|process|worker|program", said, re.IGNORECASE):
        yield Finding(source.path, 1, "does not say on which thread or in which process its classes live")


def check(root):
    return [finding for source in sources(root, "src", suffixes=(".h",)) for finding in check_header(source)]


if __name__ == "__main__":
    run(check)
