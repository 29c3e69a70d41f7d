"""The questions of a pack as an XLSForm workbook: its columns, and what pyxform takes."""

from __future__ import annotations

from io import BytesIO
from types import ModuleType
from typing import Final

from kiosk.errors import ExitCode, KioskError

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

    hint = (
        "In the folder of the kiosk's source: `make packs`, or with the Python that runs the kiosk "
        "`python -m pip install --require-hashes -r pins/packs.txt`."
    )


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
