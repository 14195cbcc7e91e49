#!/usr/bin/env python3
"""Layouts are in forms: none made by hand, a form for every window and dialog, a name on every control."""

import re
from xml.etree import ElementTree

from common import Allowed, Finding, files_under, run
from cpp import outline, sources

BY_HAND = (r"\bnew\s+Q(?!Text)\w*Layout\b|\bmake_(?:unique|shared)\s*<\s*Q(?!Text)\w*Layout\b"
           r"|\bQ(?:[VH]Box|Grid|Form)Layout\s+\w+\s*[({;]")
WINDOWS = {"QMainWindow", "QDialog"}
# Controls that say what they do by their own text, and those whose text is what a person put in.
BY_TEXT = {"QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QCommandLinkButton"}
BY_NAME = {"QLineEdit", "QSpinBox", "QDoubleSpinBox", "QListView", "QListWidget", "QTreeView", "QTableView",
           "QPlainTextEdit", "QTextEdit", "QTextBrowser", "QComboBox", "QFontComboBox", "QSlider", "QDial",
           "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QKeySequenceEdit"}


def property_of(widget, name):
    for node in widget.findall("property"):
        if node.get("name") == name:
            return "".join(node.itertext()).strip()
    return ""


def line_of(text, what):
    position = text.find(what)
    return text.count("\n", 0, position) + 1 if position >= 0 else 1


def check_controls(path, text, form):
    extends = {node.findtext("class", ""): node.findtext("extends", "") for node in form.iter("customwidget")}
    buddies = {property_of(node, "buddy") for node in form.iter("widget")}
    for widget in form.iter("widget"):
        kind, name = widget.get("class", ""), widget.get("name", "")
        base = extends.get(kind, kind)
        named = property_of(widget, "accessibleName") or (base in BY_NAME and name in buddies)
        if base in BY_TEXT | BY_NAME and not named and not (base in BY_TEXT and property_of(widget, "text")):
            yield Finding(path, line_of(text, f'name="{name}"'), f"{kind} {name} has no accessible name")


def check_form(root, form_path, classes):
    path, text = form_path.relative_to(root).as_posix(), form_path.read_text(encoding="utf-8")
    try:
        form = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [Finding(path, error.position[0], f"not well-formed: {error}")]
    name = form.findtext("class", "").strip().split("::")[-1]
    if form.tag != "ui" or not name:
        return [Finding(path, 1, "not a form: no <class> in an <ui>")]
    findings = list(check_controls(path, text, form))
    if name not in classes:
        findings.append(Finding(path, line_of(text, "<class>"), f"src/gui has no class {name}"))
    for header in form.iter("header"):
        included = (header.text or "").strip()
        if "/" in included and not (root / "src" / included).is_file():
            findings.append(Finding(path, line_of(text, included), f"no such header: {included}"))
    return findings


def is_window(name, bases):
    """Whether a class is a window or dialog, by itself or through classes of ours."""
    known, queue = set(), [name]
    for current in queue:
        for base in bases.get(current, ()):
            if base not in known:
                known.add(base)
                queue.append(base)
    return bool(known & WINDOWS)


def check(root):
    allowed, found, findings = Allowed(root, "layouts"), [], []
    gui = sources(root, "src/gui")
    classes = [(source, each) for source in gui for each in outline(source)[1]]
    bases = {each.name: each.bases for _, each in classes}
    for source in gui:
        found += [("layouts/new", Finding(source.path, line, "a layout made by hand: it belongs in a form"))
                  for line, _ in source.find(BY_HAND)]
    for source, each in classes:
        if is_window(each.name, bases) and not (root / "forms" / f"{each.name}.ui").is_file():
            findings.append(Finding(source.path, each.line, f"{each.name} has no form: forms/{each.name}.ui"))
    for form in files_under(root, "forms", (".ui",)):
        findings += check_form(root, form, bases)
    return findings + allowed.filter(found)


if __name__ == "__main__":
    run(check)
