"""What the numbers of a report are called, in words for a board, and what has to be said beside them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schema.report import HOUSEHOLDS, SHAPES, UNKNOWN_HOUSEHOLD, Report, Table

HIDDEN: Final = "hidden"
"""Stands where a number does not."""
HIDDEN_MEANS: Final = "hidden: 10 or fewer, or kept back so that such a number cannot be worked out"
TOTAL: Final = "Total"
ALL_ROWS: Final = "All assessments"
COLUMNS: Final[Mapping[tuple[int, ...], str]] = MappingProxyType(
    {
        (1,): "Without children",
        (3,): "With children and adults",
        (4,): "Only children",
        (3, 4): "With children",
        (UNKNOWN_HOUSEHOLD,): "Unknown household",
        HOUSEHOLDS: TOTAL,
    }
)
ROWS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {
        "Q9a": {1: "Telephone", 2: "Virtual", 3: "In person"},
        "Q9b": {1: "Placed", 2: "Not placed"},
        "Q10": {1: "Accepted, called now", 2: "No result yet", 3: "Rejected by the person", 0: "Not offered"},
    }
)
NOTES: Final = (
    "Counts of assessments kept at the kiosks of one provider, by the month of the talk. Nobody's number is in them.",
    f"{HIDDEN_MEANS.capitalize()}. A zero is a zero.",
    "Hidden numbers cannot be worked out from all reports of one calendar quarter, its months and itself, laid side by "
    "side. That promise does not cover what others publish about the same people, or what a reader knows already.",
    "Placed: waits on the list that was chosen. Not placed: has not chosen yet, or the row may not leave the provider.",
    "Q9c and Q9d are not here: a kiosk records no access or referral event (HUD 4.20). Q10 counts the offer of a call "
    "from the kiosk's side alone; what a provider rejected, and who was housed, it does not know.",
    "People who chose the HMIS list are counted here too: do not add these totals to those of HMIS.",
    "This is no report of a comparable database. It has the shape of questions Q9 and Q10 of the coordinated-entry "
    "report, and is not meant for upload.",
)


def title(table: Table) -> str:
    """The table's name and what it counts."""
    return next(f"{shape.name}. {shape.title}" for shape in SHAPES if shape.name == table.shape)


def heading(report: Report) -> str:
    """What the whole report is."""
    return f"Coordinated entry in {report.region}, {report.period}"


def columns(table: Table) -> tuple[str, ...]:
    """The heads of the columns, the total last."""
    groups = table.columns if table.columns == (HOUSEHOLDS,) else (*table.columns, HOUSEHOLDS)
    return tuple(COLUMNS[group] for group in groups)


def rows(table: Table) -> tuple[str, ...]:
    """The heads of the rows, the total last."""
    return (*(ROWS[table.shape][row] for group in table.rows for row in group), ALL_ROWS)


def lines(table: Table) -> tuple[tuple[str, ...], ...]:
    """The table in words and numbers, each line with its head; Q9b ends with a percentage."""
    found = [
        (head, *(HIDDEN if number is None else str(number) for number in numbers))
        for head, numbers in zip(rows(table), table.numbers, strict=True)
    ]
    if table.shape == "Q9b" and table.rows:
        found.append(("Percent placed", *map(_percent, table.numbers[0], table.numbers[-1])))
    return tuple(found)


def _percent(part: int | None, whole: int | None) -> str:
    """A share of two numbers that are both shown: it says no more than they do."""
    if part is None or whole is None:
        return HIDDEN
    return f"{100 * part / whole:.0f}%" if whole else "none"
