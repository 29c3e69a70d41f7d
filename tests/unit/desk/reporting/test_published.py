"""What was published stays: counted once, never made anew, sealed with the provider's key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desk.keys import shared_register
from kiosk.desk.keys.derivation import new_seed, recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.region import Region
from kiosk.desk.reporting.publish import (
    AnotherPublishes,
    NothingToShow,
    PublishedLost,
    StillOpen,
    never_published,
    report_on,
)
from kiosk.desk.reporting.published import Ledger, NotALedger, reseal
from kiosk.desk.reporting.suppression import publish
from kiosk.desk.reporting.tables import cells_of, value
from kiosk.paths import check_modes
from schema.later import Withdrawal
from schema.report import EVERYONE, HOUSEHOLDS, Report, months_of, quarter_of
from schema.summary import AssessmentType, Factors, Pathway
from tests.made_up import SEED, SEEDS, Made, a_summary, made_at
from tests.unit.desk.reporting.crowds import counts_of, shown
from tests.unit.desk.reporting.outsider import could_be

NOW = "2027-02"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def keep(made: Made, month: str, people: int) -> list[int]:
    return [made.keep(a_summary(number := made.number(), month=month), number) for _ in range(people)]


def total(report: Report) -> int | None:
    return report.tables[0].numbers[-1][-1]


def test_a_month_is_counted_once(made: Made) -> None:
    """A withdrawal and a late stick change no report, old or new: the difference would tell of one person."""
    numbers = keep(made, "2026-10", 12)
    first = report_on(made.place, SEEDS, "2026-10", NOW)
    assert total(first) == 12
    check = a_summary(numbers[0]).phrase_check
    made.keep(Withdrawal(target=numbers[0], phrase_check=check, instrument=1))
    keep(made, "2026-10", 2)
    keep(made, "2026-11", 13)
    assert report_on(made.place, SEEDS, "2026-10", NOW) == first
    assert total(report_on(made.place, SEEDS, "2026-Q4", NOW)) == 25
    assert report_on(made.place, SEEDS, "2026-10", NOW) == first
    check_modes(made.place)


def test_an_open_month_is_refused(made: Made) -> None:
    """A month or quarter is over, or there is no report; nothing is noted of the attempt."""
    keep(made, "2026-11", 12)
    for period in ("2026-11", "2026-Q4", "2026-12"):
        with pytest.raises(StillOpen):
            report_on(made.place, SEEDS, period, "2026-11")
    assert not made.place.published.exists()


def test_what_cannot_be_shown_is_refused_and_not_noted(made: Made) -> None:
    """Ten people: refused with a sentence that has no number, and the month is still uncounted."""
    keep(made, "2026-10", 10)
    with pytest.raises(NothingToShow) as refused:
        report_on(made.place, SEEDS, "2026-10", NOW)
    assert "10" not in str(refused.value).replace("2026-10", "") and not made.place.published.exists()
    keep(made, "2026-10", 1)
    assert total(report_on(made.place, SEEDS, "2026-10", NOW)) == 11


def test_the_ledger_opens_with_its_own_key_only(made: Made) -> None:
    """Sealed: nothing in clear, another key or an altered byte is refused, and the true key reads it as it was."""
    keep(made, "2026-10", 12)
    report_on(made.place, SEEDS, "2026-10", NOW)
    path = made.place.published
    raw = path.read_bytes()
    assert b"Q9a" not in raw and b"2026" not in raw
    assert list(Ledger.read(path, SEEDS).reports) == ["2026-10"]
    with pytest.raises(NotALedger):
        Ledger.read(path, Seeds(new_seed()))
    for place in (0, 20, len(raw) - 1):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with pytest.raises(NotALedger):
            Ledger.read(path, SEEDS)


def test_a_new_key_takes_the_ledger_along(made: Made) -> None:
    """While one key replaces the other, either reads it; sealed anew, the old key alone does not."""
    keep(made, "2026-10", 12)
    report = report_on(made.place, SEEDS, "2026-10", NOW)
    path, newer = made.place.published, new_seed()
    for _ in range(2):
        reseal(path, Seeds(newer, SEED))
        assert Ledger.read(path, Seeds(newer)).reports == {"2026-10": report}
    with pytest.raises(NotALedger):
        Ledger.read(path, SEEDS)
    assert Ledger.read(path, Seeds(SEED, newer)).reports == {"2026-10": report}


def test_each_summary_is_counted_where_it_belongs(made: Made) -> None:
    """HUD 4.19.3 and 4.19.7, household columns with 8, 9 and 99 as unknown; no pathway is a row."""
    from kiosk.desk.reporting.tables import count
    from schema.report import Cell

    counts = count(
        "2026-11",
        [
            a_summary(factors=Factors(household_type=4), assessment_type=AssessmentType.PHONE),
            a_summary(factors=Factors(household_type=8), pathway=Pathway.UNDECIDED),
            a_summary(factors=Factors(household_type=99), release=False, release_expires=None),
            a_summary(pathway=Pathway.HMIS, release=False, release_expires=None),
            a_summary(month="2026-10"),
        ],
    )
    assert sum(counts[Cell("2026-11", EVERYONE, 0, each)] for each in HOUSEHOLDS) == 4
    assert counts[Cell("2026-11", "Q9a", 1, 4)] == 1 and counts[Cell("2026-11", "Q9a", 3, 99)] == 3
    assert counts[Cell("2026-11", "Q9b", 1, 4)] == 1
    assert counts[Cell("2026-11", "Q9b", 2, 99)] == 2 and counts[Cell("2026-11", "Q9b", 1, 99)] == 1


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "2026", "2026-1", "26-10", "2026-10-01", "", "２026-10"])
def test_only_months_and_quarters_are_periods(text: str) -> None:
    with pytest.raises(ValueError):
        months_of(text)


def test_a_quarter_has_its_months() -> None:
    assert months_of("2026-Q4") == ("2026-10", "2026-11", "2026-12")
    assert {quarter_of(month) for month in months_of("2026-Q1")} == {"2026-Q1"}


# What two desks would show of one month

TWO = "2026-10"
CROWD = [(1, 3, 1, 0)] * 19 + [(3, 3, 1, 0)] * 55 + [(4, 3, 1, 0)] * 4 + [(99, 3, 1, 0)] * 12
"""Made-up people: nineteen, fifty-five, twelve, and four of a kind of household."""


def test_two_publications_would_give_a_hidden_number_exactly() -> None:
    """S4, the attack: each alone holds; both at hand, an exact search finds that only the true number fits."""
    counts = counts_of(TWO, CROWD)
    four = cells_of("Q9a", (TWO,), (3,), (4,))
    one, other = (shown(publish(counts, (TWO,), (), bytes([secret]) * 32), TWO) for secret in (0, 1))
    for alone in (one, other):
        assert could_be(counts, alone, four, 0, 1) and could_be(counts, alone, four, 11)
    both = one | other
    assert value(counts, four) == 4 and could_be(counts, both, four, 4, 4)
    assert not could_be(counts, both, four, 0, 3) and not could_be(counts, both, four, 5)


def test_only_the_desk_that_deals_publishes(made: Made, tmp_path: Path) -> None:
    """S4: a second desk with the register refuses; a report of its own, in the same month, is on no paper."""
    keep(made, TWO, 12)
    lead = bytes(range(1, 33))
    region = replace(made.region, recipients=(recipient(SEED), recipient(lead)))
    check = shared_register.share(tmp_path / "register", region, recipient(lead), SEEDS)
    second = made_at(tmp_path / "second")
    own = Region.new("MO-606", lead)
    shared_register.take(tmp_path / "register", own, Seeds(lead), check).write(second.place.desk_toml, lead)
    second.place.station_key.unlink()
    with pytest.raises(AnotherPublishes):
        report_on(second.place, Seeds(lead), TWO, NOW)
    assert not second.place.published.exists()
    assert total(report_on(made.place, SEEDS, TWO, NOW)) == 12


def test_no_report_without_what_was_published(made: Made) -> None:
    """S4: the ledger gone, an older copy of it, a key from paper without it: refused, and what is out stays."""
    keep(made, TWO, 12)
    keep(made, "2026-11", 13)
    first = report_on(made.place, SEEDS, TWO, NOW)
    older = made.place.published.read_bytes()
    report_on(made.place, SEEDS, "2026-11", NOW)
    newest = made.place.published.read_bytes()
    for copy in (None, older):
        made.place.published.unlink(missing_ok=True)
        if copy:
            made.place.published.touch(mode=0o600)
            made.place.published.write_bytes(copy)
        with pytest.raises(PublishedLost):
            report_on(made.place, SEEDS, "2026-Q4", NOW)
    assert report_on(made.place, SEEDS, TWO, NOW) == first
    made.place.published.write_bytes(newest)
    assert total(report_on(made.place, SEEDS, "2026-Q4", NOW)) == 25


def test_a_key_that_came_back_alone_publishes_nothing(made: Made) -> None:
    """S4: restored from paper: refused until the ledger is back, or somebody says that nothing was ever published."""
    keep(made, TWO, 12)
    made.place.reports_lost.touch(mode=0o600)
    with pytest.raises(PublishedLost):
        report_on(made.place, SEEDS, TWO, NOW)
    never_published(made.place)
    assert total(report_on(made.place, SEEDS, TWO, NOW)) == 12
