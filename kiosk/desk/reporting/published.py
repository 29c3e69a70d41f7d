"""What was ever published, and the exact counts under it: one small file, sealed with the provider's key.

A month is counted once, when something is first published about it, and never again: a later withdrawal, or a stick
that comes late, would show in the difference between two reports. Nor is a published report ever made anew.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.reporting.tables import Layout, Sum, cells, value
from kiosk.errors import Refused
from kiosk.vault.private_file import Missing, read_private, write_private
from schema.report import SHAPES, Cell, Report, Table, months_of, quarter_of

FORMAT: Final = 1
LONGEST: Final = 8 * 1024 * 1024
"""The most bytes of the file's inside: some hundreds of years."""
_PLACE: Final = b"published reports"


class NotALedger(Refused):
    """The file of published reports cannot be read."""

    hint = "Put published.ledger back from its backup: without it a new report could give away what an old one hides."


@dataclass(slots=True, repr=False)
class Ledger:
    """Every published report, and the exact counts of every month that one of them tells of."""

    secret: bytes = field(default_factory=lambda: os.urandom(32))
    """What decides which numbers cover for others; an outsider must not know it."""
    counts: dict[str, dict[Cell, int]] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def counts_of(self, quarter: str) -> dict[Cell, int]:
        """The counts of every counted month of a quarter."""
        months = (month for month in months_of(quarter) if month in self.counts)
        return {cell: number for month in months for cell, number in self.counts[month].items()}

    def known(self, quarter: str) -> Iterator[Sum]:
        """The sums that published reports show about a quarter."""
        for report in self.reports.values():
            months = months_of(report.period)
            if quarter_of(months[0]) == quarter:
                for table in report.tables:
                    yield from (cells for cells, number in _numbers(table, months) if number is not None)

    def write(self, path: Path, seed: bytes) -> None:
        """Write the file, sealed. Raises KioskError."""
        plain = zlib.compress(json.dumps(_plain(self), separators=(",", ":"), sort_keys=True).encode())
        write_private(path, _box(seed).seal(plain), replace=True)

    @classmethod
    def read(cls, path: Path, seeds: Seeds) -> Ledger:
        """The ledger; a new one where nothing was published yet. Raises NotPrivate or NotALedger."""
        try:
            raw = read_private(path)
        except Missing:
            return cls()
        try:
            plain = next(plain for each in seeds if (plain := _box(each).open(raw)) is not None)
            return _ledger(json.loads(zlib.decompressobj().decompress(plain, LONGEST)))
        except (zlib.error, ValueError, KeyError, TypeError, StopIteration):
            raise NotALedger("The published reports cannot be read with this provider's key.") from None


def reseal(path: Path, both: Seeds) -> None:
    """Seal the ledger, if there is one, with the current of a rotation's two keys; twice is as good as once."""
    if path.exists():
        Ledger.read(path, both).write(path, both.current)


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, _PLACE), _PLACE)


def layout(table: Table) -> Layout:
    """What each number of a published table adds up."""
    return Layout(next(shape for shape in SHAPES if shape.name == table.shape), table.columns, table.rows)


def _numbers(table: Table, months: tuple[str, ...]) -> Iterator[tuple[Sum, int | None]]:
    for sums, numbers in zip(layout(table).sums(months), table.numbers, strict=True):
        yield from zip(sums, numbers, strict=True)


def _plain(ledger: Ledger) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "secret": ledger.secret.hex(),
        "counts": {month: [counts[cell] for cell in cells(month)] for month, counts in ledger.counts.items()},
        "reports": [
            [
                each.region,
                each.period,
                [[table.shape, table.columns, table.rows, table.numbers] for table in each.tables],
            ]
            for each in ledger.reports.values()
        ],
    }


def _ledger(plain: dict[str, Any]) -> Ledger:
    """Raises ValueError where a number that was published is not what was counted."""
    if plain["format"] != FORMAT:
        raise ValueError
    ledger = Ledger(bytes.fromhex(plain["secret"]))
    for month, numbers in plain["counts"].items():
        ledger.counts[month] = dict(zip(cells(month), numbers, strict=True))
    for region, period, tables in plain["reports"]:
        read = tuple(Table(shape, *(_tuples(part) for part in parts)) for shape, *parts in tables)
        months = months_of(period)
        counts = ledger.counts_of(quarter_of(months[0]))
        if any(number not in (None, value(counts, sums)) for each in read for sums, number in _numbers(each, months)):
            raise ValueError
        ledger.reports[period] = Report(region, period, read)
    return ledger


def _tuples(lists: list[list[Any]]) -> Any:
    return tuple(tuple(each) for each in lists)
