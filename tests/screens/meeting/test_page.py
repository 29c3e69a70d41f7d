"""The meeting's page: what it shows at each size, what its keys do, and what the wall never shows."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from kiosk.desk.keys import derivation
from kiosk.desk.records.returned import open_file
from kiosk.desk.screens import locked
from kiosk.meeting.app import MeetingApp
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.meeting_file import MeetingFile
from kiosk.meeting.screens.lines import LinesPage
from kiosk.meeting.screens.page import MeetingPage
from kiosk.meeting.screens.wall import WallPage
from kiosk.meeting.screens.windows import CodeWindow, DayWindow, FilterWindow, ReasonsWindow, VacancyWindow
from kiosk.meeting.screens.writing import WHAT, WriteWindow
from kiosk.meeting.states import State
from tests.fixtures.meeting import LATER, TODAY, WORDS, a_file, a_meeting, a_vacancy, acts
from tests.made_up import SEED, SEEDS
from tests.screens.desk.sitting_at import opens, shown, typed, until
from widgets.button import Button
from widgets.help import Help
from widgets.picker import Picker

SIZES = [(120, 40), (80, 24), (40, 20)]


@asynccontextmanager
async def at_the_meeting(
    folder: Path,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int] = (120, 40),
    today: date = TODAY,
) -> AsyncIterator[Any]:
    """The page, open."""
    monkeypatch.setattr(locked, "FIRST_PAUSE", 0.0)
    file = a_file(folder, meeting)
    app = MeetingApp(None, file.path, "JD", today=lambda: today)
    async with app.run_test(size=size) as pilot:
        await opens(pilot, locked.LockedPage)
        await typed(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, MeetingPage) and app.screen.is_mounted)
        await pilot.pause()
        yield pilot


def page(pilot: Any) -> MeetingPage:
    assert isinstance(pilot.app.screen, MeetingPage)
    return pilot.app.screen


def kept(folder: Path) -> Meeting:
    """What the file holds now."""
    return MeetingFile.open(folder / "november.list", WORDS).meeting


async def says(pilot: Any, words: str) -> None:
    await until(pilot, lambda: words in " ".join(shown(pilot.app).split()))


def prepared() -> tuple[Meeting, list[str]]:
    """A meeting with a vacancy for families, and who fits it."""
    meeting = a_meeting()
    acts(meeting).vacancy(a_vacancy(places=2))
    meeting.begun = len(meeting.changes)
    return meeting, [meeting.rows[at].meeting_number for at in meeting.who_fits(meeting.vacancies["V-01"])]


@pytest.mark.parametrize("size", SIZES)
async def test_what_stands_is_there_at_every_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Order, numbers, states, counts and vacancies, reasons beside them where there is room; no colour is needed.

    The wall page (B) has number, place, needs and state, and what is filtered; no key there adds anything.
    """
    meeting, fits = prepared()
    acts(meeting).offer(fits[0], "V-01", LATER)
    acts(meeting).note(fits[0], "C1")
    async with at_the_meeting(tmp_path, meeting, monkeypatch, size) as pilot:
        said = shown(pilot.app)
        assert "V-01" in said and f"> {1:>5}" in said and "F12" in said and "waiting" in said
        assert "12 wait." in " ".join(said.split())
        if size[1] > 20:
            places = [said.index(f"  {row.meeting_number}  ") for row in meeting.rows[:6]]
            assert places == sorted(places)
        assert ("Why here" in said) == (size[0] == 120)
        if size[0] == 120:
            assert f"Ahead of {meeting.rows[1].meeting_number} by:" in said and "family" in said
        await opens(pilot, LinesPage, "enter")
        assert "Why here" in shown(pilot.app)
        await opens(pilot, MeetingPage, "f4")
        await opens(pilot, Help, "f1")
        await opens(pilot, MeetingPage, "escape")
        await opens(pilot, WallPage, "b")
        said = shown(pilot.app)
        assert fits[0] in said and "offered" in said and "Shown: everybody" in said
        for key in ("c", "g", "n", "o", "u", "plus", "f2", "enter"):
            await pilot.press(key)
        assert shown(pilot.app) == said
        for never in ("C1", "V-01", "2026-1", "JD", "Papers", "Undo"):
            assert never not in said
        await pilot.press(*fits[2])
        await until(pilot, lambda: f"> {fits[2]}" in shown(pilot.app))


async def test_an_offer_past_others_asks_why_and_is_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O asks for a reason for each who is passed over, then for the day; the file holds it before the page says so."""
    meeting, fits = prepared()
    async with at_the_meeting(tmp_path, meeting, monkeypatch) as pilot:
        await pilot.press("tab", "enter")
        await says(pilot, "who fits V-01: family, size 3-4")
        await pilot.press("down", "down")
        await opens(pilot, ReasonsWindow, "o")
        await pilot.press("enter")
        await says(pilot, "2 have no reason yet")
        await pilot.press("1", "a")
        await opens(pilot, DayWindow, "enter")
        pilot.app.screen.query_one(Input).value = LATER.isoformat()
        await opens(pilot, MeetingPage, "enter")
        await says(pilot, f"U takes back: {fits[2]} offered V-01")
        now = kept(tmp_path)
        assert now.person(fits[2]).state is State.OFFERED and now.person(fits[2]).answer_by == LATER.isoformat()
        assert now.passed("V-01") == set(fits[:2])
        await pilot.press("y")
        await says(pilot, f"{fits[2]} accepted V-01")
        await pilot.press("u")
        await says(pilot, f"Taken back: {fits[2]} accepted V-01")
        assert kept(tmp_path).state(fits[2]) is State.OFFERED
        await pilot.press("u")
        await says(pilot, f"Taken back: {fits[2]} offered V-01")
        assert kept(tmp_path).passed("V-01") == set()
        await pilot.press("u")
        await says(pilot, "! Nothing of this meeting is left to take back.")


async def test_every_key_for_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R refers, D declines with a coded reason, P passes over, N notes, I and W and H change the state."""
    meeting, fits = prepared()
    async with at_the_meeting(tmp_path, meeting, monkeypatch) as pilot:
        await pilot.press("tab", "enter", "r")
        await says(pilot, f"{fits[0]} referred V-01")
        await opens(pilot, CodeWindow, "d")
        await opens(pilot, MeetingPage, "3")
        await says(pilot, f"{fits[0]} declined V-01 (R2)")
        await opens(pilot, CodeWindow, "n")
        await opens(pilot, MeetingPage, "enter")
        await says(pilot, f"{fits[0]} noted (C1)")
        await opens(pilot, CodeWindow, "p")
        await opens(pilot, MeetingPage, "2")
        await says(pilot, f"{fits[0]} passed over V-01 (R2)")
        for key, words in (("i", "inactive"), ("w", "heard of"), ("h", "housed")):
            await pilot.press(key)
            await says(pilot, f"{fits[0]} {words}")
        now = kept(tmp_path)
        assert now.person(fits[0]).state is State.HOUSED and now.person(fits[0]).notes == ("C1",)
        await opens(pilot, LinesPage, "j")
        done = [line for line in shown(pilot.app).splitlines() if " JD " in line]
        assert "housed" in done[0] and "referred" in done[-2], "the newest first"


async def test_vacancies_are_entered_changed_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """+, E and X; what cannot be asked is refused in the window."""
    async with at_the_meeting(tmp_path, a_meeting(), monkeypatch) as pilot:
        await pilot.press("o")
        await says(pilot, "! There is no vacancy: + enters one.")
        await opens(pilot, VacancyWindow, "plus")
        pilot.app.screen.query_one("#asks", Input).value = "a garden"
        await pilot.press("enter")
        await says(pilot, "! A word of what it asks is not known here.")
        pilot.app.screen.query_one("#asks", Input).value = "family"
        await opens(pilot, MeetingPage, "enter")
        await says(pilot, "V-01 1 of 1 rapid re-housing family 6")
        await opens(pilot, VacancyWindow, "e")
        pilot.app.screen.query_one("#places", Input).value = "3"
        pilot.app.screen.query_one("#places", Input).focus()
        await opens(pilot, MeetingPage, "enter")
        await says(pilot, "V-01 3 of 3")
        await pilot.press("x")
        await says(pilot, "V-01 closed")
        assert kept(tmp_path).vacancies["V-01"].closed


async def test_digits_find_and_filters_narrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digits go to a number; a filter says itself in words; who is hidden is said to be there; L shows everybody."""
    meeting, fits = prepared()
    other = next(row.meeting_number for row in meeting.rows if not row.with_children)
    async with at_the_meeting(tmp_path, meeting, monkeypatch) as pilot:
        await pilot.press(*fits[3])
        await until(pilot, lambda: page(pilot).number == fits[3])
        await says(pilot, f"Looking for {fits[3]}.")
        await opens(pilot, FilterWindow, "f2")
        await pilot.press("right")
        await opens(pilot, MeetingPage, "enter")
        await says(pilot, "Shown: everybody, household family, in order. row 4 of 6")
        await pilot.press(*other)
        await says(pilot, "is on the list, and not shown: L shows everybody.")
        await pilot.press("l")
        await says(pilot, "of 12")


async def test_what_is_overdue_or_silent_has_a_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W5: Z shows offers, OVERDUE in words; T who had no word for 90 days; G who is new."""
    meeting, fits = prepared()
    acts(meeting).offer(fits[0], "V-01", LATER)
    async with at_the_meeting(tmp_path, meeting, monkeypatch, today=date(2027, 4, 1)) as pilot:
        await pilot.press("z")
        await says(pilot, "row 1 of 1")
        assert "OVERDUE" in shown(pilot.app)
        await pilot.press("t")
        await says(pilot, "without a word for 90 days, in order. row")
        await opens(pilot, LinesPage, "g")
        assert "Nobody is new, gone or changed." in shown(pilot.app)


async def test_an_act_that_cannot_be_written_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown is what the file holds: where the disk is gone, the row stands as before, and the page says so."""
    meeting, _ = prepared()
    async with at_the_meeting(tmp_path, meeting, monkeypatch) as pilot:
        monkeypatch.setattr(os, "fsync", full)
        await pilot.press("h")
        await says(pilot, "cannot be written")
        number = page(pilot).number
        assert page(pilot).meeting.state(number) is State.WAITING and kept(tmp_path).state(number) is State.WAITING


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


async def test_files_are_written_beside_the_meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """K: hand-outs under the next free name, and a return file for every agency, read back; what lacks is said."""
    meeting, fits = prepared()
    acts(meeting).offer(fits[0], "V-01", LATER)
    async with at_the_meeting(tmp_path, meeting, monkeypatch) as pilot:
        await opens(pilot, WriteWindow, "k")
        write = pilot.app.screen.query_one("#write", Button)
        write.press()
        await says(pilot, "list-2026-11-20.xlsx holds 12 rows.")
        write.press()
        await says(pilot, "list-2026-11-20-2.xlsx holds 12 rows.")
        pilot.app.screen.query_one(Picker).index = WHAT.index("return files")
        write.press()
        await says(pilot, "! agencies.toml names no")
        public = derivation.recipient(SEED).public.hex()
        (tmp_path / "agencies.toml").write_text(f'[HARBOR]\nsuite = "x25519"\npublic = "{public}"\n')
        head = "meeting_number,list_number,contact_agency_code,merged_list\n"
        key = head + f"{fits[0]},44052446,HARBOR,{meeting.list_id}\n"
        (tmp_path / "november.external-key.HARBOR.csv").write_text(key)
        write.press()
        await says(pilot, "1 rows of this list are theirs")
        (written,) = (tmp_path / "returns-2026-11-20").iterdir()
        content, _, _ = open_file(written, SEEDS)
        assert [(each.number, each.state, each.answer_by) for each in content.entries] == [
            (44_052_446, "offered", LATER.isoformat())
        ]
        assert kept(tmp_path).serial == content.serial
