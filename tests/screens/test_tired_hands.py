"""Walks of tired hands over both faces: pressed twice, held too long, the wrong key, upper case. Nothing is lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kiosk.sitting.steps import FRAMING, Step
from tests.screens.line import stage as by_line
from tests.screens.sitting import stage as full_screen

pytestmark = pytest.mark.tired

CLEARING = {"backspace", "delete"}
HABITS = (
    ("enter", "enter"),
    ("enter",) * 8,
    ("down", "1"),
    ("down", "2", "2"),
    ("space", "space"),
    ("3", "3"),
    ("9", "x", "Q"),
    ("A", "a"),
    ("tab", "tab", "2"),
    ("tab", "space"),
    ("up", "enter"),
    ("end", "space", "enter"),
    ("f1", "enter", "enter"),
    ("f7", "f8", "f6"),
    ("f4", "f4"),
    ("f3", "escape", "escape"),
    ("pagedown", "pageup"),
    ("backspace",),
)
"""What such hands press, each in one go."""


def said(sitting: Any) -> dict[str, int]:
    """Every answer that she gave so far."""
    return {**sitting.visit.harm, **sitting.visit.needs}


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_is_lost_on_the_full_screen(seed: int) -> None:
    """Input: no answer goes but by Backspace; nothing is kept, passed over or left by a key pressed too often."""
    chance = random.Random(seed)
    async with full_screen.seat(FRAMING, size=(80, 24), name="practice", practice=True) as at:
        sitting = at.app.sitting
        sent: list[bytes] = []
        at.app._send = sent.append  # type: ignore[assignment,method-assign]
        for _ in range(70):
            before, step, page, left = said(sitting), sitting.flow.step, at.page, len(sent)
            keys = chance.choice(HABITS)
            await at.press(*keys)
            lost = {name for name in before if name not in said(sitting)}
            assert not lost or CLEARING & {*keys}, (seed, page, keys, lost)
            unanswered = step.page == "question" and step.id not in said(sitting)
            held = set(keys) == {"enter"}
            assert not (held and unanswered and sitting.flow.step != step), (seed, page, keys, "passed over")
            assert not sitting.keeper.kept, (seed, page, keys)
            # she leaves by a way that says so, or by the key in the last line that Tab came to, and by nothing else
            assert len(sent) == left or {"end", "tab", "space"} & {*keys}, (seed, page, keys, "left")
            if sitting.flow.step.page in ("closing", "home"):
                sitting.flow.step = Step("framing")
                at.shown.leave_with("again")
                await at.pilot.pause()


@pytest.fixture(autouse=True)
def _hands_that_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key here comes as soon as the one before is done with: on a slow machine, too, Enter is held."""
    monkeypatch.setattr("kiosk.sitting.pages.page.SECOND_THOUGHT", 3600)


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_is_lost_line_by_line(seed: int) -> None:
    """Input: the same hands at a line: double Enters, wrong numbers, words in capitals, numbers that are none."""
    chance = random.Random(seed)
    habits = ("\r\r", "\r" * 8, "1\r", "2\r2\r", "99\r", "WHY\r\r", "hello\r", "Back\r", " \r", "0\r", "1 \r\r")
    async with by_line.seat(FRAMING, name="practice", practice=True) as line:
        sitting = line.face.sitting
        for _ in range(120):
            before, step = said(sitting), line.step
            keys = chance.choice(habits)
            await line.send(keys.encode())
            assert {*before} <= {*said(sitting)}, (seed, step, keys)
            if step.page == "question" and step.id not in said(sitting) and set(keys) == {"\r"}:
                assert line.step == step, (seed, step, keys, "passed over")
            assert not sitting.keeper.kept
            if line.left or line.step.page in ("closing", "home"):
                return
