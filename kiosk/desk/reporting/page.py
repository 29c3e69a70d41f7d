"""A report as one page of HTML for a board: tables, plain charts, no script, nothing fetched, good on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import Final

from kiosk.desk.reporting import words
from kiosk.desk.reporting.chart import bars
from schema.report import HOUSEHOLDS, Report, Table

STYLE: Final = """
body { font: 1rem/1.5 sans-serif; color: #000; background: #fff; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
section { break-inside: avoid }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th, td { border: 1px solid #000; padding: .3rem .5rem; text-align: right; font-variant-numeric: tabular-nums }
th:first-child { text-align: left } thead th { background: #eee; vertical-align: bottom }
tr.total { font-weight: bold }
td.hidden { font-style: italic }
svg { width: 100%; height: auto; margin-top: .5rem }
@media print { body { margin: 0; max-width: none } thead th { background: none } }
"""
"""The page's only style; its fingerprint is in the page's policy."""


def as_page(report: Report) -> bytes:
    """The report as a whole file."""
    return "\n".join(_lines(report)).encode()


def policy() -> str:
    """What a browser may do with the page: show it, with this one style."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _lines(report: Report) -> Iterator[str]:
    heading = escape(words.heading(report))
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{heading}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<h1>{heading}</h1>"
    yield from (f"<p>{escape(note)}</p>" for note in words.NOTES[:2])
    yield from _households(report.tables)
    for table in report.tables:
        yield from _section(words.title(table), _table(table), _chart(table))
    yield "<h2>How to read this</h2>"
    yield from (f"<p>{escape(note)}</p>" for note in words.NOTES[2:])
    yield "</body>"
    yield "</html>"


def _section(title: str, table: Iterator[str], chart: Iterator[str]) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(title)}</h2>"
    yield from table
    yield from chart
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in words.columns(table))
    yield f'<thead><tr><th scope="col">Assessments</th>{heads}</tr></thead>'
    yield "<tbody>"
    for head, *numbers in words.lines(table):
        total = ' class="total"' if head == words.ALL_ROWS else ""
        cells = "".join(_cell(number) for number in numbers)
        yield f'<tr{total}><th scope="row">{escape(head)}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"


def _cell(number: str) -> str:
    return f'<td class="hidden">{escape(number)}</td>' if number == words.HIDDEN else f"<td>{escape(number)}</td>"


def _chart(table: Table) -> Iterator[str]:
    """The table's last column, total line left out."""
    if table.rows:
        heads, numbers = words.rows(table)[:-1], [row[-1] for row in table.numbers[:-1]]
        yield from bars(words.title(table), list(zip(heads, numbers, strict=True)))


def _households(tables: tuple[Table, ...]) -> Iterator[str]:
    """The table that splits households finest gives one more chart: all assessments by household."""
    finest = max(tables, key=lambda table: len(table.columns))
    if finest.columns != (HOUSEHOLDS,):
        alone = Table(finest.shape, finest.columns, (), finest.numbers[-1:])
        heads = words.columns(alone)[:-1]
        chart = bars("Assessments by household", list(zip(heads, alone.numbers[0][:-1], strict=True)))
        yield from _section("Assessments by household", _table(alone), chart)
