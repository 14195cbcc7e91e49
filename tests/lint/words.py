#!/usr/bin/env python3
"""Every reason code has words, and every sentence has its finished translation."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from common import Finding, Skip, files_under, run
from cpp import Source, matching, sources

REASONS = "src/core/reason.h"
TRANSLATIONS = "resources/translations"
CHINESE = "kith_zh_CN.ts"
PLURALS_ONLY = "kith_en.ts"  # English has no translation but of its plural forms
SPEAKING = ("src/words", "src/gui")
TR = re.compile(r"\btr\s*\(|\b(?:QCoreApplication|QTranslator)\s*::\s*translate\s*\(")
PLACEHOLDER = re.compile(r"%L?\d+|%L?n\b")


def check_reasons(root):
    path = root / REASONS
    if not path.is_file():
        return [Finding(REASONS, 1, "the list of reasons is missing")]
    source = Source(root, path)
    enum = re.search(r"\benum\s+class\s+Reason\b[^{]*\{", source.bare)
    if not enum:
        return [Finding(REASONS, 1, "no enum class Reason")]
    body = source.bare[enum.end():matching(source.bare, enum.end() - 1)]
    said = "\n".join(each.bare for each in sources(root, "src/words", suffixes=(".cpp",)))
    findings = []
    for match in re.finditer(r"\b([A-Za-z_]\w*)\s*(?:=[^,]*)?(?:,|\Z|(?=\s*\Z))", body):
        if not re.search(rf"\bcase\s+(?:\w+\s*::\s*)*{match.group(1)}\s*:", said):
            line = source.line(enum.end() + match.start())
            findings.append(Finding(REASONS, line, f"src/words has no case for Reason::{match.group(1)}"))
    return findings


def arguments(bare, opening):
    """The stretches of the arguments of the call whose `(` is at `opening`."""
    end, start, position = matching(bare, opening), opening + 1, opening + 1
    while position < end:
        if bare[position] in "({[":
            position = matching(bare, position)
        elif bare[position] == ",":
            yield bare[start:position]
            start = position + 1
        position += 1
    yield bare[start:end]


def check_concatenation(source):
    for line, match in source.find(TR):
        given = list(arguments(source.bare, match.end() - 1))
        text = given[0 if match.group().startswith("tr") else min(1, len(given) - 1)]
        if re.search(r"[+%]|\.\s*(?:arg|append)\s*\(", text):
            yield Finding(source.path, line, "a sentence put together inside tr(): translators see no whole")


def messages(path):
    """(line, context, message element) of a .ts file, or None and the error."""
    text = path.read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text)
    starts = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"<message\b", text)]
    found = [(context.findtext("name", ""), message) for context in tree.iter("context")
             for message in context.iter("message")]
    return [(line, name, message) for line, (name, message) in zip(starts, found)]


def fault_of(message):
    """What is wrong with one message of a committed .ts file, or None."""
    source, translation = message.findtext("source", ""), message.find("translation")
    kind = translation.get("type", "") if translation is not None else "unfinished"
    if kind:
        return {"unfinished": "not finished"}.get(kind, "of a sentence that is gone")
    forms = [node.text or "" for node in translation.iter("numerusform")] or [translation.text or ""]
    wanted = set(PLACEHOLDER.findall(source))
    for form in forms:
        if not form.strip():
            return "empty"
        given = set(PLACEHOLDER.findall(form))
        if given - wanted or wanted - given - ({"%n"} if len(forms) > 1 else set()):
            return "with other placeholders"
    return None


def shown(message):
    return '"' + " ".join(message.findtext("source", "").split())[:60] + '"'


def updated(root, path):
    """The messages of a copy of a .ts file after lupdate read the sources, and what lupdate complained of."""
    lupdate = shutil.which("lupdate") or shutil.which("lupdate", path="/usr/lib/qt6/bin:/opt/homebrew/bin")
    if not lupdate:
        raise Skip("lupdate is not installed")
    folders = [str(root / folder) for folder in (*SPEAKING, "forms") if (root / folder).is_dir()]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copy(path, copy)
        only = ["-pluralonly"] if path.name == PLURALS_ONLY else []
        result = subprocess.run([lupdate, *only, "-I", str(root / "src"), "-locations", "none", *folders,
                                 "-ts", str(copy)],
                                capture_output=True, text=True, check=False)
        complaints = re.findall(r"^(/\S+?):(\d+): (.*)$", result.stderr, re.MULTILINE)
        return messages(copy), complaints


def key(name, message):
    return name, message.findtext("source", ""), message.findtext("comment", "")


def check_translation(root, path):
    name = path.relative_to(root).as_posix()
    try:
        committed = messages(path)
    except ElementTree.ParseError as error:
        return [Finding(name, error.position[0], f"not well-formed: {error}")]
    findings, faulty = [], set()
    for line, context, message in committed:
        fault = fault_of(message)
        if fault:
            faulty.add(key(context, message))
            findings.append(Finding(name, line, f"a translation {fault}: {shown(message)}"))
    fresh, complaints = updated(root, path)
    for _, context, message in fresh:
        if key(context, message) not in faulty and (fault := fault_of(message)):
            what = "the translation is missing" if "finished" in fault else f"a translation {fault}"
            findings.append(Finding(name, 1, f"{what}: {shown(message)} ({context})"))
    for file, line, complaint in complaints:
        findings.append(Finding(Path(file).relative_to(root).as_posix(), int(line), f"lupdate: {complaint}"))
    return findings


def check(root):
    findings = check_reasons(root)
    for source in sources(root, *SPEAKING):
        findings += check_concatenation(source)
    if not (root / TRANSLATIONS / CHINESE).is_file():
        return findings + [Finding(f"{TRANSLATIONS}/{CHINESE}", 1, "the Chinese translation is missing")]
    for path in files_under(root, TRANSLATIONS, (".ts",)):
        findings += check_translation(root, path)
    return findings


if __name__ == "__main__":
    run(check)
