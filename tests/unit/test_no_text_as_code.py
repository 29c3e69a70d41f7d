"""H5: words never enter a widget as a bare string. `lint` reads our source and finds where one would."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kiosk", "widgets")

SINKS = {
    "Static": (0, "content"),
    "Label": (0, "content"),
    "Button": (0, "label"),
    "Checkbox": (0, "label"),
    "RadioButton": (0, "label"),
    "Option": (0, "prompt"),
    "Selection": (0, "prompt"),
    "Collapsible": (99, "title"),
    "Tab": (0, "label"),
    "TabPane": (0, "title"),
    "Placeholder": (0, "label"),
    "Tree": (0, "label"),
    "Link": (0, "text"),
}
"""Constructors that read a string as markup: position and name of the words."""

METHODS = {
    "update": (0, "content"),
    "add_row": (None, "label"),
    "add_column": (0, "label"),
    "add_columns": (None, ""),
    "add_option": (0, "option"),
    "add_leaf": (0, "label"),
    "set_label": (0, "label"),
    "replace_option_prompt": (1, "prompt"),
}
"""Methods that do; `None` for all arguments. `update` of a set or a dictionary is told apart by what it is given."""

ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt"}
"""Attributes of widgets that do when assigned to."""

FORBIDDEN = {"from_markup", "Markdown", "MarkdownViewer", "Log", "RichLog", "Pretty"}
"""Never used: they parse, link or let control characters through."""

CLEAN = {"say", "Content", "assemble", "styled", "join", "blank", "empty", "Entry"}
"""Calls that give cleaned `Content`: `say(...)`, or `Content...` of such; `Entry` (widgets.resources) paints it."""

MEND = "wrap the words in `say(...)` from kiosk.terminal.text, or build `Content` from what it gives"


def lint(source: str, name: str = "<source>") -> list[str]:
    """Return one sentence for each place where words may be read as code."""
    tree = ast.parse(source)
    known = _clean_names(tree)
    return [f"{name}:{node.lineno}: {what}: {MEND}" for node, what in _findings(tree, known)]


def _clean_names(tree: ast.AST) -> set[str]:
    """Names that are only ever given clean content, or are declared to be or to return `Content`."""
    given: dict[str, list[bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    given.setdefault(target.id, []).append(_is_clean(node.value, set()))
        elif isinstance(node, ast.AnnAssign | ast.arg):
            target_name = node.arg if isinstance(node, ast.arg) else getattr(node.target, "id", "")
            if node.annotation is not None and _is_content_type(node.annotation):
                given.setdefault(target_name, []).append(True)
        elif isinstance(node, ast.FunctionDef) and node.returns is not None and _is_content_type(node.returns):
            given.setdefault(node.name, []).append(True)
    return {name for name, all_clean in given.items() if all(all_clean)}


def _is_content_type(annotation: ast.expr) -> bool:
    return "Content" in ast.unparse(annotation) and "str" not in ast.unparse(annotation).split(" | ")


def _findings(tree: ast.AST, known: set[str]) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node, known)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES and not _is_clean(node.value, known):
                    yield node, f"`{ast.unparse(target)} = ...` is given a string"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            for alias in node.names:
                if alias.name in FORBIDDEN:
                    yield node, f"`{alias.name}` is not used here"


def _in_call(node: ast.Call, known: set[str]) -> Iterator[tuple[ast.expr, str]]:
    name = _name(node.func)
    if name in FORBIDDEN and isinstance(node.func, ast.Attribute):
        yield node, f"`{ast.unparse(node.func)}` reads markup"
    place = SINKS.get(name) if isinstance(node.func, ast.Name) else METHODS.get(name)
    if place is None or any(word.arg == "markup" and _is_false(word.value) for word in node.keywords):
        return
    for words in _words(node, *place):
        if not _is_clean(words, known) and not _is_plain_data(words):
            yield node, f"`{name}` is given `{ast.unparse(words)}`"


def _words(node: ast.Call, position: int | None, keyword: str) -> list[ast.expr]:
    named = [word.value for word in node.keywords if word.arg == keyword]
    if position is None:
        return [*node.args, *named]
    return [*node.args[position : position + 1], *named]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _is_clean(value: ast.expr, known: set[str]) -> bool:
    """Whether `value` is a literal without brackets, or content that was cleaned."""
    match value:
        case ast.Constant(value=str(text)):
            return "[" not in text
        case ast.Constant():
            return True
        case ast.Call():
            return _name(value.func) in CLEAN | known
        case ast.Name():
            return value.id in known
        case ast.IfExp():
            return _is_clean(value.body, known) and _is_clean(value.orelse, known)
        case ast.Starred():
            return _is_clean(value.value, known)
        case ast.ListComp() | ast.GeneratorExp():
            return _is_clean(value.elt, known)
        case ast.List() | ast.Tuple():
            return all(_is_clean(item, known) for item in value.elts)
    return False


def _is_plain_data(value: ast.expr) -> bool:
    """Whether `update` is given what no widget takes: a dictionary or a set."""
    return isinstance(value, ast.Dict | ast.DictComp | ast.Set | ast.SetComp)


OUR_FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", OUR_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_are_code(path: Path) -> None:
    """H5: every file of ours gives its widgets cleaned content, or plain literals."""
    if "textual" in path.read_text():
        found = lint(path.read_text(), str(path.relative_to(ROOT)))
        assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "Static(words)",
        "Static(f'hello {name}')",
        "Static('[b]bold[/b]')",
        "Label(self.question.text)",
        "Button(label=answer)",
        "Option(choice.label, id='a')",
        "table.add_row(say(a), b)",
        "self.query_one('#x').update(words)",
        "self.border_title = pack.title",
        "widget.tooltip = words",
        "Content.from_markup(words)",
        "from textual.widgets import Markdown",
        "words = text\nStatic(words)",
        "words = say(a)\nwords = b\nStatic(words)",
        "Static(say(a) if x else b)",
        "Static(str(number))",
        "def f(words: str): Static(words)",
        "Static(words, markup=True)",
    ],
)
def test_the_lint_finds(source: str) -> None:
    """H5: each way of handing a string to a widget is found, and the message says how to mend it."""
    (found,) = lint(source)
    assert "say(...)" in found


@pytest.mark.parametrize(
    "source",
    [
        "Static(say(words))",
        "Static('plain')",
        "Static()",
        "Static(id='x')",
        "words = say(a)\nStatic(words)",
        "def f(words: Content): Static(words)",
        "table.add_row(say(a), say(b))",
        "table.add_row(*[say(a) for a in row])",
        "Static(Content.assemble(say(a), say(b)))",
        "held.update({'a': 1})",
        "self.border_title = say(title)",
        "Static(words, markup=False)",
        "Static(say(a) if x else say(b))",
        "def line(a: str) -> Content: return say(a)\nStatic(line(a))",
    ],
)
def test_the_lint_lets_pass(source: str) -> None:
    """H5: what is clean is not complained about."""
    assert lint(source) == []
