"""What was published stays: counted once, never made anew, sealed with the provider's key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import new_seed
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.reporting.publish import NothingToShow, StillOpen, report_on
from kiosk.desk.reporting.published import Ledger, NotALedger, reseal
from kiosk.paths import check_modes
from schema.later import Withdrawal
from schema.report import EVERYONE, HOUSEHOLDS, Report, months_of, quarter_of
from schema.summary import AssessmentType, Factors, Pathway
from tests.made_up import SEED, SEEDS, Made, a_summary, made_at

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
