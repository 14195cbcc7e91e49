#!/usr/bin/env python3
"""Nothing in the program's own process waits: no waitFor, sleep, nested loop or thread, no disk on the GUI thread."""

import re

from common import Allowed, Finding, run
from cpp import sources

WAITING = ("src/gui", "src/model", "src/store", "src/supervisor", "src/app", "src/cli")
DISKLESS = ("src/gui/", "src/model/")

WAITS = [
    r"\bwaitFor(?:Started|Finished|ReadyRead|BytesWritten|Connected|Disconnected|NewConnection|Done)\b",
    r"\b(?:QThread\s*::\s*)?(?:sleep|msleep|usleep|nanosleep|sleep_for|sleep_until)\s*\(",
    r"\b\w*[tT]hread\w*\s*(?:->|\.)\s*wait\s*\(",
    r"\bQEventLoop\b",
    r"\bprocessEvents\s*\(",
    r"\bBlockingQueuedConnection\b",
    r"\bQMessageBox\s*::\s*(?:question|information|warning|critical|about)\s*\(",
    r"\bQ(?:File|Input|Color|Font)Dialog\s*::\s*get[A-Z]\w*\s*\(",
]
EXEC = re.compile(r"(\w+)\s*(?:\(\s*\))?\s*(?:\.|->|::)\s*exec\s*\(")
APPLICATION = r"Q(?:Core|Gui)?Application|\w+Application"
DISK = [
    r"\bQFile\b(?!\s*::\s*(?:encodeName|decodeName)\b)",
    r"\bQ(?:SaveFile|TemporaryFile|TemporaryDir|DirIterator|FileInfo|LockFile|Settings|StorageInfo)\b",
    r"(?:\.|->|\bQDir\s*::\s*)\s*(?:mkpath|mkdir|rmpath|rmdir|removeRecursively|entryList|entryInfoList)\s*\(",
    r"\bstd\s*::\s*(?:filesystem|[io]?fstream)\b",
    r"\bfopen\s*\(|(?<![\w.>:])::\s*open(?:at)?\s*\(",
]
INCLUDE_LINE = re.compile(r"^\s*#\s*include\b")


def exec_calls(source):
    """Nested event loops by exec(); the application's own is the one that may run, in src/app."""
    own = set()
    if source.path.startswith("src/app/"):
        own = {"QApplication", "QGuiApplication", "QCoreApplication"}
        own.update(re.findall(rf"\b(?:{APPLICATION})\s+(\w+)\s*[({{;]", source.bare))
    for line, match in source.find(EXEC):
        if match.group(1) not in own:
            yield line, match
    # A dialog's own exec() has nothing before it.
    for line, match in source.find(r"(?:^|[;{}])\s*exec\s*\(\s*\)\s*;"):
        yield source.line(match.end()), match


def check(root):
    allowed, found = Allowed(root, "waits"), []
    for source in sources(root, *WAITING):
        waits = [hit for pattern in WAITS for hit in source.find(pattern)] + list(exec_calls(source))
        for line, match in waits:
            if not INCLUDE_LINE.match(source.lines[line - 1]):
                what = re.sub(r"\s+", "", match.group().strip(" \n;{}"))
                found.append(("waits/wait", Finding(source.path, line, f"waits: {what}")))
        for line, match in [hit for pattern in DISK for hit in source.find(pattern)]:
            if source.path.startswith(DISKLESS) and not INCLUDE_LINE.match(source.lines[line - 1]):
                what = re.sub(r"\s+", "", match.group())
                found.append(("waits/disk", Finding(source.path, line, f"disk on the GUI thread: {what}")))
    return allowed.filter(found)


if __name__ == "__main__":
    run(check)
