#!/usr/bin/env python3
"""clang-tidy finds nothing in the sources of src/.

What it said of a file is kept in the build directory under a hash of all it depends on (the file, the
headers of the project and the build that it includes, .clang-tidy, the command, the tool), so that a second
run looks only at what changed.
"""

import atexit
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import Finding, Skip, git, run

CACHE = "lint-tidy"
JOBS = 2
DIAGNOSTIC = re.compile(r"^(/\S+?):(\d+):\d+: (?:warning|error): (.*)$", re.MULTILINE)
LOCAL_INCLUDE = re.compile(rb"^[ \t]*#[ \t]*include[ \t]*\"([^\"\n]+)\"", re.MULTILINE)
# What gcc takes and clang does not; nothing of it changes what clang-tidy finds.
GCC_ONLY = {"-mno-direct-extern-access", "-fno-fat-lto-objects", "-flto=auto", "-Winvalid-pch"}


def commands(root, build):
    """{source: its compile command for clang} of the sources in src/, from the build's own database."""
    # packaging/build-and-test.sh compiles several sources as one, and keeps the commands of each here.
    database = build / "every_source.json"
    if not database.is_file():
        database = build / "compile_commands.json"
    if not database.is_file():
        return None
    found = {}
    for entry in json.loads(database.read_text(encoding="utf-8")):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        words = entry.get("arguments") or shlex.split(entry["command"])
        if Path(words[0]).name in ("ccache", "sccache"):
            words = words[1:]
        if path.is_relative_to(root / "src"):
            found[path] = {"directory": entry["directory"], "file": str(path),
                           "arguments": without_precompiled([word for word in words if word not in GCC_ONLY])}
    return found


def without_precompiled(words):
    """gcc's precompiled headers (packaging/cmake/KithFast.cmake) are none to clang; no source relies on them."""
    kept = []
    for word in words:
        if word.endswith("/cmake_pch.hxx"):
            kept.pop()  # its -include
        else:
            kept.append(word)
    return kept


def include_folders(entry):
    words = entry["arguments"]
    for index, word in enumerate(words):
        if word in ("-I", "-isystem", "-iquote") and index + 1 < len(words):
            yield Path(entry["directory"]) / words[index + 1]
        elif word.startswith("-I"):
            yield Path(entry["directory"]) / word[2:]


def local_files(path, folders):
    """The file and what it includes by quotes, transitively, as far as it is found."""
    queue = [path]
    for current in queue:
        for name in LOCAL_INCLUDE.findall(current.read_bytes()):
            candidates = (folder / name.decode(errors="replace") for folder in (current.parent, *folders))
            found = next((each for each in candidates if each.is_file()), None)
            if found and found not in queue:
                queue.append(found)
    return queue


def fingerprint(entry, basis):
    digest = hashlib.sha256(basis + json.dumps(entry).encode())
    for path in local_files(Path(entry["file"]), list(include_folders(entry))):
        content = path.read_bytes()
        digest.update(f"{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def tidy(tool, cache, root, entry, basis):
    """What clang-tidy prints of one source, from the cache where nothing changed."""
    kept = cache / (fingerprint(entry, basis) + ".txt")
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    result = subprocess.run([tool, "--quiet", "-p", str(cache), f"--config-file={root / '.clang-tidy'}",
                             "--extra-arg=-Wno-unknown-warning-option", entry["file"]],
                            capture_output=True, text=True, check=False)
    said = result.stdout
    if result.returncode and not DIAGNOSTIC.search(said):
        said += f"{entry['file']}:1:1: error: clang-tidy failed: {result.stderr.strip()[-300:]!r}\n"
    partial = kept.with_suffix(".part")
    partial.write_text(said, encoding="utf-8")
    partial.replace(kept)
    return said


def changed(root, since):
    """The sources of src/ that differ from a commit; headers count through those who include them."""
    listing = git(root, "diff", "--name-only", "-z", since)
    if listing is None:
        raise Skip("--changed needs a git checkout")
    return {root / name for name in listing.split("\0") if name}


def touches(entry, paths):
    return not paths.isdisjoint(path.resolve() for path in
                                local_files(Path(entry["file"]), list(include_folders(entry))))


def cache_in(build):
    """The folder of the cache; one that does not last where the build belongs to another user."""
    cache = build / CACHE
    if os.access(cache if cache.is_dir() else build, os.W_OK):
        cache.mkdir(exist_ok=True)
        return cache
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return folder


def check(root, args):
    tool = shutil.which(args.clang_tidy)
    if not tool:
        raise Skip(f"{args.clang_tidy} is not installed")
    build = args.build.resolve()
    entries = commands(root, build)
    if not entries:
        return [Finding("compile_commands.json", 1, "no source of src/ in the build's list of commands")]
    if args.changed:
        paths = changed(root, args.changed)
        entries = {path: entry for path, entry in entries.items() if touches(entry, paths)}
    cache = cache_in(build)
    (cache / "compile_commands.json").write_text(json.dumps(list(entries.values())), encoding="utf-8")
    version = subprocess.run([tool, "--version"], capture_output=True, check=False).stdout
    basis = version + (root / ".clang-tidy").read_bytes()
    with ThreadPoolExecutor(args.jobs) as pool:
        said = pool.map(lambda entry: tidy(tool, cache, root, entry, basis), entries.values())
        findings = set()
        for path, line, what in (hit for text in said for hit in DIAGNOSTIC.findall(text)):
            where = Path(path).resolve()
            name = where.relative_to(root).as_posix() if where.is_relative_to(root) else path
            findings.add(Finding(name, int(line), what))
        return findings


def options(parser):
    parser.add_argument("--changed", metavar="COMMIT", help="only what differs from this commit")
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--clang-tidy", default="clang-tidy", help="the tool to run")


if __name__ == "__main__":
    run(check, with_build=True, extra=options)
