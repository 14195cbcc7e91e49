#!/usr/bin/env python3
"""Every C++ file stands as clang-format (the .clang-format at the top) writes it."""

import re
import shutil
import subprocess

from common import Finding, Skip, files_under, run

FOLDERS = ("src", "tests", "packaging")
VIOLATION = re.compile(r"^(.*?):(\d+):\d+: error: (.*?)(?: \[-Wclang-format-violations\])?$", re.MULTILINE)


def check(root):
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if not tool:
        raise Skip("clang-format is not installed")
    files = [path for folder in FOLDERS for path in files_under(root, folder)]
    if not files:
        return []
    names = [path.relative_to(root).as_posix() for path in files]
    result = subprocess.run([tool, "--dry-run", "-Werror", "--style=file", *names], cwd=root,
                            capture_output=True, text=True, check=False)
    first = {}
    for path, line, _ in VIOLATION.findall(result.stderr):
        if path in names:
            first.setdefault(path, int(line))
    if result.returncode and not first:
        return [Finding(".clang-format", 1, "clang-format failed: " + result.stderr.strip().split("\n")[0])]
    return [Finding(path, line, "not as clang-format writes it") for path, line in first.items()]


if __name__ == "__main__":
    run(check)
