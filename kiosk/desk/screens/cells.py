"""What the list shows: the cells of a row, and the lines above that say how far it is and what of it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.records.code_labels import short_household
from kiosk.vault.numbers import show
from widgets.progress import bar
from widgets.rows import Column

if TYPE_CHECKING:
    from kiosk.desk.open_desk import OpenDesk

_BAR = 16
COLUMNS = (
    Column("rank", 7, right=True),
    Column("", 1),
    Column("number", 10),
    Column("score", 5, right=True),
    Column("bands", 9, spare=1),
    Column("household", 9, spare=2),
    Column("month", 7, spare=3),
    Column("region", 12, spare=4),
    Column("agency", 12, spare=5),
)
"""What the table shows. Pathway, plan and referral are not among it, and no page has them (P10)."""


def cells(desk: OpenDesk, index: int) -> tuple[str, ...]:
    """The row at `index` of what is shown, a cell for each of COLUMNS."""
    number = desk.view.number(index)
    facts = desk.live_list.facts[number]
    return (
        str(desk.live_list.rank(number)),
        desk.mark(number),
        show(number),
        str(facts.points),
        " ".join(map(str, facts.bands)),
        short_household(facts.household),
        facts.month,
        facts.region,
        facts.agency,
    )


def narrowed(desk: OpenDesk) -> str:
    """What of the list is shown and how it is sorted, where that is not all of it by rank; else nothing."""
    wanted = desk.view.filter
    said = [] if wanted.empty else [f"FILTERED: {wanted.words(desk.profile)}. {len(desk.view):,} shown."]
    said += ["Sorted by number."] if desk.view.by_number else []
    return " ".join(said)


def state(desk: OpenDesk) -> str:
    """How far the list is."""
    if desk.problem:
        return f"! {desk.problem}"
    if not desk.complete:
        return f"{bar(desk.done, desk.total, _BAR) if desk.total else 'Reading.'} Opening; ranks can still move."
    apart = f" {len(desk.live_list.apart):,} set apart (A)." if desk.live_list.apart else ""
    return f"{len(desk.live_list):,} on the list.{apart} {desk.profile.name}, {desk.profile.fingerprint}"
