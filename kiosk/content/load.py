"""Reading a pack folder into one plain mapping, with everything suspicious named and nothing else done."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kiosk.content.files import MOST_FILES, Unreadable, read
from kiosk.content.problems import Kind, PackProblem, shown

ENTRY: Final = "pack.toml"
"""The file that every pack begins with."""

JOINED: Final = (
    "policies",
    "pages",
    "crossroads",
    "questions",
    "sections",
    "resources",
    "person_words",
    "helpers",
    "staff",
)
"""Lists that every file of a pack may add to."""

MERGED: Final = ("words", "phrase_words")
"""Tables that every file of a pack may add keys to."""

DEEPEST: Final = 10
"""Levels of tables and lists at most."""

LONGEST_TEXT: Final = 500
"""Characters of one string at most."""


def load(folder: Path) -> tuple[dict[str, Any], list[PackProblem]]:
    """Read `pack.toml` and what it includes. Returns the mapping (as far as it could be read) and the problems."""
    problems: list[PackProblem] = []
    merged: dict[str, Any] = {}
    for name, part in _files(folder, problems):
        too_deep = _deep(part)
        if too_deep:
            problems.append(PackProblem(Kind.NESTING, name, "It is nested too deeply."))
            continue
        _merge(merged, part, name, problems)
    problems += suspicious(merged)
    return _spoken(merged), problems


def _files(folder: Path, problems: list[PackProblem]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        entry = read(folder, ENTRY)
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
        return
    wanted = entry.pop("include", [])
    yield ENTRY, entry
    if not isinstance(wanted, list) or len(wanted) >= MOST_FILES:
        problems.append(PackProblem(Kind.INCLUDE, ENTRY, f"`include` is a list of up to {MOST_FILES - 1} file names."))
        return
    seen = {ENTRY}
    for name in wanted:
        if isinstance(name, str) and name in seen:
            problems.append(PackProblem(Kind.CYCLE, ENTRY, f"{shown(name)} is included twice, or includes itself."))
            continue
        try:
            part = read(folder, name)
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
            continue
        seen.add(name)
        if "include" in part:
            problems.append(PackProblem(Kind.CYCLE, name, "Only pack.toml may include other files."))
            del part["include"]
        yield name, part


def _merge(merged: dict[str, Any], part: dict[str, Any], name: str, problems: list[PackProblem]) -> None:
    for key, value in part.items():
        if key in JOINED and isinstance(value, list) and isinstance(merged.get(key, []), list):
            merged.setdefault(key, []).extend(value)
        elif key in MERGED and isinstance(value, dict) and isinstance(merged.get(key, {}), dict):
            held = merged.setdefault(key, {})
            for inner in sorted(held.keys() & value.keys()):
                problems.append(PackProblem(Kind.TWICE, f"{key}.{inner}", f"It is given again in {name}."))
            held.update(value)
        elif key in merged:
            problems.append(PackProblem(Kind.TWICE, key, f"It is given again in {name}."))
        else:
            merged[key] = value


def _spoken(merged: dict[str, Any]) -> dict[str, Any]:
    """Leave out words in languages that the pack does not speak: a shared file may know more of them."""
    listed = merged.get("languages")
    if not isinstance(listed, list):
        return merged
    codes = [each["code"] for each in listed if isinstance(each, dict) and isinstance(each.get("code"), str)]

    def kept(value: Any) -> Any:
        if isinstance(value, list):
            return [kept(item) for item in value]
        if not isinstance(value, dict):
            return value
        if codes and codes[0] in value and all(len(str(key)) == 2 for key in value):
            return {code: words for code, words in value.items() if code in codes}
        return {key: kept(item) for key, item in value.items()}

    whole: dict[str, Any] = kept(merged)
    return whole


def _deep(part: dict[str, Any]) -> bool:
    waiting: list[tuple[Any, int]] = [(part, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend((item, depth + 1) for item in inner)
    return False


def suspicious(merged: dict[str, Any]) -> Iterator[PackProblem]:
    """Every string that is too long, hides letters, or may be taken for markup."""
    for where, language, key, text in strings(merged):
        for untrusted in (key, text):
            fault = _fault(untrusted)
            if fault is not None:
                yield PackProblem(fault[0], shown(where).strip("'"), fault[1], language)


def strings(merged: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Every string of a loaded pack: the piece it belongs to, its language, its key, itself."""
    waiting: list[tuple[str, str, Any]] = [(key, key, value) for key, value in merged.items()]
    while waiting:
        where, key, value = waiting.pop()
        if isinstance(value, str):
            yield where, key if len(key) == 2 else "", key, value
        elif isinstance(value, dict):
            own = value.get("id")
            inner = own if isinstance(own, str) else f"words.{key}" if where == "words" and key != "words" else where
            waiting.extend((inner, str(name), item) for name, item in value.items())
            if not value:
                yield where, "", key, ""
        elif isinstance(value, list):
            waiting.extend((where, key, item) for item in value)


def _fault(untrusted: str) -> tuple[Kind, str] | None:
    if len(untrusted) > LONGEST_TEXT:
        return Kind.SIZE, f"A text is longer than {LONGEST_TEXT} characters."
    for letter in untrusted:
        if unicodedata.category(letter)[0] in "C" or letter in "\u2028\u2029":
            return Kind.CONTROL, f"It has a control or invisible character, U+{ord(letter):04X}."
    if "[" in untrusted or "]" in untrusted:
        return Kind.MARKUP, "It has a square bracket, which a terminal program may take for markup."
    return None
