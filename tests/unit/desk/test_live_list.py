"""The growing list ends where `kiosk list` does, whatever order records come in."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.records.live_list import Facts, LiveList
from kiosk.desk.records.rows import Apart, Row, Why, row_of
from kiosk.desk.records.visitor_requests import Opened, resolve
from kiosk.priority.profile import load
from kiosk.priority.rank import Entry, number_in, rank
from kiosk.seal.phrase import phrase_check
from kiosk.seal.summary_codec import encode, instrument
from schema.later import Change, Sealable, Withdrawal
from schema.summary import Factors, Pathway
from tests.made_up import PHRASE, SEEDS, a_summary, factors, made_at

PROFILE = load()
SECRET = bytes(range(32))


def grown(items: dict[int, Sealable], settle_every: int = 3) -> LiveList:
    lot = LiveList(PROFILE, SECRET)
    for at, (number, item) in enumerate(items.items()):
        lot.take(number, encode(item), instrument(item))
        if at % settle_every == 0:
            lot.settle()
    lot.finish(lambda number: False)
    return lot


def listed(items: dict[int, Sealable]) -> tuple[tuple[Row, ...], set[Apart], int]:
    """What the same records come to when they are resolved and ranked in one go."""
    resolved = resolve([Opened(number, item) for number, item in items.items()])
    fit = {n: s for n, s in resolved.standing.items() if s.profile == PROFILE.fingerprint}
    ranked = rank([Entry(number, summary.factors) for number, summary in fit.items()], PROFILE, SECRET)
    apart = {Apart(n, Why.UNRESOLVED) for n in resolved.unresolved}
    apart |= {Apart(n, Why.CONFLICT) for n in resolved.conflicting}
    apart |= {Apart(n, Why.OTHER_PROFILE) for n in resolved.standing if n not in fit}
    return tuple(row_of(each, fit[each.number]) for each in ranked), apart, resolved.withdrawn


FIRST = 10_000_000


@st.composite
def lots(draw: st.DrawFn) -> dict[int, Sealable]:
    """Summaries, then changes and withdrawals of them and of numbers that nobody has."""
    items: dict[int, Sealable] = {}
    for number in range(FIRST, FIRST + draw(st.integers(1, 8))):
        profile = draw(st.sampled_from([PROFILE.fingerprint] * 4 + ["0" * 16]))
        items[number] = a_summary(number, factors=draw(factors()), profile=profile)
    for number in range(FIRST + 100, FIRST + 100 + draw(st.integers(0, 6))):
        target = draw(st.integers(FIRST, FIRST + 9))
        check = phrase_check(target, draw(st.sampled_from([PHRASE, PHRASE, "another phrase"])))
        month = draw(st.sampled_from(["2026-11", "2026-12"]))
        new = a_summary(number, factors=draw(factors()), month=month)
        items[number] = Withdrawal(target, check, 1) if draw(st.booleans()) else Change(target, check, new)
    order = draw(st.permutations(list(items)))
    return {number: items[number] for number in order}


@settings(max_examples=150)
@given(lots(), st.integers(1, 5))
def test_it_ends_as_kiosk_list_does(items: dict[int, Sealable], settle_every: int) -> None:
    """Whatever comes in, in whatever order: rows, ranks, reasons, what is set apart and what was taken back agree."""
    lot = grown(items, settle_every)
    rows, apart, withdrawn = listed(items)
    assert [lot.row(number_in(key)) for key in lot.order] == list(rows)
    assert set(lot.apart) == apart and len(lot.apart) == len(apart) and lot.withdrawn == withdrawn
    assert set(lot.facts) == {row.number for row in rows} == {number for number, _ in lot.plains()}


@settings(max_examples=60)
@given(st.lists(factors(), min_size=1, max_size=8), st.sampled_from(Pathway), st.sampled_from(Pathway))
def test_a_pathway_changes_nothing_that_is_shown(people: list[Factors], one: Pathway, other: Pathway) -> None:
    """P9, P10: with any pathway, the table's facts, the order and the whole row of everybody are the same."""
    lots = [
        grown({FIRST + at: a_summary(FIRST + at, factors=each, pathway=way) for at, each in enumerate(people)})
        for way in (one, other)
    ]
    assert lots[0].order == lots[1].order and lots[0].facts == lots[1].facts
    assert [lots[0].row(n) for n in lots[0].facts] == [lots[1].row(n) for n in lots[1].facts]


def test_no_fact_can_hold_a_mark() -> None:
    """P10: what the table shows and filters by has no field for a name, a pathway, a plan or a referral."""
    assert Facts._fields == ("month", "region", "agency", "household", "points", "bands")


def test_a_place_is_explained_against_the_next_one() -> None:
    """The detail page names the number behind and why; behind the last there is nobody."""
    much = Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116)
    lot = grown({FIRST: a_summary(FIRST, factors=Factors()), FIRST + 1: a_summary(FIRST + 1, factors=much)})
    assert [lot.rank(FIRST), lot.rank(FIRST + 1)] == [2, 1]
    found = lot.why_ahead(FIRST + 1)
    assert found is not None and found[0] == FIRST and "chronically homeless" in found[1]
    assert lot.why_ahead(FIRST) is None


def test_what_is_no_summary_is_set_apart() -> None:
    """An inside that makes no sense, or contradicts its head, is named and never ranked."""
    lot = LiveList(PROFILE, SECRET)
    lot.take(FIRST, bytes(160), 1)
    lot.take(FIRST + 1, encode(a_summary()), 2)
    lot.finish(lambda number: False)
    assert lot.apart == [Apart(FIRST, Why.MALFORMED), Apart(FIRST + 1, Why.MALFORMED)] and not lot.order


def test_a_change_is_marked() -> None:
    """A number under which a later change stands is known as such, and keeps its place among equals by chance."""
    changed = dataclasses.replace(a_summary(FIRST), month="2026-12")
    lot = grown({FIRST: a_summary(FIRST), FIRST + 9: Change(FIRST, phrase_check(FIRST, PHRASE), changed)})
    assert lot.changed == {FIRST} and lot.row(FIRST).month == "2026-12"


async def test_what_visitors_took_back_is_removed_once_the_desk_is_open(tmp_path: Path) -> None:
    """Removal: unlocking the desk carries out what visitors asked for; a request that fits nothing stays apart."""
    made = made_at(tmp_path / "k")
    mine, other = made.keep(), made.keep()
    made.keep(Withdrawal(mine, phrase_check(mine, PHRASE), 1))
    wrong = made.keep(Withdrawal(other, phrase_check(other, "no such words"), 1))
    desk = OpenDesk(made.place, SEEDS, {})
    await desk.fill()
    assert desk.problem == "" and desk.live_list.withdrawn == 1
    assert {row.number for row in made.store.rows()} == {other, wrong} and made.store.taken(mine)
