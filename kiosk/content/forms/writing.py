"""A pack's questions written as a workbook, and read back before anybody gets it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from kiosk.content.forms.columns import OWN, SETTINGS, SPOKEN, BadForm, condition, libraries
from kiosk.content.forms.questions import questions_of
from schema.pack import Pack, Question, Text


def exported(pack: Pack) -> bytes:
    """The pack's questions as a workbook that pyxform takes and an import reads back the same. Raises BadForm."""
    openpyxl, _ = libraries()
    headings = {language.code: f"{language.name} ({language.code})" for language in pack.languages}
    book = openpyxl.Workbook()
    book.remove(book.active)
    first = pack.languages[0].code
    survey = [_row(question, headings) for question in pack.questions]
    choices = [
        {"list_name": question.id, "name": str(choice.code)} | _spoken("label", choice.label, headings)
        for question in pack.questions
        for choice in question.choices
    ]
    settings = dict(zip(SETTINGS, (pack.title[first], pack.id, str(pack.version), headings[first]), strict=True))
    for name, rows in (("survey", survey), ("choices", choices), ("settings", [settings])):
        _fill(book.create_sheet(name), rows)
    held = BytesIO()
    book.save(held)
    data = held.getvalue()
    if questions_of(data) != pack.questions:
        raise BadForm("A question of this pack cannot be said in a form without a loss, so nothing was written.")
    return data


def _row(question: Question, headings: dict[str, str]) -> dict[str, str]:
    row = {"type": f"select_one {question.id}", "name": question.id}
    for column, field in SPOKEN.items():
        row |= _spoken(column, getattr(question, field) or {}, headings)
    row["relevant"] = condition(question.only_if)
    for column, field in OWN.items():
        value = getattr(question, field)
        row[column] = " ".join(value) if isinstance(value, tuple) else value or ""
    return row


def _spoken(column: str, text: Text, headings: dict[str, str]) -> dict[str, str]:
    return {f"{column}::{heading}": text.get(code, "") for code, heading in headings.items()}


def _fill(sheet: Any, rows: list[dict[str, str]]) -> None:
    names = list(rows[0]) if rows else []
    for number, row in enumerate([dict(zip(names, names, strict=True)), *rows], 1):
        for column, name in enumerate(names, 1):
            if row[name]:
                cell = sheet.cell(number, column, row[name])
                cell.data_type = "s"  # a word that begins with `=` is a word
                cell.number_format = "@"
