#!/usr/bin/env python3
"""Compiles every C++ source of Kith for macOS with a cross-compiler; see compile-check.sh, which calls this.

What is compiled: every src/**/*.cpp and every generated source of the programs (moc, qrc, protobuf) in the
build's compile_commands.json. A source that this system's build leaves out (another system's mechanism) takes
the flags of a neighbour. Left out: *.mm (Objective-C++ needs Apple's frameworks) and not-compiled.txt.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

# The oldest macOS that packaging/macos/Info.plist.in admits; an Apple call newer than it is an error.
MACOS_MINIMUM = "12.0"

MACH_O_64 = bytes.fromhex("cffaedfe")
CPU_TYPE = {"aarch64": 0x0100000C, "x86_64": 0x01000007}

# Headers of other libraries that our sources include. They stand in the system's include directory beside the
# C library's, which must not be seen, so each is linked into a directory of its own.
FOREIGN_HEADERS = ["google", "openssl", "absl", "qrencode.h", "unicode"]


def die(message):
    sys.exit(f"compile-check: {message}")


def read_left_out(root):
    left_out = {}
    listing = root / "packaging/macos/not-compiled.txt"
    for line in listing.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        path, _, reason = line.partition(" ")
        if not (root / path).is_file():
            die(f"{listing.name} names {path}, which does not exist")
        if not reason.strip():
            die(f"{listing.name} gives no reason for {path}")
        left_out[path] = reason.strip()
    return left_out


def system_include_directories():
    """Where this system's own compiler looks, as it says itself."""
    said = subprocess.run(
        [os.environ.get("CXX", "c++"), "-E", "-v", "-x", "c++", os.devnull],
        capture_output=True, text=True, check=True,
    ).stderr
    listed = re.search(r"search starts here:\n(.*)End of search list", said, re.S)
    return [pathlib.Path(line.strip()) for line in listed.group(1).splitlines() if line.startswith(" ")]


def link_foreign_headers(place, directories):
    """Links each header folder into `place`; where it is split over two directories (Debian's OpenSSL), both."""
    place.mkdir(parents=True, exist_ok=True)
    for name in FOREIGN_HEADERS:
        found = [directory / name for directory in directories if (directory / name).exists()]
        target = place / name
        if found and found[0].is_file():
            relink(target, found[0])
            continue
        for folder in found:
            if len(found) == 1:
                relink(target, folder)
                continue
            if target.is_symlink():
                target.unlink()
            target.mkdir(exist_ok=True)
            for header in folder.iterdir():
                relink(target / header.name, header)


def relink(link, target):
    if link.is_symlink():
        link.unlink()
    link.symlink_to(target)


def object_of(entry):
    """The object a compile command makes, relative to the build directory; CMake 3.25 has it in the command alone."""
    words = shlex.split(entry["command"]) if "command" in entry else entry["arguments"]
    return words[words.index("-o") + 1]


def kept_flags(entry, system_directories):
    """Of a compile command: the standard, the definitions, and the include directories that are not the C library's."""
    words = shlex.split(entry["command"]) if "command" in entry else entry["arguments"]
    kept = []
    position = 1
    while position < len(words):
        word = words[position]
        position += 1
        option = next((o for o in ("-isystem", "-I", "-D", "-U", "-std=") if word.startswith(o)), None)
        if option is None:
            continue
        value = word[len(option):]
        if not value:
            value = words[position]
            position += 1
        if option in ("-I", "-isystem"):
            directory = pathlib.Path(entry["directory"], value).resolve()
            if directory in system_directories or "mkspecs" in directory.parts:
                continue
            kept.append(f"-I{directory}" if option == "-I" else f"-isystem{directory}")
        else:
            kept.append(option + value)
    return kept


def collect(root, preset, system_directories):
    """All sources with their flags: {path: [flags]}; and what is left out: {path: reason}."""
    # packaging/build-and-test.sh compiles several sources as one, and keeps the commands of each here.
    database = root / "build" / preset / "every_source.json"
    if not database.is_file():
        database = database.with_name("compile_commands.json")
    if not database.is_file():
        die(f"build the {preset} preset first: there is no {database}")
    left_out = read_left_out(root)
    source_root = root / "src"
    sources = {}
    for entry in json.loads(database.read_text(encoding="utf-8")):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if object_of(entry).startswith("tests/"):
            continue
        name = str(path.relative_to(root)) if root in path.parents else str(path)
        if path.suffix not in (".cpp", ".cc", ".cxx") or name in left_out or name in sources:
            continue
        if not path.is_file():
            die(f"{name} has not been generated; build the {preset} preset first")
        sources[name] = kept_flags(entry, system_directories)
    for path in sorted(source_root.rglob("*")):
        name = str(path.relative_to(root))
        if path.suffix == ".mm":
            left_out.setdefault(name, "Objective-C++: needs Apple's frameworks")
        elif path.suffix == ".cpp" and name not in sources and name not in left_out:
            sources[name] = neighbour_flags(path, root, sources)
    return sources, left_out


def put_together(root, preset, sources):
    """`sources` with those that the build compiles as one (packaging/cmake/KithFast.cmake) as one here too; a group with a source that is left out here stays apart."""
    together = dict(sources)
    database = root / "build" / preset / "compile_commands.json"
    for entry in json.loads(database.read_text(encoding="utf-8")):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if path.parent.name != "Unity" or object_of(entry).startswith("tests/"):
            continue
        named = re.findall(r'^#include "(.+)"$', path.read_text(encoding="utf-8"), re.M)
        members = [str(pathlib.Path(name).resolve().relative_to(root)) for name in named]
        if not members or not all(member in together for member in members):
            continue
        flags = together[members[0]]
        for member in members:
            del together[member]
        together[str(path.relative_to(root))] = flags
    if len(together) == len(sources):
        die(f"--together: the {preset} preset is built with each source by itself")
    return together


def neighbour_flags(path, root, sources):
    for folder in path.parents:
        prefix = str(folder.relative_to(root)) + "/"
        for name in sorted(sources):
            if name.startswith(prefix):
                return sources[name]
        if folder == root / "src":
            break
    die(f"{path.relative_to(root)} is not built here and has no neighbour whose flags it could take")


def compile_one(zig, arch, root, name, flags, foreign, place):
    target = place / arch / (re.sub(r"[^A-Za-z0-9_.-]", "_", name) + ".o")
    command = [
        zig, "c++", "-target", f"{arch}-macos.{MACOS_MINIMUM}", "-c", name, "-o", str(target),
        "-O0", "-g0", "-fno-sanitize=undefined", "-w", "-Werror=unguarded-availability",
        *flags, f"-isystem{foreign}",
    ]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode != 0:
        return run.stderr.strip() or f"the compiler ended with {run.returncode}"
    with open(target, "rb") as made:
        head = made.read(8)
    if head[:4] != MACH_O_64 or int.from_bytes(head[4:], "little") != CPU_TYPE[arch]:
        return f"{target} is not a Mach-O object for {arch}"
    return None


def main():
    parser = argparse.ArgumentParser(prog="compile-check.sh")
    parser.add_argument("--zig", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--preset", default="debug")
    parser.add_argument("--arch", action="append", choices=sorted(CPU_TYPE))
    parser.add_argument("--together", action="store_true",
                        help="compile as one what the build compiled as one: four times as fast, and an include "
                             "that is missing in one of several is not found")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    architectures = arguments.arch or sorted(CPU_TYPE)

    place = root / "build" / "zig"
    directories = system_include_directories()
    foreign = place / "include"
    link_foreign_headers(foreign, directories)
    sources, left_out = collect(root, arguments.preset, {directory.resolve() for directory in directories})
    if not any(name.startswith("src/") for name in sources):
        die("found no source under src/")
    for arch in architectures:
        (place / arch).mkdir(parents=True, exist_ok=True)

    generated = sum(not name.startswith("src/") for name in sources)
    own = len(sources) - generated
    if arguments.together:
        sources = put_together(root, arguments.preset, sources)

    failures = []
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = {
            pool.submit(compile_one, arguments.zig, arch, root, name, flags, foreign, place): (arch, name)
            for name, flags in sources.items() for arch in architectures
        }
        for done in concurrent.futures.as_completed(running):
            if done.result() is not None:
                arch, name = running[done]
                failures.append((name, arch))
                print(f"FAILED for {arch}: {name}\n{done.result()}\n", flush=True)

    print(f"{own} sources under src/ and {generated} generated ones, for "
          f"{' and '.join(architectures)} (macOS {MACOS_MINIMUM}): "
          f"{len(sources) * len(architectures) - len(failures)} Mach-O objects, {len(failures)} failures")
    print(f"Not compiled: {len(left_out)}")
    for name, reason in sorted(left_out.items()):
        print(f"  {name}: {reason}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
