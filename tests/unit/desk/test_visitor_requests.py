from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.keys.derivation import new_seed
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import Listing, list_records
from kiosk.desk.records.rows import Why
from kiosk.desk.records.visitor_requests import Opened, resolve
from kiosk.desk.region import NotARegion
from kiosk.seal.phrase import phrase_check
from schema.later import Change, Renewal, Withdrawal
from schema.summary import Factors
from tests.made_up import PHRASE, SEEDS, Made, a_summary, made_at, remove_taken_back

CHRONIC = Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def listing_at(made: Made) -> Listing:
    return list_records(made.place, SEEDS)


def test_a_withdrawal_needs_number_and_phrase(made: Made) -> None:
    """A withdrawal takes its record away; a wrong phrase, a wrong number, another's phrase do nothing."""
    number = made.number()
    made.keep(a_summary(number), number=number)
    stays = made.keep()
    tries = [(number, number, "red apple"), (stays, number, PHRASE), (12_345_674, 12_345_674, PHRASE)]
    failed = {made.keep(Withdrawal(target, phrase_check(other, said), 1)) for target, other, said in tries}
    assert {row.number for row in listing_at(made).rows} == {number, stays}
    made.keep(Withdrawal(number, phrase_check(number, "Red  apple, TEA"), 1))
    listing = listing_at(made)
    assert [row.number for row in listing.rows] == [stays] and listing.withdrawn == 1
    assert {each.number for each in listing.apart} == failed
    assert {each.why for each in listing.apart} == {Why.UNRESOLVED}


def test_a_change_stands_under_her_first_number(made: Made) -> None:
    """A change is ranked in place of the record it changes, under the number that she knows."""
    number = made.number()
    made.keep(a_summary(number, factors=Factors()), number=number)
    other = made.keep(a_summary(factors=Factors(months_homeless=104)))
    assert [row.number for row in listing_at(made).rows] == [other, number]
    made.keep(Change(number, phrase_check(number, PHRASE), a_summary(number, factors=CHRONIC)))
    listing = listing_at(made)
    assert [row.number for row in listing.rows] == [number, other] and listing.apart == ()


def opened(*items: tuple[int, object]) -> list[Opened]:
    return [Opened(number, item) for number, item in items]  # type: ignore[arg-type]


def test_of_two_changes_the_later_month_stands() -> None:
    """No record carries a time: the later month stands; in one month nobody can tell, and neither stands."""
    first = a_summary(10_000_001)
    check = first.phrase_check
    older = Change(10_000_001, check, a_summary(10_000_001, month="2026-11", score=1))
    newer = Change(10_000_001, check, a_summary(10_000_001, month="2026-12", score=2))
    also = Change(10_000_001, check, a_summary(10_000_001, month="2026-12", score=3))
    for order in ([1, 2], [2, 1]):
        asked = {1: (20_000_001, older), 2: (20_000_002, newer)}
        result = resolve(opened((10_000_001, first), *(asked[each] for each in order)))
        assert result.standing[10_000_001].score == 2 and not result.conflicting
    result = resolve(opened((10_000_001, first), (20_000_002, newer), (20_000_003, also)))
    assert result.standing[10_000_001] == first and sorted(result.conflicting) == [20_000_002, 20_000_003]


def test_a_withdrawal_beats_every_change() -> None:
    """Whoever takes her record back is off the list, whatever was changed before or after."""
    first = a_summary(10_000_001)
    change = Change(10_000_001, first.phrase_check, a_summary(10_000_001, month="2030-01"))
    gone = Withdrawal(10_000_001, first.phrase_check, 1)
    for items in ([(2, change), (3, gone)], [(3, gone), (2, change)], [(3, gone), (4, gone)]):
        result = resolve(opened((10_000_001, first), *items))
        assert not result.standing and result.withdrawn == 1 and not result.unresolved


def renewal(until: str, month: str = "2027-10", check: bytes | None = None) -> Renewal:
    """Somebody wants the release of 10,000,001 to run on; it ran from 2026-11 to 2027-11, twelve months."""
    return Renewal(10_000_001, check or phrase_check(10_000_001, PHRASE), 1, month, until)


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ([renewal("2028-10")], "2028-10"),
        ([renewal("2028-05")], "2028-05"),
        ([renewal("2031-01")], "2028-10"),
        ([renewal("2028-10"), renewal("2028-11", "2027-11"), renewal("2028-01")], "2028-11"),
        ([renewal("2027-01")], "2027-11"),
        ([renewal("2028-10", check=b"12345678")], "2027-11"),
    ],
    ids=["her own", "shorter", "too long", "several", "no longer than before", "wrong words"],
)
def test_a_release_runs_on_from_the_month_she_asks_in_and_no_longer_than_it_did(
    asked: list[Renewal], stands: str
) -> None:
    first = a_summary(10_000_001)
    items = [(20_000_000 + at, item) for at, item in enumerate(asked)]
    for order in (items, items[::-1]):
        result = resolve(opened((10_000_001, first), *order))
        assert result.standing[10_000_001].release_expires == stands and not result.changed
        assert bool(result.unresolved) == (asked[0].phrase_check != first.phrase_check)


def test_a_renewal_gives_no_release_and_keeps_nobody_on_a_list() -> None:
    """What she did not release, or takes back, stays so: a no by a later change, and a withdrawal, go ahead."""
    first, no = a_summary(10_000_001), {"release": False, "release_expires": None}
    unreleased = resolve(opened((10_000_001, a_summary(10_000_001, **no)), (2, renewal("2028-10"))))
    assert not unreleased.standing[10_000_001].release and unreleased.unresolved == [2]
    change = Change(10_000_001, first.phrase_check, a_summary(10_000_001, month="2027-01", **no))
    changed = resolve(opened((10_000_001, first), (2, renewal("2028-10")), (3, change)))
    assert not changed.standing[10_000_001].release and changed.changed == {10_000_001}
    gone = Withdrawal(10_000_001, first.phrase_check, 1)
    assert not resolve(opened((10_000_001, first), (2, renewal("2028-10")), (3, gone))).standing


def test_a_release_that_runs_on_is_seen_on_the_list_and_goes_with_its_record(made: Made) -> None:
    """Down to sealed bytes: as long as any other record, and removed with the one that it is about."""
    number = made.number()
    made.keep(a_summary(number), number=number)
    about = made.keep(Renewal(number, phrase_check(number, PHRASE), 1, "2027-11", "2028-11"))
    (row,) = listing_at(made).rows
    assert row.release_expires == "2028-11"
    assert len({len(each.untrusted_sealed) for each in made.store.rows()}) == 1
    made.keep(Withdrawal(number, phrase_check(number, PHRASE), 1))
    assert remove_taken_back(made) == 3 and about not in {row.number for row in made.store.rows()}


@given(st.permutations(list(range(6))))
def test_the_order_of_requests_does_not_matter(order: list[int]) -> None:
    """Rows have no order; what stands follows from which requests there are."""
    first, second = a_summary(10_000_001), a_summary(10_000_002)
    items = [
        (10_000_001, first),
        (10_000_002, second),
        (20_000_001, Withdrawal(10_000_001, first.phrase_check, 1)),
        (20_000_002, Change(10_000_002, second.phrase_check, a_summary(10_000_002, score=9))),
        (20_000_003, Withdrawal(10_000_002, b"12345678", 1)),
        (20_000_004, Change(10_000_002, second.phrase_check, a_summary(10_000_002, month="2027-01", score=8))),
    ]
    result = resolve(opened(*(items[at] for at in order)))
    assert {number: summary.score for number, summary in result.standing.items()} == {10_000_002: 8}
    assert (result.withdrawn, result.unresolved, result.conflicting) == (1, [20_000_003], [])


def test_a_lost_key_is_lost(made: Made) -> None:
    """F10: without the provider's seed nothing opens; there is no way around it."""
    made.keep()
    with pytest.raises(NotARegion):
        list_records(made.place, Seeds(new_seed()))


def test_both_suites_are_listed(tmp_path: Path) -> None:
    """A provider who chose X-Wing reads the list the same way."""
    made = made_at(tmp_path / "k", suite=2)
    numbers = {made.keep() for _ in range(3)}
    assert {row.number for row in listing_at(made).rows} == numbers
