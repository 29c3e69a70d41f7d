"""Reading a stranger's workbook: nothing large, nothing that runs, nothing but words and whole numbers."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from kiosk.content.forms.columns import BadForm, libraries
from kiosk.content.problems import shown

LARGEST: Final = 1 << 20
"""Bytes of a workbook at most."""

LARGEST_INSIDE: Final = 8 << 20
"""Bytes of all its parts at most, once unpacked."""

MOST_PARTS: Final = 64
MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 64

_UNWANTED: Final = ("vba", "activex", "externallink", "embeddings", "media", "drawing", "comment", "ctrlprops", "macro")
"""Parts of a workbook that run, fetch, or hold what a pack has no place for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: where it is, and its cells that hold something, by heading."""

    sheet: str
    number: int
    cells: dict[str, str]

    def refused(self, sentence: str) -> BadForm:
        """The error that names this row."""
        return BadForm(f"{self.sheet}, row {self.number}: {sentence}")


def sheets(data: bytes) -> dict[str, list[Row]]:
    """Every sheet's rows below its headings; the headings themselves are row 1. Raises BadForm."""
    openpyxl, _ = libraries()
    _unpacked(data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except BadForm:
        raise
    except Exception as problem:
        raise BadForm("The file cannot be read as a workbook.") from problem


def _unpacked(data: bytes) -> None:
    """Refuse what is too large or more than cells, before any library that reads workbooks sees it."""
    if len(data) > LARGEST:
        raise BadForm("The file is larger than 1 MiB.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
                raise BadForm("The file unpacks to more than a form can be.")
            if len({part.filename for part in parts}) != len(parts):
                raise BadForm("The file holds one part twice.")
            for part in parts:
                _plain(part.filename, archive.read(part))
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as problem:
        raise BadForm("The file is no .xlsx workbook.") from problem


def _plain(name: str, content: bytes) -> None:
    if any(word in name.lower() for word in _UNWANTED):
        raise BadForm(f"The file holds a macro, a picture, a note or a link: {shown(name)}. A form has cells only.")
    if b"\0" in content or b"<!" in content.replace(b"<!--", b""):
        raise BadForm(f"The part {shown(name)} of the file is not plain XML.")
    if b"macroEnabled" in content:
        raise BadForm("The file says that it holds macros. A form has cells only.")


def _rows(sheet: Any) -> list[Row]:
    title = shown(sheet.title).strip("'")
    sheet.reset_dimensions()
    headings: list[str] = []
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise BadForm(f"{title}: A sheet has {MOST_ROWS} rows and {MOST_COLUMNS} columns at most.")
        words = [_word(cell, title, number) for cell in cells]
        if number == 1:
            headings = words
            while headings and not headings[-1]:
                headings.pop()
            if "" in headings or len(set(headings)) != len(headings):
                raise BadForm(f"{title}, row 1: A column has no heading, or two have the same.")
        elif any(words[len(headings) :]):
            raise BadForm(f"{title}, row {number}: A cell stands under no heading.")
        row = Row(title, number, {heading: word for heading, word in zip(headings, words, strict=False) if word})
        if row.cells:
            rows.append(row)
    return rows


def _word(cell: Any, title: str, number: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise BadForm(f"{title}, row {number}: A cell holds a formula; write the words themselves.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadForm(f"{title}, row {number}: A cell holds neither words nor a whole number.")
    return str(value)
