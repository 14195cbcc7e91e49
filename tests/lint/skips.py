#!/usr/bin/env python3
"""Every way in which a test may leave itself out is listed, with its reason (tests/lint/allowed.txt, skips/test)."""

import ast
import re

from common import Allowed, Finding, files_under, run, text_of
from cpp import outline, sources

PYTHON = {"skipTest", "skip", "skipIf", "skipUnless", "SkipTest"}


def in_cpp(root):
    """(name, line) of each QSKIP; the name is FILE:FUNCTION."""
    for source in sources(root, "tests"):
        hits = [line for line, _ in source.find(r"\bQSKIP\s*\(")]
        functions = outline(source)[0] if hits else []
        for line in hits:
            inside = [each.name.split("::")[-1] for each in functions if each.first <= line <= each.last]
            yield f"{source.path}:{inside[-1] if inside else '-'}", line


def in_python(root):
    """(name, line) of each call that skips; the name is FILE:FUNCTION, or FILE:CLASS for a whole class."""
    for path in files_under(root, "tests", (".py",)):
        text = text_of(path) or ""
        if not re.search("|".join(PYTHON), text):
            continue
        pending = [(ast.parse(text), "-")]
        while pending:
            node, name = pending.pop()
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                name = node.name
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in PYTHON:
                    yield f"{path.relative_to(root).as_posix()}:{name}", node.lineno
            pending += [(child, name) for child in ast.iter_child_nodes(node)]


def check(root):
    found = [("skips/test", Finding(name, line, "a test that may be left out; list it with its reason"))
             for name, line in [*in_cpp(root), *in_python(root)]]
    return Allowed(root, "skips").filter(found)


if __name__ == "__main__":
    run(check)
