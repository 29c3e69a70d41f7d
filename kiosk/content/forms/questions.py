"""The questions that a workbook holds; whatever else it holds is refused by sheet and row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Final

from kiosk.content.forms.columns import OWN, SETTINGS, SPOKEN, BadForm, accepted, condition
from kiosk.content.forms.workbook import Row, sheets
from kiosk.content.problems import shown
from schema.pack import Choice, Question

_SHEETS: Final = ("survey", "choices", "settings")
_SPOKEN: Final = re.compile(r"(label|hint|guidance_hint)::(.+ \(([a-z]{2})\))")
_NAME: Final = re.compile(r"[a-z](-?[a-z0-9]){0,39}")
_GROUP: Final = re.compile(r"\(\$\{([a-z0-9-]+)\} = ''((?: or \$\{[a-z0-9-]+\} = '[0-9]{1,6}')*)\)")
_CODE: Final = re.compile(r"= '([0-9]+)'")


def questions_of(data: bytes) -> tuple[Question, ...]:
    """The questions of a workbook, in their order. Raises BadForm for anything that a pack has no place for."""
    found = sheets(data)
    for name in found:
        if name not in _SHEETS:
            raise BadForm(f"{shown(name)}: A pack has no place for this sheet.")
    if any(len(found.get(name, [])) < 2 for name in _SHEETS):
        raise BadForm("A form has the sheets survey, choices and settings, each with rows under its headings.")
    languages = _languages(found["survey"][0])
    _headings(found["survey"][0], {"type", "name", "relevant", *OWN}, SPOKEN, languages)
    _headings(found["choices"][0], {"list_name", "name"}, ("label",), languages)
    _headings(found["settings"][0], set(SETTINGS), (), languages)
    if len(found["settings"]) > 2:
        raise found["settings"][2].refused("The settings are one row.")
    lists: dict[str, list[Choice]] = {}
    for row in found["choices"][1:]:
        lists.setdefault(row.cells.get("list_name", ""), []).append(_choice(row, languages))
    asked = tuple(_question(row, lists, languages) for row in found["survey"][1:])
    unused = lists.keys() - {question.id for question in asked}
    if unused:
        raise BadForm(f"choices: No question asks with the list {shown(min(unused))}.")
    _sound(asked)
    accepted(data)
    return asked


def _languages(headings: Row) -> dict[str, str]:
    found = [match for heading in headings.cells if (match := _SPOKEN.fullmatch(heading)) and match[1] == "label"]
    languages = {match[3]: match[2] for match in found}
    if not found or len(languages) != len(found):
        raise headings.refused("A label has one column a language, such as `label::English (en)`.")
    return languages


def _headings(row: Row, plain: set[str], spoken: Iterable[str], languages: dict[str, str]) -> None:
    wanted = plain | {f"{column}::{heading}" for column in spoken for heading in languages.values()}
    for heading in row.cells:
        if heading not in wanted:
            raise row.refused(f"A pack has no place for the column {shown(heading)}.")


def _choice(row: Row, languages: dict[str, str]) -> Choice:
    code = row.cells.get("name", "")
    if re.fullmatch(r"0|[1-9][0-9]{0,5}", code) is None:
        raise row.refused("The name of a choice is its code, a whole number.")
    return Choice(code=int(code), label=_text(row, "label", languages))


def _text(row: Row, column: str, languages: dict[str, str]) -> dict[str, str]:
    text = {code: row.cells.get(f"{column}::{heading}", "") for code, heading in languages.items()}
    for code, words in text.items():
        if not words.strip():
            raise row.refused(f"{column} has no words in the language {code}.")
    return text


def _question(row: Row, lists: dict[str, list[Choice]], languages: dict[str, str]) -> Question:
    cells = row.cells
    kind, name = cells.get("type", ""), cells.get("name", "")
    if not kind.startswith("select_one "):
        raise row.refused(f"A pack has no place for the type {shown(kind)}; each row is a select_one question.")
    if _NAME.fullmatch(name) is None:
        raise row.refused("A name is up to 40 lower case letters, digits and hyphens, and begins with a letter.")
    if kind != f"select_one {name}" or name not in lists:
        raise row.refused("A question's list of choices is there, and has the question's own name.")
    for column in ("kiosk_part", "kiosk_needed_for"):
        if column not in cells:
            raise row.refused(f"{column} is empty.")
    has_help = any(f"hint::{heading}" in cells for heading in languages.values())
    return Question(
        id=name,
        part=cells["kiosk_part"],
        text=_text(row, "label", languages),
        help=_text(row, "hint", languages) if has_help else None,
        why=_text(row, "guidance_hint", languages),
        needed_for=cells["kiosk_needed_for"],
        choices=tuple(lists[name]),
        fills=cells.get("kiosk_fills"),
        element=cells.get("kiosk_element"),
        only_if=_only_if(row),
        answers=tuple(cells.get("kiosk_answers", "").split()),
        origin=cells.get("kiosk_origin", "source"),
        review_by=cells.get("kiosk_review_by"),
    )


def _only_if(row: Row) -> dict[str, tuple[int, ...]]:
    written = row.cells.get("relevant", "")
    read = {match[1]: tuple(int(code) for code in _CODE.findall(match[2])) for match in _GROUP.finditer(written)}
    if condition(read) != written:
        raise row.refused("`relevant` says more than a pack can: (${name} = '' or ${name} = 'CODE'), joined by `and`.")
    return read


def _sound(asked: tuple[Question, ...]) -> None:
    from kiosk.content.load import suspicious
    from kiosk.content.rules import questions

    for problem in (*suspicious({"questions": [plain(question) for question in asked]}), *questions(asked)):
        raise BadForm(f"survey, {problem}")
    names = [question.id for question in asked]
    if len(set(names)) != len(names):
        raise BadForm("survey: Two questions have the same name.")


def plain(question: Question) -> dict[str, Any]:
    """A question as a pack's file holds it, without what is not said."""
    return {name: value for name, value in _said(question) if value not in (None, (), {})}


def _said(question: Question) -> Iterator[tuple[str, Any]]:
    for field in fields(question):
        value = getattr(question, field.name)
        if field.name == "choices":
            value = [{"code": choice.code, "label": choice.label} for choice in value]
        yield field.name, list(value) if isinstance(value, tuple) and value else value
