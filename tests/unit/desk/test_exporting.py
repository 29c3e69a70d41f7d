"""The external list: who is on it, what it cannot hold, and when a row hides among others."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.exporting.k_anonymity import coarsened, lonely
from kiosk.desk.exporting.selection import Chosen, LeftOut, choose
from kiosk.desk.exporting.writing import as_csv
from kiosk.desk.records.rows import Apart, Standing, Why
from kiosk.priority.profile import OLDER, load
from kiosk.priority.rank import Entry, rank
from schema.external import COLUMNS
from schema.summary import Factors, Pathway, PlanMode, ReferralOutcome, Summary
from tests.made_up import a_summary, summaries

PROFILE = load()
SECRET = bytes(range(32))
NOW = "2026-11"
MARKS = ("name", "path", "victim", "violence", "dv", "abuse", "harm", "plan", "revisit", "referral", "phrase", "birth")
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*|")


def standing(*kept: Summary) -> Standing:
    return Standing(dict(enumerate(kept, start=10_000_000)), (), 0)


def chosen(*kept: Summary) -> Chosen:
    return choose(standing(*kept), PROFILE, SECRET, NOW)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def of_this_profile() -> st.SearchStrategy[Summary]:
    """Anybody whose score was made under the profile that ranks here."""
    return summaries().map(lambda each: dataclasses.replace(each, profile=PROFILE.fingerprint))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"release": False, "release_expires": None}, LeftOut.NO_RELEASE),
        ({"release_expires": None}, LeftOut.NO_RELEASE),
        ({"release_expires": "2026-10"}, LeftOut.EXPIRED),
        ({"release_expires": "2026-11"}, None),
        ({"pathway": Pathway.UNDECIDED}, LeftOut.UNDECIDED),
        ({"pathway": Pathway.HMIS}, LeftOut.HMIS),
        ({"profile": "0" * 16}, LeftOut.OTHER_PROFILE),
    ],
)
def test_only_a_running_release_goes_on_the_list(changes: dict[str, Any], reason: LeftOut | None) -> None:
    """MO-08, VAWA: a row leaves with a release that runs, to the list she chose; each other is counted, with why."""
    found = chosen(a_summary(), a_summary(**changes))
    assert len(found.rows) == (2 if reason is None else 1)
    assert found.left_out == ({} if reason is None else {reason: 1})


def test_the_file_is_the_same_for_the_same_records() -> None:
    """The order of the records in the database, and so of arrival, is nowhere in the file."""
    kept = [(number, a_summary(score=number % 7)) for number in range(10_000_000, 10_000_030)]
    files = {as_csv(choose(Standing(dict(each), (), 0), PROFILE, SECRET, NOW).rows) for each in (kept, kept[::-1])}
    assert len(files) == 1
    rows = read(files.pop())
    assert len(rows) == 30 and [row["list_number"] for row in rows] == sorted(row["list_number"] for row in rows)


@settings(max_examples=60)
@given(kept=st.lists(of_this_profile(), max_size=8), apart=st.integers(0, 3), gone=st.integers(0, 3))
def test_no_row_has_a_name_or_a_mark_and_nobody_is_lost(kept: list[Summary], apart: int, gone: int) -> None:
    """P10: a number and codes in fixed columns, no formula in any cell, and every record in a row or in the account."""
    found = choose(
        Standing(dict(enumerate(kept, start=10_000_000)), (Apart(99_000_000, Why.FORGED),) * apart, gone),
        PROFILE,
        SECRET,
        NOW,
    )
    rows = read(as_csv(found.rows))
    assert len(rows) + sum(found.left_out.values()) == len(kept) + apart + gone
    assert as_csv(found.rows).splitlines()[0].decode().split(",") == list(COLUMNS)
    assert not [name for name in COLUMNS if any(mark in name for mark in MARKS)]
    for row in rows:
        assert re.fullmatch("[1-9][0-9]{7}", row["list_number"])
        assert all(SAFE.fullmatch(cell) for cell in row.values())


@settings(max_examples=60)
@given(
    person=of_this_profile(),
    mode=st.sampled_from(PlanMode),
    referral=st.sampled_from(ReferralOutcome),
    revisit=st.booleans(),
    check=st.binary(min_size=8, max_size=8),
)
def test_what_was_told_of_harm_changes_no_byte(
    person: Summary, mode: PlanMode, referral: ReferralOutcome, revisit: bool, check: bytes
) -> None:
    """P10: plan, referral, "come back to this" and phrase leave no trace in her row."""
    person = dataclasses.replace(person, release=True, release_expires="2027-01", pathway=Pathway.EXTERNAL)
    told = dataclasses.replace(person, plan_mode=mode, referral_outcome=referral, revisit=revisit, phrase_check=check)
    assert chosen(person).rows and as_csv(chosen(person).rows) == as_csv(chosen(told).rows)


def test_a_row_alone_in_its_bands_is_named() -> None:
    """Toy list 19: the household of five in a list of couples stands out, by number; the file does not mark it."""
    couples = [a_summary(factors=Factors(household_size=2))] * 3
    found = chosen(*couples, a_summary(factors=Factors(household_size=5)))
    assert lonely(found.rows, 2) == [10_000_003]
    assert lonely(found.rows, 3) == [10_000_003] and len(lonely(found.rows, 4)) == 4


def test_coarser_bands_hide_a_row_or_it_stays_home() -> None:
    """A row climbs only as far as it has to; one that nothing hides is left out and counted."""
    found = chosen(
        a_summary(factors=Factors(household_size=2)),
        a_summary(factors=Factors(household_size=2)),
        a_summary(factors=Factors(household_size=3)),
        a_summary(factors=Factors(household_size=5)),
        a_summary(factors=Factors(household_size=2, living_situation=116)),
    )
    coarser, changed = coarsened(found, 2, NOW)
    assert [row.household_size_band for row in coarser.rows] == [2, 2, 99, 99] and changed == 2
    assert coarser.left_out == {LeftOut.ALONE: 1}


def test_no_release_is_lengthened_or_ended() -> None:
    """A coarser month never lengthens a release, and never ends one that runs."""
    found = chosen(*(a_summary(month=f"2026-{month}", release_expires=f"2027-{month}") for month in ("10", "11")))
    coarser, _ = coarsened(found, 2, NOW)
    assert [(row.assessment_month, row.release_expires) for row in coarser.rows] == [("2026-10", "2027-10")] * 2
    found = chosen(*(a_summary(month=month, release_expires="2026-11") for month in ("2025-11", "2025-12")))
    coarser, _ = coarsened(found, 2, NOW)
    assert {(row.assessment_month, row.release_expires) for row in coarser.rows} == {("2025-10", NOW)}


@settings(max_examples=40)
@given(kept=st.lists(of_this_profile(), min_size=1, max_size=12), enough=st.integers(2, 4))
def test_every_row_of_a_coarse_list_has_enough_alike(kept: list[Summary], enough: int) -> None:
    """Nobody is alone after `--coarsen`; nobody is lost on the way; nobody's place among those who stay changes."""
    one: dict[str, Any] = {
        "pathway": Pathway.EXTERNAL,
        "release": True,
        "release_expires": "2027-05",
        "month": "2026-10",
    }
    one |= {"region": "R", "agency": "A", "pack": "p", "instrument": 1}
    going = [dataclasses.replace(each, **one) for each in kept]
    found = chosen(*going, *going[: len(going) // 2])
    coarser, _ = coarsened(found, enough, NOW)
    assert lonely(coarser.rows, enough) == []
    assert len(coarser.rows) + coarser.left_out.get(LeftOut.ALONE, 0) == len(found.rows)
    exact = {row.list_number: row for row in found.rows}
    ranked_by = ("chronic_status", "months_band", "score", "sheltered", "tie_break")
    for row in coarser.rows:
        assert all(getattr(row, name) == getattr(exact[row.list_number], name) for name in ranked_by)


def test_a_row_says_what_ranking_saw() -> None:
    """MO-05: the bands of the row are those that the provider's own list ranks by."""
    factors = Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116)
    row = chosen(a_summary(factors=factors)).rows[0]
    ranked = rank([Entry(10_000_000, factors)], PROFILE, SECRET)[0]
    bands = dict(zip(PROFILE.order, ranked.bands, strict=True))
    assert (row.chronic_status, row.months_band, row.score) == (bands["chronic"], bands["length"], ranked.points)
    assert row.sheltered == "n" and Counter(row.tie_break).total() == 32


def test_older_records_go_apart() -> None:
    """Records of the older questions are in no list of today's, and a list of their own keeps their fingerprint."""
    older = next(iter(OLDER))
    kept = standing(a_summary(profile=older), a_summary(profile=PROFILE.fingerprint), a_summary(profile="0" * 16))
    now, apart = choose(kept, PROFILE, SECRET, NOW), choose(kept, PROFILE, SECRET, NOW, older=True)
    assert [row.profile_fingerprint for row in now.rows] == [PROFILE.fingerprint]
    assert [row.profile_fingerprint for row in apart.rows] == [older]
    assert now.left_out == {LeftOut.OTHER_PROFILE: 1, LeftOut.OLDER: 1}
    assert apart.left_out == {LeftOut.OTHER_PROFILE: 1, LeftOut.NEWER: 1}
