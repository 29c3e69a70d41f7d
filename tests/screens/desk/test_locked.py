"""The locked desk: the passphrase is masked, a wrong one is answered slowly, and nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from kiosk.desk.app import DeskApp
from kiosk.desk.screens import locked
from kiosk.desk.screens.locked import LockedPage, pause_after
from kiosk.desk.screens.table import TablePage
from tests.screens.desk.sitting_at import WORDS, a_desk, opens, shown, typed, until


async def test_a_wrong_passphrase_is_answered_slowly_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wrong passphrase is answered after a longer pause, in words; then the right one opens all the same."""
    made, numbers = a_desk(tmp_path)
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float, result: object = None) -> object:
        long = seconds in (2.0, 4.0, 8.0)
        if long:
            pauses.append(seconds)
        return await sleep(0 if long else seconds, result)

    monkeypatch.setattr(asyncio, "sleep", counted)
    app = DeskApp(None, made.place)
    async with app.run_test(size=(40, 20)) as pilot:
        await opens(pilot, LockedPage)
        for _ in range(3):
            await typed(pilot, "not the right words")
            await until(
                pilot,
                lambda: "does not open" in " ".join(shown(app).split()) and not app.screen.query_one(Input).disabled,
            )
            assert app.screen.query_one(Input).value == ""
            app.screen.query_one("#answer").update("")  # type: ignore[attr-defined]
        assert pauses == [2.0, 4.0, 8.0] and pause_after(30) == locked.LONGEST_PAUSE
        await typed(pilot, WORDS)
        await until(pilot, lambda: type(app.screen) is TablePage and app.desk.complete)
        assert len(app.desk.live_list) == len(numbers)


async def test_a_passphrase_is_never_shown(tmp_path: Path) -> None:
    """What is typed stands as dots, and the page says nothing of what it opens."""
    made, _ = a_desk(tmp_path)
    app = DeskApp(None, made.place)
    async with app.run_test() as pilot:
        await opens(pilot, LockedPage)
        await pilot.press(*"granite")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "granite"
        said = shown(app)
        assert "•" * 7 in said and "granite" not in said
        assert "locked" in said
        for telling in ("list", "victim", "shelter", "rank", "kiosk", "provider"):
            assert telling not in said.lower()


async def test_what_is_wrong_with_the_key_is_said(tmp_path: Path) -> None:
    """A key that is not there, or a desk.toml of another key, is named with what to do."""
    made, _ = a_desk(tmp_path)
    made.place.desk_toml.write_text('mac = "00"\n')
    app = DeskApp(None, made.place)
    async with app.run_test() as pilot:
        await opens(pilot, LockedPage)
        await typed(pilot, WORDS)
        await until(pilot, lambda: "desk.toml cannot be read" in shown(app))
        assert "backup" in shown(app)
