"""Keys that are here before a page is: on a slow machine, with many kiosks on it, a visitor types ahead."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from kiosk.sitting.pages.county import CountyPage
from kiosk.sitting.pages.interpreter import InterpreterPage
from kiosk.sitting.pages.language import LanguagePage
from kiosk.sitting.pages.page import Note
from kiosk.sitting.pages.registry import page_for
from kiosk.sitting.pages.staff import StaffCards
from kiosk.sitting.screens.page import PageScreen
from kiosk.sitting.screens.which import screen_for
from kiosk.sitting.steps import FRAMING, GATE, PATHWAY, RELEASE, REVIEW, SECTIONS, TAKE, YES_PROTOCOL, Step
from tests.screens.sitting.stage import seat

STEPS = (GATE, FRAMING, YES_PROTOCOL, PATHWAY, SECTIONS, TAKE, RELEASE, REVIEW)
WINDOWS = ("county", "help", "language", "interpreter", "staff")


def actions(page: type[object]) -> list[str]:
    """Every action that a key of a page has, but leaving, which is the supervisor's."""
    bindings = [each for kind in page.__mro__ for each in vars(kind).get("BINDINGS", ())]
    named = {each.action if isinstance(each, Binding) else each[1] for each in bindings}
    return sorted(name for name in named if name != "leave" and not name.startswith(("app.", "screen.")))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.page)
async def test_keys_ahead_of_a_page_do_nothing(step: Step) -> None:
    """A key that comes before the page is laid out does no harm: the sitting goes on, and the page then works."""
    async with seat() as at:
        page = screen_for(at.app, page_for(at.app.sitting, step))
        pushed = at.app.push_screen(page)
        for action in actions(type(page)):
            await at.app.run_action(action, page)
        await pushed
        await at.pilot.pause()
        assert at.app.screen is page
        await at.press("f1", "escape")
        assert isinstance(at.app.screen, PageScreen)


@pytest.mark.parametrize("window", WINDOWS)
async def test_keys_ahead_of_a_window_do_nothing(window: str) -> None:
    """The same for the windows over a page."""
    async with seat() as at:
        sitting = at.app.sitting
        sitting.visit.with_staff = True
        page = {
            "county": lambda: CountyPage(sitting),
            "help": lambda: Note(LanguagePage(sitting), "why"),
            "language": lambda: LanguagePage(sitting),
            "interpreter": lambda: InterpreterPage(sitting),
            "staff": lambda: StaffCards(sitting),
        }[window]()
        shown = screen_for(at.app, page)
        pushed = at.app.push_screen(shown)
        for action in actions(type(shown)):
            await at.app.run_action(action, shown)
        await pushed
        await at.pilot.pause()
        assert at.app.screen is shown


async def test_keys_while_another_language_is_laid_out_do_nothing() -> None:
    """A key that comes while a page is laid out anew in another language does no harm."""
    async with seat(YES_PROTOCOL) as at:
        page = at.app.screen
        at.app.sitting.speak("es")
        for _ in range(40):
            await at.app.run_action("go_on", page)
            if at.app.screen is not page:
                break
            await at.pilot.pause(0)
        await at.pilot.pause()
        assert at.app.sitting.words.language == "es"
