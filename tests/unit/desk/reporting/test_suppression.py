"""No hidden number can be worked out: attacked by exact search, over one report and over all reports of a quarter."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.reporting.audit import FLOOR, Outsider, small
from kiosk.desk.reporting.suppression import publish
from kiosk.desk.reporting.tables import Counts, Sum, cells_of, ladder, value
from schema.report import EVERYONE, HOUSEHOLDS, SHAPES, Cell, Table, months_of
from tests.unit.desk.reporting.crowds import Person, counts_of, crowd, shown, uneven
from tests.unit.desk.reporting.outsider import could_be, rows_add_up, worked_out

MONTHS = ("2026-01", "2026-02", "2026-03")
LOW = 3
"""A floor that leaves an exact search something small to search: 1 and 2 are hidden."""
SECRET = bytes(32)


def safe(counts: Counts, known: set[Sum], floor: int = LOW) -> None:
    """Each small number could be nearly none as well as large enough to be shown, for all that anybody can find out."""
    for number in small(counts, floor):
        assert could_be(counts, known, number, 0, 1), (sorted(number), value(counts, number))
        assert could_be(counts, known, number, floor), (sorted(number), value(counts, number))


def test_the_outsider_of_these_tests_can_count() -> None:
    """Prove presence first: shown a total and all but one of its parts, he knows the last one."""
    counts = counts_of(MONTHS[0], [(1, 3, 1, 0)] * 5 + [(3, 1, 1, 0)] * 2)
    total = cells_of(EVERYONE, MONTHS[:1], None, HOUSEHOLDS)
    parts = [cells_of(EVERYONE, MONTHS[:1], None, (each,)) for each in HOUSEHOLDS]
    known = {total, parts[0], *parts[2:]}
    assert could_be(counts, known, parts[1], 2, 2)
    assert not could_be(counts, known, parts[1], 0, 1) and not could_be(counts, known, parts[1], 3)
    with pytest.raises(AssertionError):
        safe(counts, known)


@settings(max_examples=10)
@given(people=crowd(10))
def test_one_report_gives_no_small_number_away(people: list[Person]) -> None:
    """G8: rows, columns, totals and the tables' common line: nothing small follows from them."""
    counts = counts_of(MONTHS[0], people)
    known = shown(publish(counts, MONTHS[:1], (), SECRET, LOW), MONTHS[0])
    assert not known & set(small(counts, LOW))
    safe(counts, known)


@settings(max_examples=3)
@given(
    crowds=st.tuples(crowd(60, least=11), crowd(30, least=5), crowd(12)),
    periods=st.permutations(("2026-01", "2026-02", "2026-03", "2026-Q1")),
)
def test_months_and_their_quarter_give_no_small_number_away(
    crowds: tuple[list[Person], ...], periods: list[str]
) -> None:
    """Toy list 21: month against month and against quarter, in whatever order they were published.

    For each small number, 1 to 10, there are two tables that fit everything, added up here once more: in one it is 0
    or 1, in the other 11 or more. And nothing small is got by subtracting.
    """
    counts: dict[Cell, int] = {}
    known: set[Sum] = set()
    for period in periods:
        for month in months_of(period):
            counts |= counts_of(month, crowds[MONTHS.index(month)])
        known |= shown(publish(counts, months_of(period), known, SECRET), period)
    reader = Outsider(counts)
    assert reader.learns(known) is None
    fitting = [table for table in reader.tables() if fits(table, counts, known)]
    for number in small(counts):
        found = [value(table, number) for table in fitting]
        assert min(found) <= 1 and max(found) >= FLOOR, sorted(number)
    assert not [number for number in worked_out(counts, known) if 0 < number < FLOOR]


def test_hiding_small_numbers_alone_is_not_enough() -> None:
    """G8: prove presence first: with 1 to 10 hidden and nothing else, subtracting gives them away."""
    counts = counts_of(MONTHS[0], uneven(8))
    finest = next(ladder(SHAPES[0]))
    numbers = {each for line in finest.sums(MONTHS[:1]) for each in line}
    known = numbers - set(small(counts))
    assert Outsider(counts).learns(known) is not None
    assert [number for number in worked_out(counts, known) if 0 < number < FLOOR]


def test_a_small_difference_between_quarter_and_months_is_not_shown() -> None:
    """G8: two months are out with their totals; the third had four people: the quarter's total would tell."""
    crowds = [uneven(2), uneven(2), [(1, 3, 1, 0)] * 4]
    counts: dict[Cell, int] = {}
    known: set[Sum] = set()
    for month, people in zip(MONTHS, crowds, strict=True):
        counts |= counts_of(month, people)
        known |= shown(publish(counts, (month,), known, SECRET), month)
    assert {cells_of(EVERYONE, (month,), None, HOUSEHOLDS) in known for month in MONTHS[:2]} == {True}
    assert publish(counts, MONTHS, known, SECRET) == ()
    assert publish(counts, MONTHS, (), SECRET) != ()


def test_a_table_that_loses_too_much_is_coarsened() -> None:
    """A dozen people: totals alone; a large crowd without rare kinds: the tables as HUD has them, nothing hidden."""
    few = counts_of(MONTHS[0], uneven(1)[::2])
    assert publish(few, MONTHS[:1], (), SECRET) and all(
        not table.rows for table in publish(few, MONTHS[:1], (), SECRET)
    )
    kinds = [(household, kind, status, referral) for household in HOUSEHOLDS for kind in (1, 2, 3)
             for status in (1, 2) for referral in (0, 1, 2, 3)]  # fmt: skip
    found = publish(counts_of(MONTHS[0], kinds * 3), MONTHS[:1], (), SECRET)
    assert [len(table.columns) for table in found] == [4, 4, 4]
    assert [table.rows for table in found] == [tuple((row,) for row in shape.rows) for shape in SHAPES]
    assert sum(table.hidden for table in found) == 0


@pytest.mark.parametrize("people", [0, 1, 10])
def test_a_small_total_shows_nothing_at_all(people: int) -> None:
    """1 to 10 people in all: no table. Nobody at all: a total of zero, which is nobody's number."""
    counts = counts_of(MONTHS[0], [(1, 3, 1, 0)] * people)
    assert (publish(counts, MONTHS[:1], (), SECRET) == ()) == (people > 0)


def test_who_knows_the_program_learns_no_more() -> None:
    """G8: he runs every table through the program with any secret he thinks of: no hidden number has one value only.

    The numbers that cover are chosen by a secret. Chosen by their size, they would give 2, 2 away beside a shown 3.
    """
    fits: defaultdict[tuple[Table, ...], list[Counts]] = defaultdict(list)
    kinds = [(1, kind, 1, 0) for kind in (1, 2, 3)]
    for people in combinations_with_replacement(kinds, 7):
        counts: Counts = counts_of(MONTHS[0], people)
        for found in {publish(counts, MONTHS[:1], (), bytes([secret]), LOW) for secret in range(6)}:
            fits[found].append(counts)
    hidden = 0
    for found, possible in fits.items():
        for counts in possible if found else ():
            for number in small(counts, LOW):
                hidden += 1
                assert len({value(other, number) for other in possible}) > 1
    assert hidden > 20


def fits(table: Counts, counts: Counts, known: set[Sum]) -> bool:
    """Whether a table has no negative count, adds up, and shows what was published."""
    return (
        set(table) == set(counts)
        and min(table.values()) >= 0
        and all(sum(factor * table[cell] for cell, factor in sides.items()) == 0 for sides in rows_add_up(table))
        and all(value(table, each) == value(counts, each) for each in known)
    )


@settings(max_examples=10)
@given(people=crowd(8), data=st.data())
def test_the_audit_misses_nothing_in_one_month(people: list[Person], data: st.DataObject) -> None:
    """Against any choice of shown numbers, the audit says "given away" exactly when exact search does."""
    counts = counts_of(MONTHS[0], people)
    lines = (("Q9a", (1,)), ("Q9a", (3,)), (EVERYONE, None))
    columns = ((1,), (3,), HOUSEHOLDS)
    finest = [cells_of(table, MONTHS[:1], rows, column) for table, rows in lines for column in columns]
    known = data.draw(st.sets(st.sampled_from(finest)))
    given_away = Outsider(counts, LOW).learns(known)
    if given_away is None:
        safe(counts, known)
    else:
        assert not could_be(counts, known, given_away, 0, 1) or not could_be(counts, known, given_away, LOW)
