"""The questions of a pack as an XLSForm workbook: its columns, and how a pack fills them."""

from __future__ import annotations

from io import BytesIO
from types import ModuleType
from typing import Any, Final

from kiosk.errors import ExitCode, KioskError
from schema.pack import Pack, Question, Text

SPOKEN: Final = {"label": "text", "hint": "help", "guidance_hint": "why"}
"""Columns of the survey that are written once a language, and the field that each holds."""

OWN: Final = {
    "kiosk_part": "part",
    "kiosk_fills": "fills",
    "kiosk_element": "element",
    "kiosk_needed_for": "needed_for",
    "kiosk_answers": "answers",
    "kiosk_origin": "origin",
    "kiosk_review_by": "review_by",
}
"""Columns of the survey that XLSForm lets pass, and the field that each holds."""

SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
"""Columns of the settings; an import leaves the pack's own title, id and version as they are."""


class BadForm(KioskError):
    """A form holds what a pack has no place for, or a pack what a form cannot say."""

    hint = "`docs/content-packs.md` says what a form may hold."
    exit_code = ExitCode.REFUSED


class NoSpreadsheets(KioskError):
    """The libraries that read and write forms are not installed."""

    hint = 'Install them with `pip install "kiosk[packs]"`.'


def libraries() -> tuple[ModuleType, ModuleType]:
    """openpyxl and pyxform's converter. Raises NoSpreadsheets."""
    try:
        import openpyxl  # type: ignore[import-untyped]
        from pyxform import xls2xform  # type: ignore[import-untyped]
    except ImportError as problem:
        raise NoSpreadsheets("Forms need pyxform, which is not installed.") from problem
    return openpyxl, xls2xform


def condition(only_if: dict[str, tuple[int, ...]]) -> str:
    """`only_if` as XLSForm writes it: one of the codes, or not answered."""
    return " and ".join(
        "(" + " or ".join([f"${{{name}}} = ''", *(f"${{{name}}} = '{code}'" for code in codes)]) + ")"
        for name, codes in only_if.items()
    )


def accepted(data: bytes) -> None:
    """Let pyxform convert the workbook. Raises BadForm with what it says."""
    from kiosk.content.problems import shown

    _, converter = libraries()
    try:
        converter.convert(BytesIO(data), warnings=[], file_type=".xlsx")
    except Exception as problem:
        raise BadForm(f"pyxform does not take it as a form: {shown(problem)}.") from problem


def exported(pack: Pack) -> bytes:
    """The pack's questions as a workbook that pyxform takes and an import reads back the same. Raises BadForm."""
    from kiosk.content.form_questions import questions_of

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
