"""Reads C++ well enough to lint it: blanks comments and literals, finds includes, functions and classes."""

import re
from typing import NamedTuple

from common import files_under

TOKEN = re.compile(
    r"""(?P<comment>//(?:\\\r?\n|[^\n])*|/\*.*?(?:\*/|\Z))
      | (?P<raw>(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
      | (?P<string>(?:u8|u|U|L)?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'))
      | (?P<number>\.?\d(?:[eEpP][+-]|'?[\w.])*)
      | (?P<word>[A-Za-z_]\w*)""",
    re.DOTALL | re.VERBOSE)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*(?:\"[^\"\n]*\"|<[^>\n]*>)", re.MULTILINE)
OPEN = {"(": ")", "{": "}", "[": "]"}


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def bare(text):
    """The text with comments and the insides of literals as spaces: same length, same lines."""
    def replace(match):
        token = match.group()
        if match["comment"]:
            return _blank(token)
        if match["raw"] or match["string"]:
            quote = token.find(token[-1])
            return token[:quote + 1] + _blank(token[quote + 1:-1]) + token[-1]
        return token
    return TOKEN.sub(replace, text)


def numbers(text):
    """(position, literal) of each number outside comments and literals."""
    return [(match.start(), match.group()) for match in TOKEN.finditer(text) if match["number"]]


def comments(text):
    return [match.group() for match in TOKEN.finditer(text) if match["comment"]]


def matching(text, start):
    """The position of the bracket that closes the one at `start` in bare text, or the end of the text."""
    opening, closing = text[start], OPEN[text[start]]
    depth = 0
    for match in re.compile("[" + re.escape(opening + closing) + "]").finditer(text, start):
        depth += 1 if match.group() == opening else -1
        if depth == 0:
            return match.start()
    return len(text)


class Include(NamedTuple):
    line: int
    name: str
    quoted: bool


class Source:
    """One C++ file: its path below the root, its text, and its bare text."""

    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.bare = bare(self.text)
        self.lines = self.text.split("\n")

    def line(self, position):
        return self.text.count("\n", 0, position) + 1

    def includes(self):
        for match in INCLUDE.finditer(self.bare):
            written = self.text[match.start():match.end()].rstrip()
            quoted = written.endswith('"')
            yield Include(self.line(match.end()), re.split('["<]', written)[1].rstrip('">'), quoted)

    def find(self, pattern):
        """Matches in the bare text, as (line, match); the first of each line."""
        seen = set()
        for match in re.finditer(pattern, self.bare):
            line = self.line(match.start())
            if line not in seen:
                seen.add(line)
                yield line, match


def sources(root, *folders, suffixes=(".h", ".cpp", ".c", ".mm")):
    return [Source(root, path) for folder in folders for path in files_under(root, folder, suffixes)]


# --- functions and classes -------------------------------------------------------------------------------


class Function(NamedTuple):
    name: str
    first: int
    last: int


class Class(NamedTuple):
    kind: str
    name: str
    bases: tuple
    line: int


def _without_directives(text):
    """Bare text with preprocessor lines blanked, and the other branches of an #if whose first branch opens
    or closes more braces than it closes or opens, so that braces match."""
    out, stack = [], []
    pattern = re.compile(r"^[ \t]*#[ \t]*(\w*)(?:\\\r?\n|[^\n])*", re.MULTILINE)
    position = 0

    def keep(chunk):
        if any(frame["dropping"] for frame in stack):
            return _blank(chunk)
        if stack:
            stack[-1]["balance"] += chunk.count("{") - chunk.count("}")
        return chunk

    for match in pattern.finditer(text):
        out.append(keep(text[position:match.start()]))
        position = match.end()
        word = match.group(1)
        if word.startswith("if"):
            stack.append({"balance": 0, "dropping": False})
        elif word in ("else", "elif") and stack:
            stack[-1]["dropping"] = stack[-1]["dropping"] or stack[-1]["balance"] != 0
        elif word == "endif" and stack:
            stack.pop()
        out.append(_blank(match.group()))
    return "".join(out) + keep(text[position:])


MACRO = re.compile(r"\s*(?:Q_[A-Z_]+|QT_[A-Z_]+|QTEST_\w+)\b(?:\s*\([^()]*\))?(?=\s)")
LABEL = re.compile(r"\b(?:public|private|protected|Q_SIGNALS|Q_SLOTS)\s*$")
TEMPLATE = re.compile(r"\s*template\s*<")
CLASS = re.compile(r"^\s*(?:typedef\s+|inline\s+|static\s+|constexpr\s+|const\s+)*"
                   r"(class|struct|union|enum(?:\s+class|\s+struct)?)\b\s*([\w:]*)\s*(?:<[^{}]*?>\s*)?"
                   r"(?:final\b\s*)?(?:(?<!:):(?!:)(.*))?$", re.DOTALL)
INITIALISERS = re.compile(r"\)[^()=]*?(?<!:):(?!:)")


def _without_templates(head):
    """A declaration's head without `template <...>`, attributes and alignas."""
    while (match := TEMPLATE.match(head)):
        depth, end = 0, len(head)
        for index in range(match.end() - 1, len(head)):
            depth += {"<": 1, ">": -1}.get(head[index], 0)
            if depth == 0:
                end = index + 1
                break
        head = head[end:]
    return re.sub(r"\[\[.*?\]\]|\balignas\s*\([^()]*\)", " ", head, flags=re.DOTALL)


def _outside_parentheses(head):
    """What stands in parentheses as `()`: default arguments and macros hold anything."""
    before = None
    while before != head:
        before, head = head, re.sub(r"\((?!\))[^()]*\)", "()", head)
    return head


def _function_name(head):
    match = re.search(r"((?:\w+::)*operator\s*(?:\(\)|[^\s\w(]+)|[\w:~]+)\s*\(", head)
    return match.group(1).strip() if match else "a lambda"


def _kind_of_brace(head):
    """What a `{` after this head opens, outside functions."""
    plain = _outside_parentheses(_without_templates(head))
    if re.search(r"^\s*(?:inline\s+)?namespace\b|\bextern\s*\"\s*\"\s*$", plain):
        return "scope"
    match = CLASS.match(plain)
    if match and "(" not in plain.split(":")[0]:
        return "enum" if match.group(1).startswith("enum") else "class"
    if re.search(r"=\s*\[[^\]]*\]\s*(?:\(\))?[^=]*$", plain):
        return "function"
    assigned = re.sub(r"\boperator\s*\S*?=+", "operator", plain)
    if "(" not in plain or re.search(r"(?<![=!<>])=(?!=)", assigned):
        return "value"
    if INITIALISERS.search(plain) and re.search(r"[\w>]\s*$", plain):
        return "value"  # a_{1} in a constructor's list
    return "function"


def outline(source):
    """The functions (lambdas count to the function they stand in) and the classes of a file."""
    text = _without_directives(source.bare)
    functions, classes = [], []
    head = position = 0
    while position < len(text):
        char = text[position]
        if char == "(":
            position = matching(text, position)
        elif char == ";" or char == "}" or (char == ":" and LABEL.search(text, head, position)):
            head = position + 1
        elif char == "{":
            while (match := MACRO.match(text, head, position)):
                head = match.end()
            first = source.line(head + len(text[head:position]) - len(text[head:position].lstrip()))
            kind = _kind_of_brace(text[head:position])
            end = matching(text, position)
            if kind == "function":
                functions.append(Function(_function_name(_without_templates(text[head:position])), first,
                                          source.line(end)))
            if kind == "class":
                match = CLASS.match(_outside_parentheses(_without_templates(text[head:position])))
                bases = tuple(re.findall(r"[\w:]*?(\w+)\s*(?:<[^{}]*>\s*)?(?:,|$)", match.group(3) or ""))
                classes.append(Class(match.group(1), match.group(2), bases, first))
            if kind in ("scope", "class"):
                head = position + 1
            else:
                position = end
                head = head if kind == "value" else end + 1
        position += 1
    return functions, classes
