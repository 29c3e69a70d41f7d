"""Tables out of CSV bytes that nobody vouches for: bounded, then read by polars, or by `csv` where rows are odd."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kiosk.desk.merging.merge_errors import BadFile

MOST_COLUMNS: Final = 1_000
"""The most columns of one file; HUD's widest has 71."""
MOST_LINES: Final = 20_000_000
LONGEST_LINE: Final = 1024 * 1024
"""The most bytes of one line."""
SEPARATORS: Final = (",", ";", "\t")
LINE: Final = "line"
"""The column that says where a row stands in its file; the header is line 1."""
_MARK: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_BLOCK: Final = 1024 * 1024
_ROWS_AT_ONCE: Final = 50_000
_PART: Final = 32 * 1024 * 1024
"""Bytes that polars is given at a time; longer than any line."""
_WORDS_OF_SEP: Final = b"sep="


@dataclass
class Table:
    """One file: its rows as text, blanks as nulls, and what could not be read of it."""

    rows: pl.DataFrame
    """The wanted columns that the file has, under their wanted names, and `line`."""
    lacking: tuple[str, ...] = ()
    """Wanted columns that the header lacks."""
    torn: list[int] = field(default_factory=list)
    """Lines with more or fewer cells than the header, or with quotation marks that do not fit together."""


def table(raw: bytes | memoryview, name: str, wanted: Sequence[str]) -> Table:
    """Read `wanted` columns of a file, by their header, in any case and order.

    Raises BadFile for what is no text, has a column twice, is far too wide or long, or ends inside a quotation.
    """
    text, separator = _start(raw, name)
    header, at = _header(text, name, separator)
    found, lacking = places(header, name, wanted)
    if _even(text[at:], name, len(header), separator):
        rows, torn = _by_polars(text[at:], found, len(header), separator), list[int]()
    else:
        rows, torn = _by_csv(text[at:], name, found, len(header), separator)
    for column in lacking:
        rows = rows.with_columns(pl.lit(None, pl.String).alias(column))
    # a row of separators alone is no row: spreadsheets leave them below a list
    rows = rows.with_columns(blank(pl.col(wanted))).filter(pl.any_horizontal(pl.col(wanted).is_not_null()))
    return Table(rows, lacking, torn)


def blank(column: pl.Expr) -> pl.Expr:
    """Text without the spaces around it; nothing where nothing but spaces or quotation marks stood."""
    trimmed = column.str.strip_chars()
    return pl.when(trimmed.str.strip_chars('"\u00a0 ') != "").then(trimmed)


def places(header: Sequence[str], name: str, wanted: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each wanted column stands, and which are not there. Raises BadFile for one that stands twice."""
    if len(header) > MOST_COLUMNS:
        raise BadFile(f"{name} has more columns than any list.")
    names = [folded(each) for each in header]
    for column in wanted:
        if names.count(folded(column)) > 1:
            raise BadFile(f"{name} has more than one column {column}.")
    found = {column: names.index(folded(column)) for column in wanted if folded(column) in names}
    return found, tuple(column for column in wanted if column not in found)


def folded(cell: str) -> str:
    """A header's cell as it is compared: no case, and one space for each run of spaces and line breaks."""
    return " ".join(cell.split()).casefold()


def _start(raw: bytes | memoryview, name: str) -> tuple[memoryview, str]:
    """The text behind a byte-order mark or a `sep=` line, and its separator."""
    text = memoryview(raw)
    head = bytes(text[:4096])
    if head.startswith(_UTF16):
        raise BadFile(f"{name} is written in UTF-16, and only UTF-8 can be read.")
    if head.startswith(_MARK):
        text, head = text[len(_MARK) :], head[len(_MARK) :]
    if not head.strip():
        raise BadFile(f"{name} is empty.")
    if head[:4].lower() == _WORDS_OF_SEP:
        line, _, _ = head.partition(b"\n")
        separator = line[4:].strip(b"\r").decode("ascii", "replace")[:1]
        if separator in SEPARATORS:
            return text[len(line) + 1 :], separator
    first = head.partition(b"\n")[0].decode("utf-8", "replace")
    return text, max(SEPARATORS, key=first.count)


def _header(text: memoryview, name: str, separator: str) -> tuple[list[str], int]:
    """The header's cells, and where the rows begin."""
    head = bytes(text[:LONGEST_LINE])
    if b"\n" not in head and len(text) > len(head):
        raise BadFile(f"{name} has a line that is longer than any of a list.")
    lines = io.StringIO(head.decode("utf-8", "replace"), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        raise BadFile(f"The header of {name} cannot be read.") from None
    end = -1
    for _ in range(reader.line_num):
        end = head.find(b"\n", end + 1)
    end = len(head) if end < 0 else end
    line = head[:end].decode("utf-8", "replace")
    if "\r" in line.rstrip("\r") and '"' not in line:
        raise BadFile(f"{name} ends its lines as no spreadsheet of this century does.")
    return cells, min(end + 1, len(text))


def _even(text: memoryview, name: str, columns: int, separator: str) -> bool:
    """Whether every line is one row of the header's width, unquoted. Raises BadFile for what is no text."""
    mark = separator.encode()
    even, left, lines = True, b"", 0
    for start in range(0, len(text), _BLOCK):
        block = left + bytes(text[start : start + _BLOCK])
        cut = block.rfind(b"\n") + 1
        whole, left = (block[:cut], block[cut:]) if cut else (b"", block)
        if len(left) > LONGEST_LINE:
            raise BadFile(f"{name} has a line that is longer than any of a list.")
        even = _block(whole, name, columns - 1, mark, even)
        lines += whole.count(b"\n")
        if lines > MOST_LINES:
            raise BadFile(f"{name} has more lines than can be merged.")
    return _block(left, name, columns - 1, mark, even)


def _block(block: bytes, name: str, marks: int, mark: bytes, even: bool) -> bool:
    if b"\0" in block:
        raise BadFile(f"{name} holds a NUL byte: it is no text.")
    if not block.isascii():
        try:
            block.decode()
        except UnicodeDecodeError:
            raise BadFile(f"{name} is not written in UTF-8. Export it again as UTF-8.") from None
    if not even or b'"' in block:
        return False
    lines = block.split(b"\n")
    if not lines[-1]:
        lines.pop()
    if marks == 0 and not all(line.strip() for line in lines):
        return False
    return all([line.count(mark) == marks for line in lines])  # noqa: C419  (a list is twice as fast)


def _by_polars(text: memoryview, found: dict[str, int], columns: int, separator: str) -> pl.DataFrame:
    """The wanted columns of a file that is even, a part of it at a time: the whole is never there twice."""
    parts = [pl.DataFrame(schema={**dict.fromkeys(found, pl.String), LINE: pl.UInt32})]
    at, line = 0, 2
    while at < len(text):
        end = min(at + _PART, len(text))
        if end < len(text):
            end = at + bytes(text[at:end]).rfind(b"\n") + 1
        part = pl.read_csv(
            bytes(text[at:end]),
            has_header=False,
            columns=sorted(found.values()),
            separator=separator,
            quote_char=None,
            infer_schema=False,
            row_index_name=LINE,
            row_index_offset=line,
            schema={f"column_{each + 1}": pl.String for each in range(columns)},
        )
        parts.append(part.select(*(pl.col(f"column_{each + 1}").alias(column) for column, each in found.items()), LINE))
        at, line = end, line + part.height
    return pl.concat(parts, rechunk=False)


def _by_csv(
    text: memoryview, name: str, found: dict[str, int], columns: int, separator: str
) -> tuple[pl.DataFrame, list[int]]:
    torn: list[int] = []
    parts: list[pl.DataFrame] = []
    schema = {**dict.fromkeys(found, pl.String), LINE: pl.UInt32}
    at = list(found.values())
    part: list[tuple[str | int, ...]] = []
    for line, cells in _rows(text, name, columns, separator, torn):
        part.append((*(cells[each] for each in at), line))
        if len(part) == _ROWS_AT_ONCE:
            parts.append(pl.DataFrame(part, schema=schema, orient="row"))
            part = []
    parts.append(pl.DataFrame(part, schema=schema, orient="row"))
    return pl.concat(parts), torn


def _rows(
    text: memoryview, name: str, columns: int, separator: str, torn: list[int]
) -> Iterator[tuple[int, list[str]]]:
    """Each row of the right width with its line; a row of separators alone is none, and other rows are `torn`."""
    csv.field_size_limit(LONGEST_LINE)
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 2
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise BadFile(f"{name}, line {line}: a quotation is opened and not ended.") from None
            torn.append(line)
        else:
            if len(cells) == columns and any(map(str.strip, cells)):
                yield line, cells
            elif any(map(str.strip, cells)):
                torn.append(line)
        line = reader.line_num + 2
