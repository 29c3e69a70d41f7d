"""The desk's pages: what each shows, and what none ever does."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from kiosk.desk.screens.apart import ApartPage
from kiosk.desk.screens.changes import ChangesPage
from kiosk.desk.screens.conference import ConferencePage
from kiosk.desk.screens.detail import DetailPage
from kiosk.desk.screens.filter_and_find import FilterWindow, FindWindow
from kiosk.desk.screens.reporting import ReportWindow
from kiosk.desk.screens.sealed import SealedWindow
from kiosk.desk.screens.table import TablePage
from kiosk.desk.screens.writing import ExportWindow, RemoveWindow
from kiosk.paths import check_modes
from kiosk.seal.phrase import phrase_check
from kiosk.vault.numbers import show
from schema.later import Change, Withdrawal
from schema.summary import Pathway, PlanMode, ReferralOutcome
from tests.made_up import SEEDS, a_summary
from tests.screens.desk.sitting_at import FACTORS, SIZES, a_desk, opens, shown, typed, unlocked, until
from widgets.help import Help
from widgets.still_there import StillThere

MonkeyPatch = pytest.MonkeyPatch


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_is_in_order_of_need(tmp_path: Path, monkeypatch: MonkeyPatch, size: tuple[int, int]) -> None:
    """Rank and number stand on every terminal; the greatest need first, the profile named."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch, size) as pilot:
        said = shown(pilot.app)
        places = [said.index(show(number)) for number in numbers]
        assert places == sorted(places)
        assert "hud-generic-2" in said and f"> {1:>7}" in said
        if size == (80, 24):
            assert all(word in said for word in ("rank", "score", "bands", "household", "month", "region", "family"))


async def test_a_records_page_explains_its_rank(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """Enter shows rank, reasons, the next number and why it comes later, and every factor in words."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch, (100, 60)) as pilot:
        await opens(pilot, DetailPage, "enter")
        said = " ".join(shown(pilot.app).split())
        for words in (
            "Rank 1 of 4",
            "chronic: chronically homeless by HUD's test: a disabling condition, a homeless place, and the time",
            f"Ahead of {show(numbers[1])}. By chronic. Here: chronically homeless",
            "Sleeps now: place not meant for sleeping",
            "Pregnant: not asked, or skipped",
            "Release: until the end of 2027-11",
            "Later changes: none",
        ):
            assert words in said, said
        await opens(pilot, TablePage, "f4")


async def test_nothing_tells_who_chose_victim_services(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """P10: with any pathway, plan, referral and revisit mark every page of a record looks the same."""
    made, _ = a_desk(tmp_path, [])
    for pathway, plan, referral in (
        (Pathway.HMIS, PlanMode.NONE, ReferralOutcome.NOT_OFFERED),
        (Pathway.EXTERNAL, PlanMode.PRINTED, ReferralOutcome.CALLED),
    ):
        changed: dict[str, Any] = {"pathway": pathway, "plan_mode": plan, "referral_outcome": referral}
        made.keep(a_summary(factors=FACTORS[0], revisit=pathway is Pathway.EXTERNAL, **changed))
    told: list[list[str]] = []
    async with unlocked(made, monkeypatch, (100, 60)) as pilot:
        for _ in range(2):
            for page, key in ((DetailPage, "enter"), (ConferencePage, "c")):
                await opens(pilot, page, key)
                said = " ".join(shown(pilot.app).split())
                assert not any(word in said.lower() for word in ("pathway", "external", "hmis", "plan", "referral"))
                told.append(re.findall("What was said.*Later changes: none|^$", said))
                await opens(pilot, TablePage, "f4")
            await pilot.press("down")
    assert len(told[0][0]) > 300 and told[0] == told[2]


class Calendar(date):
    """A day in which made-up releases run."""

    @classmethod
    def today(cls) -> Calendar:
        """Return it."""
        return cls(2026, 12, 1)


async def test_a_conference_sees_numbers_alone(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """MO-12, P10: the conference page has ranks and numbers; no agency, region, month, household, score or reason."""
    monkeypatch.setattr("kiosk.desk.screens.conference.date", Calendar)
    made, numbers = a_desk(tmp_path, agency="HARBORDV")
    async with unlocked(made, monkeypatch, (120, 40)) as pilot:
        assert "HARBORDV" in shown(pilot.app)
        await opens(pilot, ConferencePage, "c")
        said = shown(pilot.app)
        assert "Rank 1" in said and all(show(number) in said for number in numbers)
        for telling in ("HARBORDV", "MO-606", "2026", "family", "score", "chronic", "adult", "FILTERED"):
            assert telling not in said
        words = re.findall(r"[A-Za-z]+", said)
        assert set(words) <= {"Conference", "Lock", "now", "Rank", "Before", "Next", "Back", "Help", "Up", "Down", "F"}
        await pilot.press("down")
        await pilot.pause()
        assert "Rank 2" in shown(pilot.app)
        await pilot.click("#before")
        await pilot.pause()
        assert "Rank 1" in shown(pilot.app)


@pytest.mark.parametrize(
    "stays",
    [
        {"pathway": Pathway.HMIS},
        {"pathway": Pathway.UNDECIDED},
        {"release": False, "release_expires": None},
        {"release_expires": None},
        {"month": "2026-01", "release_expires": "2026-02"},
    ],
    ids=["general list", "no list yet", "no release", "no end", "ended"],
)
async def test_a_conference_is_of_people_with_a_running_release(
    tmp_path: Path, monkeypatch: MonkeyPatch, stays: dict[str, Any]
) -> None:
    """Who is on another list, gave no release or whose release ended is not spoken of; ranks are the whole list's."""
    monkeypatch.setattr("kiosk.desk.screens.conference.date", Calendar)
    made, numbers = a_desk(tmp_path)
    hidden = made.keep(a_summary(factors=FACTORS[0], **stays))
    async with unlocked(made, monkeypatch, (120, 40)) as pilot:
        assert show(hidden) in shown(pilot.app)
        await opens(pilot, ConferencePage, "c")
        said = shown(pilot.app)
        assert show(hidden) not in said and all(show(number) in said for number in numbers)


async def test_a_filter_says_so_and_ranks_stay(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """A filtered list says what it leaves out; a rank is that of the whole list. Esc closes the window and no more."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch) as pilot:
        await opens(pilot, FilterWindow, "f2")
        await opens(pilot, TablePage, "escape")
        assert "FILTERED" not in shown(pilot.app)
        await opens(pilot, FilterWindow, "f2")
        await pilot.press("down", "down", "right", "right", "enter")
        await until(pilot, lambda: "FILTERED: household adults and children. 1 shown." in shown(pilot.app))
        said = shown(pilot.app)
        assert f"> {2:>7}" in said and show(numbers[1]) in said and show(numbers[0]) not in said
        await opens(pilot, FindWindow, "f3")
        await typed(pilot, str(numbers[0]))
        await until(pilot, lambda: "the filter hides it" in " ".join(shown(pilot.app).split()))


async def test_it_sorts_by_rank_or_number_and_nothing_else(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """S turns to the order of numbers and back, and the page says which it is."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch) as pilot:
        view = pilot.app.desk.view
        assert [view.number(at) for at in range(4)] == numbers
        await pilot.press("s")
        await until(pilot, lambda: "Sorted by number" in shown(pilot.app))
        view = pilot.app.desk.view
        assert [view.number(at) for at in range(4)] == sorted(numbers)
        await pilot.press("s")
        await until(pilot, lambda: "Sorted by number" not in shown(pilot.app))


async def test_a_number_is_found(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """A number typed with spaces leads to its row; one with a slip is said to be none. No letter can be typed."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch) as pilot:
        await opens(pilot, FindWindow, "f3")
        await typed(pilot, "abc" + str(numbers[3] + 1))
        await until(pilot, lambda: "No kiosk gives this number" in shown(pilot.app))
        assert pilot.app.screen.query_one(Input).value == str(numbers[3] + 1)
        pilot.app.screen.query_one(Input).value = ""
        await typed(pilot, show(numbers[3]))
        await opens(pilot, TablePage)
        await opens(pilot, DetailPage, "enter")
        assert "Rank 4 of 4" in shown(pilot.app)


async def test_what_nobody_vouches_for_stands_apart(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """A record of an unknown station, and a change that fits nothing, are on the page of their own, and never ranked;
    what was taken back is counted.
    """
    made, numbers = a_desk(tmp_path)
    _, stranger = made.region.deal("unknown", SEEDS)
    forged = made.keep(key=stranger)
    lost = made.keep(Change(numbers[0], phrase_check(numbers[0], "no such phrase"), a_summary()))
    made.keep(Withdrawal(gone := made.keep(a_summary(phrase_check=bytes(8))), bytes(8), 1))
    async with unlocked(made, monkeypatch, (100, 30)) as pilot:
        said = shown(pilot.app)
        assert "4 on the list. 2 set apart" in said and show(forged) not in said and show(gone) not in said
        await opens(pilot, ApartPage, "a")
        said = shown(pilot.app)
        assert re.search(rf"{show(forged)} +no station of this region vouches for it", said)
        assert re.search(rf"{show(lost)} +it asks for a change", said)
        assert "Taken back by their visitors: 1" in said and show(gone) not in said


async def test_what_changed_since_the_last_look(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """New, changed and gone are told at every unlocking until the provider says "seen", and not before."""
    made, numbers = a_desk(tmp_path, agency="A")
    async with unlocked(made, monkeypatch) as pilot:
        await opens(pilot, ChangesPage, "w")
        assert "no earlier look" in shown(pilot.app)
        await pilot.click("#seen")
        await until(pilot, lambda: "0 new, 0 changed, 0 gone" in shown(pilot.app))
    new = made.keep(a_summary(factors=FACTORS[1]))
    made.store.retire([numbers[3]])
    old = a_summary(factors=FACTORS[2], agency="A")
    made.keep(Change(numbers[2], old.phrase_check, dataclasses.replace(old, month="2026-12")))
    for _ in range(2):
        async with unlocked(made, monkeypatch) as pilot:
            await until(pilot, lambda: pilot.app.desk.difference is not None)
            said = shown(pilot.app)
            assert re.search(rf"\+ +{show(new)}", said) and re.search(rf"\* +{show(numbers[2])}", said)
            await opens(pilot, ChangesPage, "w")
            said = shown(pilot.app)
            assert "1 new, 1 changed, 1 gone" in said
            assert re.search(rf"{show(new)} +new", said) and re.search(rf"{show(numbers[2])} +changed", said)


async def test_the_external_list_is_written(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """X writes the external list under a checked name, never over a file, and says how much without saying who."""
    made, numbers = a_desk(tmp_path, release_expires="2099-12")
    async with unlocked(made, monkeypatch) as pilot:
        await opens(pilot, ExportWindow, "x")
        await typed(pilot, "")
        await until(pilot, lambda: "holds 4 rows. Left out: 0." in " ".join(shown(pilot.app).split()))
        written = (made.place.home / "exports" / "list.csv").read_text()
        assert all(str(number) in written for number in numbers)
        check_modes(made.place)
        await typed(pilot, "")
        await until(pilot, lambda: "a file of this name already" in " ".join(shown(pilot.app).split()))
        pilot.app.screen.query_one(Input).value = "/etc/list.csv"
        await typed(pilot, "")
        await until(pilot, lambda: "to sticks only" in " ".join(shown(pilot.app).split()))


async def test_a_report_is_published(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """R publishes a closed month into a new file; slips are told, and records that came meanwhile are not forgotten."""
    made, _ = a_desk(tmp_path)
    for _ in range(20):
        made.keep(a_summary(month="2026-01"))
    async with unlocked(made, monkeypatch) as pilot:

        async def asked(period: str, name: str, answer: str) -> None:
            await opens(pilot, ReportWindow, "r")
            pilot.app.screen.query_one("#period", Input).value = period
            pilot.app.screen.query_one("#file", Input).value = name
            await typed(pilot, "")
            await until(pilot, lambda: answer in " ".join(shown(pilot.app).split()))
            await opens(pilot, TablePage, "escape")

        await asked("January", "report.html", "A month is written as 2026-10")
        await asked("2026-01", "report.txt", "ends in .csv or .html")
        assert not made.place.published.exists()
        await asked("2026-01", "report.html", "exports/report.html holds the report on 2026-01.")
        assert b"2026-01" in (made.place.home / "exports" / "report.html").read_bytes()
        check_modes(made.place)
        made.keep(a_summary(month="2026-02"))
        await asked("2026-02", "more.html", "Records came since this list was opened")


async def test_a_sealed_copy_is_written(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """E writes every sealed record to a new file that is read back whole, and never over another."""
    made, numbers = a_desk(tmp_path)
    async with unlocked(made, monkeypatch, (80, 24)) as pilot:
        await opens(pilot, SealedWindow, "e")
        await typed(pilot, "")
        await until(pilot, lambda: f"holds {len(numbers)} sealed records" in " ".join(shown(pilot.app).split()))
        await typed(pilot, "")
        await until(pilot, lambda: "a file of this name already" in " ".join(shown(pilot.app).split()))
        check_modes(made.place)


async def test_a_record_is_removed_for_good(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """Removing asks once more, and Enter alone keeps; then the row, its requests and its place on the list are gone."""
    made, numbers = a_desk(tmp_path)
    request = made.keep(Change(numbers[0], phrase_check(numbers[0], "no such phrase"), a_summary()))
    async with unlocked(made, monkeypatch) as pilot:
        await opens(pilot, DetailPage, "enter")
        await pilot.click("#remove")
        await opens(pilot, RemoveWindow)
        await opens(pilot, DetailPage, "enter")
        assert {row.number for row in made.store.rows()} == {*numbers, request}
        await pilot.click("#remove")
        await opens(pilot, RemoveWindow)
        await pilot.click("#remove")
        await opens(pilot, TablePage)
        await until(pilot, lambda: "3 on the list." in shown(pilot.app))
        assert show(numbers[0]) not in shown(pilot.app) and not pilot.app.desk.live_list.apart
        assert {row.number for row in made.store.rows()} == set(numbers[1:]) and made.store.taken(numbers[0])


async def test_help_and_the_idle_word(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """F1 opens a window on every page that Esc closes; before the desk locks by itself it says so, once."""
    made, _ = a_desk(tmp_path)
    async with unlocked(made, monkeypatch, (40, 20)) as pilot:
        for page, key in ((ApartPage, "a"), (ChangesPage, "w"), (ConferencePage, "c"), (DetailPage, "enter")):
            await opens(pilot, page, key)
            await opens(pilot, Help, "f1")
            await opens(pilot, page, "escape")
            await pilot.press("escape")
            assert type(pilot.app.screen) is page
            await opens(pilot, TablePage, "f4")
        pilot.app.idle_warning()
        await opens(pilot, StillThere)
        pilot.app.idle_warning()
        await opens(pilot, TablePage, "x")


async def test_the_mouse_does_what_keys_do(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """A click moves the cursor, a second one shows the record; the line of keys can be clicked on."""
    made, _ = a_desk(tmp_path)
    async with unlocked(made, monkeypatch) as pilot:
        table = pilot.app.screen.table
        await pilot.click("#table", offset=(5, 3))
        await pilot.pause()
        assert table.cursor == 2
        await pilot.click("#table", offset=(5, 3))
        await opens(pilot, DetailPage)
        await pilot.click("#back")
        await opens(pilot, TablePage)
