"""Walking through set-up by keys: what a test presses, and how it waits for the page to turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.setup.app import QUESTIONS, SetupApp
from kiosk.setup.draft import Draft
from kiosk.setup.result_text import Made
from kiosk.setup.screens.page import SetupPage

OWN = "tulip granite wagon"
SIZES = [(80, 24), (40, 20)]


class Maker:
    """Makes nothing, remembers what it was asked for, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.asked: list[Draft] = []
        self.passphrases: list[str] = []
        self.failures = failures

    def __call__(self, place: Place, draft: Draft, tell: Callable[[str], None]) -> Made:
        self.asked.append(draft)
        self.passphrases.append(draft.passphrase)
        tell("A made-up step")
        if len(self.asked) <= self.failures:
            raise Refused("The made-up disk is full.")
        return Made(place.home, "file", "Because it is made up.")


def app(home: Path, maker: Maker | None = None, *, recorded: bool = False, draft: Draft | None = None) -> SetupApp:
    """The set-up, without a supervisor."""
    return SetupApp(None, Place(home), draft or Draft(agency="HARBOR"), maker or Maker(), recorded=recorded)


def text(setup: SetupApp) -> str:
    """Every word on the page."""
    return "\n".join(str(each.render()) for each in setup.screen.query(Static).results(Static))


def at(setup: SetupApp) -> type[SetupPage]:
    """The page that is asked."""
    assert isinstance(setup.screen, SetupPage)
    return type(setup.screen)


async def go(pilot: Pilot[None], *keys: str) -> None:
    """Press keys that stay on the page."""
    await pilot.press(*keys)
    await pilot.pause()


async def turned(pilot: Pilot[None], before: Screen[Any]) -> None:
    """Wait until another page is shown, or this one says what is wrong."""
    for _ in range(2000):
        await pilot.pause(0.01)
        now = pilot.app.screen
        if isinstance(now, SetupPage) and (now is not before or now.query(".error.-shown")):
            return
    raise AssertionError(f"neither turned nor said what is wrong: {pilot.app.screen}, focus on {pilot.app.focused}")


async def turn(pilot: Pilot[None], *keys: str) -> None:
    """Press keys of which the last one turns the page, or is refused."""
    if keys[:-1]:
        await go(pilot, *keys[:-1])
    before = pilot.app.screen
    for line in before.query(".error"):
        line.remove_class("-shown")
    await pilot.press(keys[-1])
    await turned(pilot, before)


async def to(pilot: Pilot[None], setup: SetupApp, page: type[SetupPage]) -> None:
    """Go on with Enter until `page` is asked."""
    for _ in QUESTIONS:
        if at(setup) is page:
            return
        await turn(pilot, "enter")
    assert at(setup) is page


async def rest(pilot: Pilot[None], setup: SetupApp, page: type[SetupPage]) -> None:
    """Wait until the making, which runs beside the pages, has led to `page`."""
    for _ in range(2000):
        await pilot.pause(0.005)
        if type(setup.screen) is page:
            return
    assert at(setup) is page


async def filled(pilot: Pilot[None], words: str) -> None:
    """Type words and Enter, which leads to the next field."""
    await go(pilot, *("space" if letter == " " else letter for letter in words), "enter")


async def typed(pilot: Pilot[None], words: str) -> None:
    """Type words and Enter, which turns the page."""
    await turn(pilot, *("space" if letter == " " else letter for letter in words), "enter")
