"""Tables as files: CSV whose cells no spreadsheet changes or runs, or a workbook where every cell is text."""

from __future__ import annotations

import io
from typing import Final

import polars as pl

from kiosk.desk.merging.spreadsheet_safe import safe, safe_id

WORKBOOK: Final = ".xlsx"
_WIDEST: Final = 60


def as_bytes(table: pl.DataFrame, suffix: str, ids: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> bytes:
    """A table in the kind of file that a name ends with. Cells of `ids` and `texts` come from outside."""
    text = table.select(pl.col(name).cast(pl.String).fill_null("") for name in table.columns)
    return workbook(text) if suffix.casefold() == WORKBOOK else as_csv(text, ids, texts)


def as_csv(table: pl.DataFrame, ids: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> bytes:
    """UTF-8, commas, a header. Other cells are codes, numbers and days of the kiosk's own: none needs a guard."""
    guards = {**dict.fromkeys(ids, safe_id), **dict.fromkeys(texts, safe)}
    guards = {name: guard for name, guard in guards.items() if name in table.columns}
    guarded = table.with_columns(
        pl.Series(name, [guard(cell) if cell else "" for cell in table[name]], dtype=pl.String)
        for name, guard in guards.items()
    )  # fmt: skip
    file = io.BytesIO()
    guarded.write_csv(file, quote_style="never")
    return file.getvalue()


def workbook(table: pl.DataFrame) -> bytes:
    """One sheet, its header held in place, every cell written as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("list")
    sheet.freeze_panes = "A2"
    for at, name in enumerate(table.columns):
        longest = table[name].str.len_chars().max() if table.height else 0
        width = min(_WIDEST, max(len(name), longest if isinstance(longest, int) else 0) + 2)
        sheet.column_dimensions[chr(ord("A") + at)].width = width

    def cell(value: str) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=value)
        made.data_type = "s"  # whatever it looks like: no number, no day, no formula
        made.number_format = "@"
        return made

    sheet.append([cell(name) for name in table.columns])
    for row in table.iter_rows():
        sheet.append([cell(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
