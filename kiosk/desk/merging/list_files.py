"""Lists of one file, as spreadsheets give them: CSV or XLSX, titles above the header, totals below, odd separators."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.desk.merging.csv_rows import LONGEST_LINE, MOST_COLUMNS, SEPARATORS, folded, places
from kiosk.desk.merging.export_files import WORKBOOK, plain_file, shown
from kiosk.desk.merging.merge_errors import BadFile

LARGEST: Final = 64 * 1024**2
"""The most bytes of a list of one file: a region's has a few thousand rows."""
MOST_UNPACKED: Final = 256 * 1024**2
MOST_ROWS: Final = 500_000
TITLES: Final = 20
"""How many lines may stand above the header."""
_KINDS: Final = {
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook (XLS). Save it as XLSX or CSV",
    b"7z\xbc\xaf": "is a 7z archive. Unpack it, and give the folder",
    b"%PDF": "is a PDF. Ask for the list as XLSX or CSV",
    b"Rar!": "is a RAR archive. Unpack it, and give the folder",
    b"\x1f\x8b": "is a gzip archive. Unpack it first",
    b"{\\rt": "is a word processor's file. Save the table as XLSX or CSV",
    b"<htm": "is a web page. Save the table as XLSX or CSV",
    b"<!DO": "is a web page. Save the table as XLSX or CSV",
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its line in the file, and a cell for each wanted column."""

    line: int
    cells: tuple[str, ...]


def wrong_kind(head: bytes, name: str) -> str:
    """What a file is that is no list, in a sentence; nothing for one that may be."""
    return next((f"{name} {said}." for magic, said in _KINDS.items() if head.startswith(magic)), "")


def rows_of(path: Path, wanted: Sequence[str], optional: Sequence[str] = ()) -> Iterator[ListRow]:
    """The wanted columns of a list, the optional ones empty where the header lacks them.

    Raises BadFile when no line among the first ones is such a header, or when the file is of another kind.
    """
    name = shown(path)
    lines = cells_of(path)
    columns = [*wanted, *optional]
    for _, header in _headers(lines):
        found, lacking = places(header, name, columns)
        if not set(lacking) - set(optional):
            break
    else:
        raise BadFile(f"{name} lacks the column {_first_lacking(path, wanted)}.")
    width = len(header)
    for line, cells in lines:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) != width and any(map(str.strip, cells[width:])):
            raise BadFile(f"{name}, row {line}: it has {len(cells)} cells, and the header has {width}.")
        padded = [*cells, *[""] * (width - len(cells))]
        yield ListRow(line, tuple(padded[found[each]].strip() if each in found else "" for each in columns))


def headers_of(path: Path) -> tuple[list[str], list[list[str]]]:
    """The likeliest header (the first line with the most cells filled among the first ones), and the rows behind it."""
    lines = [cells for _, cells in cells_of(path)]
    top = lines[: TITLES + 1]
    if not top:
        raise BadFile(f"{shown(path)} is empty.")
    at = max(range(len(top)), key=lambda each: (sum(bool(cell.strip()) for cell in top[each]), -each))
    return [" ".join(cell.split()) for cell in lines[at]], lines[at + 1 :]


def cells_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every row of a CSV file or of a workbook's first sheet, with its line, blank rows included."""
    name = shown(path)
    with plain_file(path) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadFile(f"{name} is far larger than any list.")
    if wrong := wrong_kind(raw[:8].lower() if raw[:1] == b"<" else raw[:8], name):
        raise BadFile(wrong)
    yield from _workbook(raw, name) if raw[:2] == b"PK" else _csv(raw, name)


def _headers(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, (line, cells) in enumerate(lines):
        if count > TITLES:
            return
        if len(cells) > MOST_COLUMNS:
            raise BadFile("The list has more columns than any list.")
        yield line, cells


def _first_lacking(path: Path, wanted: Sequence[str]) -> str:
    best, _ = headers_of(path)
    names = {folded(each) for each in best}
    return next((each for each in wanted if folded(each) not in names), wanted[0])


def _csv(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(f"{name} is written in UTF-16, and only UTF-8 can be read.")
    if b"\0" in raw:
        raise BadFile(f"{name} holds a NUL byte: it is no text.")
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what a spreadsheet of Windows writes unasked
    before = 0
    head, _, rest = text.partition("\n")
    separator = head.strip("\r")[4:5]
    if head[:4].lower() == "sep=" and separator in SEPARATORS:
        text, before = rest, 1
    else:
        start = text[:65536]
        separator = max(SEPARATORS, key=start.count)
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadFile(f"{name}, row {before + line}: its quotation marks do not fit together.") from None
        yield before + line, cells
        line = reader.line_num + 1


def _workbook(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The first sheet of a workbook, as text. Raises BadFile for one that is damaged or would unpack to too much."""
    from zipfile import BadZipFile, ZipFile

    from openpyxl import load_workbook

    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if WORKBOOK not in archive.namelist():
                raise BadFile(f"{name} is a zip, and neither a workbook nor an HMIS export.")
        if len(parts) > 10_000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise BadFile(f"{name} would unpack to far more than any list.")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > MOST_ROWS:
                raise BadFile(f"{name} has more rows than any list.")
            yield line, [_text(value) for value in row]
    except BadFile:
        raise
    except (BadZipFile, OSError, ValueError, KeyError, IndexError, NotImplementedError, TypeError, AttributeError):
        raise BadFile(f"{name} is a damaged workbook.") from None
    except Exception as error:  # openpyxl lets its XML parser's errors through
        if type(error).__name__ == "ParseError":
            raise BadFile(f"{name} is a damaged workbook.") from None
        raise


def _text(value: object) -> str:
    """A workbook's cell as a CSV file would have it."""
    from datetime import date, datetime

    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
