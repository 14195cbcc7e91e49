#!/usr/bin/env python3
"""No loose ends in any tracked text: marks of unfinished work, paths of one computer, dead links, scripts
that go on after an error."""

import os
import re
import subprocess
from urllib.parse import unquote

from common import Finding, run, text_of, tracked_files

OWN = "tests/lint/"  # the lints name what they look for
MARKS = re.compile(r"\b(?:TODO|FIXME|XXX)\b|\bfor now\b|\bnot (?:yet )?implemented\b", re.IGNORECASE)
PATHS = re.compile(r"(?<![\w.$}~-])/(?:work|home|tmp/wt)/")
HOSTS = re.compile(r"\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org|files\.pythonhosted\.org"
                   r"|proxy\.golang\.org|(?:static\.|index\.)?crates\.io|rubygems\.org|repo1?\.maven\.org"
                   r"|repo\.maven\.apache\.org|registry-1\.docker\.io|ghcr\.io|\w*artifactory[\w.]*)\b")
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\s*\[[^\]]+\]:\s*(\S+)",
                  re.MULTILINE)
SHEBANG = re.compile(r"#!\s*(?:/usr/bin/env\s+|/(?:usr/)?bin/)(bash|sh|dash)\b")
SAFE = re.compile(r"set -eu(?:o pipefail| -o pipefail|x?)?(?:\s*#.*)?$")


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_code(text):
    """Markdown without its code blocks and code spans, line by line the same."""
    text = re.sub(r"^(```|~~~).*?^\1", _blank, text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]+`", _blank, text)


def check_marks(path, text):
    for pattern, what in ((MARKS, "a loose end"), (PATHS, "a path of one computer"),
                          (HOSTS, "a registry host")):
        for match in pattern.finditer(text):
            if what == "a loose end" and match.group().lower() == "xxx" and match.group() != "XXX":
                continue
            yield Finding(path, text.count("\n", 0, match.start()) + 1, f"{what}: {match.group()}")


def check_links(root, file, path, text):
    for match in LINK.finditer(text):
        target = match.group(1) or match.group(2)
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE) or target.startswith("#"):
            continue
        name = unquote(target.split("#")[0])
        there = (root / name.lstrip("/")) if name.startswith("/") else file.parent / name
        if not there.exists():
            yield Finding(path, text.count("\n", 0, match.start(match.lastindex)) + 1,
                          f"a link to nothing: {target}")


def shell_of(file, text):
    shebang = SHEBANG.match(text)
    return shebang.group(1) if shebang else "bash" if file.suffix in (".sh", ".bash") else None


def check_script(file, path, text, shell):
    result = subprocess.run([shell, "-n", str(file)], capture_output=True, text=True, check=False)
    if result.returncode:
        where = re.search(r": (?:line )?(\d+): (.*)", result.stderr)
        number, what = (int(where.group(1)), where.group(2)) if where else (1, result.stderr.strip())
        yield Finding(path, number, f"{shell} -n: {what}")
    if not text.startswith("#!") and not os.access(file, os.X_OK):
        return  # sourced: it runs under the options of the script that reads it
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            if not SAFE.match(line):
                yield Finding(path, number, "a script begins with set -eu (bash: set -euo pipefail)")
            return


def check(root):
    findings = []
    for file in tracked_files(root):
        path, text = file.relative_to(root).as_posix(), text_of(file)
        if text is None or path.startswith(OWN):
            continue
        if file.suffix == ".md":
            prose = without_code(text)
            findings += check_links(root, file, path, prose)
            findings += check_marks(path, prose)
        else:
            findings += check_marks(path, text)
        shell = shell_of(file, text)
        if shell:
            findings += check_script(file, path, text, shell)
    return findings


if __name__ == "__main__":
    run(check)
