#!/usr/bin/env python3
"""A file of src/ has at most 400 lines and a function at most 60; a file of tests/ at most 600."""

import re

from common import Finding, run
from cpp import comments, outline, sources

SOURCE_LINES, TEST_LINES, FUNCTION_LINES = 400, 600, 60
REASON_WITHIN = 15


def has_reason(source):
    """A comment at the top says why: `size budget: ...` with words after it."""
    top = comments("\n".join(source.lines[:REASON_WITHIN]))
    return any(re.search(r"size budget:\s*\w+\s+\w+", comment) for comment in top)


def check(root):
    findings = []
    for source in sources(root, "src", "tests"):
        if source.path.endswith((".pb.h", ".pb.cc")) or has_reason(source):
            continue
        in_src = source.path.startswith("src/")
        count, limit = len(source.text.splitlines()), SOURCE_LINES if in_src else TEST_LINES
        if count > limit:
            findings.append(Finding(source.path, 1, f"{count} lines, more than {limit}"))
        for function in outline(source)[0] if in_src else []:
            length = function.last - function.first + 1
            if length > FUNCTION_LINES:
                findings.append(Finding(source.path, function.first,
                                        f"{function.name} has {length} lines, more than {FUNCTION_LINES}"))
    return findings


if __name__ == "__main__":
    run(check)
