#!/usr/bin/env python3
"""Includes between the folders of src/ follow ARCHITECTURE.md's arrows; there is no include cycle."""

import re

from common import Finding, run
from cpp import sources

ARROWS = {
    "core": "",
    "ipc": "core",
    "wire": "core",
    "worker": "core ipc wire",
    "supervisor": "core ipc",
    "store": "core",
    "model": "core supervisor store",
    "words": "core",
    "gui": "core model words",
    "cli": "core model words",
    "preview": "core ipc",
    "app": "core ipc wire worker supervisor store model words gui cli preview",
}
WITHOUT_QT = ("core", "ipc", "wire", "worker", "preview")
QT_HEADER = re.compile(r"^(?:Q[A-Z]|Qt[A-Z]|q(?!rencode)\w+(?:\.h)?$)")
LINKS = re.compile(r"\b(kith_library|target_link_libraries)\s*\(([^()]*)\)")


def folder_of(path):
    """src/worker/net/x.cpp -> worker"""
    return path.split("/")[1]


def may_use(folder, other):
    return folder == other or other in ARROWS.get(folder, "").split()


def project_file(root, name):
    """The file in src/ that an include means: itself, or the schema it is generated from; None if neither."""
    if name.endswith(".pb.h"):
        schema = name.removesuffix(".pb.h") + ".proto"
        found = [root / "src" / schema] if "/" in schema else sorted((root / "src").rglob(schema))
        return next((path.relative_to(root).as_posix() for path in found if path.is_file()), None)
    path = root / "src" / name
    return path.relative_to(root).as_posix() if "/" in name and path.is_file() else None


def check_include(root, source, include, edges):
    """The fault of one include, or None; edges collects what includes what."""
    name, folder = include.name, folder_of(source.path)
    target = project_file(root, name)
    if target:
        edges.setdefault(source.path, {}).setdefault(target, include.line)
        if not include.quoted:
            return f'<{name}> is ours: "{name}"'
        if not may_use(folder, folder_of(target)):
            return f"{folder} may not include {folder_of(target)}: {name}"
        return None
    if not include.quoted:
        return f"no Qt in {folder}: <{name}>" if folder in WITHOUT_QT and QT_HEADER.match(name) else None
    if re.fullmatch(r"ui_\w+\.h", name):
        return None if folder == "gui" else f"only gui includes forms: {name}"
    if re.fullmatch(r"\w+\.moc|moc_\w+\.cpp", name):
        return None
    return f'"{name}" is no file of src/, written as folder/file.h'


def cycles(edges):
    """Each group of nodes that reach one another, as a list in the order of one round trip."""
    def path_back(start):
        came, queue = {}, [start]
        for node in queue:
            for following in sorted(edges.get(node, ())):
                if following == start:
                    trail = [node]
                    while trail[-1] != start:
                        trail.append(came[trail[-1]])
                    return trail[::-1]
                if following not in came:
                    came[following] = node
                    queue.append(following)
        return None

    seen = set()
    for node in sorted(edges):
        if node not in seen and (trail := path_back(node)):
            seen.update(trail)
            yield trail


def check_cycles(edges):
    for trail in cycles(edges):
        line = edges[trail[0]][(trail + trail)[1]]
        yield Finding(trail[0], line, "files include one another: " + " -> ".join(trail + trail[:1]))
    folders, first = {}, {}
    for path, targets in sorted(edges.items()):
        for target, line in sorted(targets.items()):
            pair = path.rsplit("/", 1)[0], target.rsplit("/", 1)[0]
            if pair[0] != pair[1]:
                folders.setdefault(pair[0], {})[pair[1]] = line
                first.setdefault(pair, (path, line))
    for trail in cycles(folders):
        path, line = first[trail[0], (trail + trail)[1]]
        yield Finding(path, line, "folders include one another: " + " -> ".join(trail + trail[:1]))


def folder_of_target(target):
    """kith_worker_net -> worker; None for what is no library of a folder (kith_options)."""
    name = target.removeprefix("kith_")
    return next((folder for folder in ARROWS if name == folder or name.startswith(folder + "_")), None)


def linked(root, folder):
    """What the libraries of a folder link, from its CMakeLists.txt: {name: line}, and the file's path."""
    path = root / "src" / folder / "CMakeLists.txt"
    text = re.sub(r"#[^\n]*", "", path.read_text(encoding="utf-8")) if path.is_file() else ""
    names, is_library = {}, False
    for call in LINKS.finditer(text):
        words = list(re.finditer(r"\S+", call.group(2)))
        is_library = is_library or call.group(1) == "kith_library"
        for word in words[1:]:
            line = text.count("\n", 0, call.start(2) + word.start()) + 1
            names.setdefault(word.group(), line)
    return path.relative_to(root).as_posix(), names, is_library


def check_links(root, edges):
    for folder in ARROWS:
        path, names, is_library = linked(root, folder)
        uses = {}
        for name, line in names.items():
            other = folder_of_target(name) if name.startswith("kith_") else None
            if other:
                uses[other] = line
            if other and not may_use(folder, other):
                yield Finding(path, line, f"{folder} may not link {name}")
            if name.startswith("Qt6::") and folder in WITHOUT_QT:
                yield Finding(path, line, f"no Qt in {folder}: {name}")
        included = {folder_of(target) for source, targets in edges.items() if folder_of(source) == folder
                    for target in targets}
        for other in sorted(included - set(uses) - {folder}):
            if is_library and may_use(folder, other):
                yield Finding(path, 1, f"{folder} includes {other} and does not say so: USES kith_{other}")


def check(root):
    findings, edges = [], {}
    for source in sources(root, "src"):
        if folder_of(source.path) not in ARROWS:
            findings.append(Finding(source.path, 1, "a folder that ARCHITECTURE.md does not know"))
            continue
        for include in source.includes():
            fault = check_include(root, source, include, edges)
            if fault:
                findings.append(Finding(source.path, include.line, fault))
    return findings + list(check_cycles(edges)) + list(check_links(root, edges))


if __name__ == "__main__":
    run(check)
