"""Every page of set-up, by keys: what it takes, what it refuses beside the field, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from kiosk.config import PANIC_KEYS, ROLES
from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.setup.app import QUESTIONS, SetupApp
from kiosk.setup.draft import Draft
from kiosk.setup.made import Made
from kiosk.setup.screens.help import Help
from kiosk.setup.screens.idle import IdlePage
from kiosk.setup.screens.labels import LabelsPage
from kiosk.setup.screens.making import DonePage, MakingPage
from kiosk.setup.screens.page import SetupPage
from kiosk.setup.screens.panic_key import PanicKeyPage
from kiosk.setup.screens.passphrase import OwnPage, PassphraseKindPage, ProposedPage, RepeatPage
from kiosk.setup.screens.role import EXPLAINED, RolePage
from kiosk.setup.screens.summary import SummaryPage
from kiosk.setup.screens.welcome import Welcome
from tests.made_up import made_at

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
    return SetupApp(None, Place(home), draft or Draft(), maker or Maker(), recorded=recorded)


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
    raise AssertionError("the page neither turned nor said what is wrong")


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


@pytest.mark.parametrize("size", SIZES)
async def test_enter_and_a_passphrase_make_a_kiosk(size: tuple[int, int], kiosk_home: Path) -> None:
    """Enter takes every default; only the passphrase has to be typed; then the kiosk is made, once."""
    maker = Maker()
    setup = app(kiosk_home, maker)
    async with setup.run_test(size=size) as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, ProposedPage)
        proposed = setup.draft.passphrase
        assert proposed in " ".join(text(setup).split())
        await turn(pilot, "enter")
        assert at(setup) is RepeatPage and proposed not in text(setup)
        await typed(pilot, proposed)
        assert at(setup) is SummaryPage and proposed not in text(setup)
        assert maker.asked == []
        await pilot.press("enter")
        await rest(pilot, setup, DonePage)
        assert maker.passphrases == [proposed]
        assert setup.draft.passphrase == "", "it is dropped once it is used"
        assert "provider.key" in text(setup) and "Because it is made up." in text(setup)
        await go(pilot, "enter")
    station = maker.asked[0].settings()
    assert (station.pack, station.language, station.role, station.region) == ("us-mo", "en", "staff", "MO-606")


async def test_the_way_back_is_open_everywhere(kiosk_home: Path) -> None:
    """F4 leads from the summary to the first page, through every page that was asked, and nothing is lost."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, PassphraseKindPage)
        await turn(pilot, "2", "enter")
        await filled(pilot, OWN)
        await typed(pilot, OWN)
        assert at(setup) is SummaryPage
        back = []
        while at(setup) is not Welcome:
            await turn(pilot, "f4")
            back.append(at(setup))
        assert back[0] is OwnPage and len(back) == 9
        await turn(pilot, "f4")
        assert at(setup) is Welcome, "before the first page there is nothing"
        assert setup.draft.passphrase == OWN


async def test_a_proposed_passphrase_is_shown_once(kiosk_home: Path) -> None:
    """Going back draws another one; the one shown before is good for nothing."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, ProposedPage)
        first = setup.draft.passphrase
        await turn(pilot, "enter")
        await turn(pilot, "f4")
        assert at(setup) is ProposedPage and setup.draft.passphrase != first
        assert first not in " ".join(text(setup).split())
        await turn(pilot, "enter")
        await typed(pilot, first)
        assert at(setup) is RepeatPage and "! It is not the same" in text(setup)


async def test_under_a_recorder_no_passphrase_is_shown(kiosk_home: Path) -> None:
    """Recorders: set-up shows no passphrase there, and says so; one's own is typed unseen."""
    setup = app(kiosk_home, recorded=True)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        assert "keeps what is shown" in text(setup)
        await to(pilot, setup, PassphraseKindPage)
        await turn(pilot, "1", "enter")
        assert at(setup) is PassphraseKindPage and "! This terminal keeps" in text(setup)
        assert setup.draft.passphrase == ""
        await turn(pilot, "2", "enter")
        assert at(setup) is OwnPage
        await filled(pilot, OWN)
        shown = "".join(segment.text for strip in setup.screen._compositor.render_strips() for segment in strip)
        assert "•" in shown or "*" in shown, "the field must show that something was typed"
        assert OWN not in shown and "tulip" not in shown


async def test_own_passphrases_are_checked(kiosk_home: Path) -> None:
    """Too short, or not the same twice: the error stands beside the field, and the hint on strength moves."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, PassphraseKindPage)
        await turn(pilot, "2", "enter")
        await go(pilot, *"aaaaaaaaaaaaaaaa")
        assert "Weak" in text(setup)
        setup.screen.query_one("#own", Input).value = ""
        await filled(pilot, "short")
        await typed(pilot, "short")
        assert "! A passphrase has at least" in text(setup) and at(setup) is OwnPage
        setup.screen.query_one("#own", Input).value = ""
        setup.screen.query_one("#own", Input).focus()
        await filled(pilot, OWN)
        await typed(pilot, OWN + "x")
        assert "! The two are not the same" in text(setup) and at(setup) is OwnPage
        assert setup.draft.passphrase == ""


async def test_codes_are_codes(kiosk_home: Path) -> None:
    """P6: no name fits in a label; small letters become capitals; the error stands beside the field it is about."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, LabelsPage)
        field = setup.screen.query_one("#agency", Input)
        for untrusted in ("Mary's house", "x", "", "a b", "-AB", "[@click=app.quit]x[/]"):
            field.value = untrusted
            await turn(pilot, "enter")
            assert "-shown" in setup.screen.query_one("#agency-error").classes
            assert "-shown" not in setup.screen.query_one("#station-error").classes
            assert field.has_focus
        field.value = "harbor-2"
        await turn(pilot, "enter")
        assert setup.draft.agency == "HARBOR-2"


@pytest.mark.parametrize("untrusted", ["29", "3601", "", "0", "99999"])
async def test_the_idle_time_is_in_range(untrusted: str, kiosk_home: Path) -> None:
    """30 to 3600 seconds; anything else is refused beside the field."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, IdlePage)
        field = setup.screen.query_one("#idle", Input)
        field.value = untrusted
        await turn(pilot, "enter")
        assert "! A number from 30 to 3600" in text(setup)
        field.value = "300"
        await turn(pilot, "enter")
        assert setup.draft.idle_seconds == 300


@pytest.mark.parametrize("key", [PANIC_KEYS[0], "f11", "ctrl+b", PANIC_KEYS[-1]])
async def test_a_panic_key_can_be_tried(key: str, kiosk_home: Path) -> None:
    """The try-it-now page goes on only when the key has arrived, and no other key counts."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, PanicKeyPage)
        for _ in range(PANIC_KEYS.index(key) + 1):
            await go(pilot, "down")
        await turn(pilot, "enter")
        assert setup.draft.panic_key == key and "Not pressed yet" in text(setup)
        other = next(each for each in PANIC_KEYS if each != key)
        await turn(pilot, other, "enter")
        assert "! It has not arrived yet" in text(setup)
        await go(pilot, key)
        assert "It arrived once" in text(setup)
        await turn(pilot, "enter")
        assert at(setup) is PassphraseKindPage


async def test_every_role_is_explained(kiosk_home: Path) -> None:
    """Roles: all four are offered, each with what it means."""
    assert tuple(EXPLAINED) == ROLES
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, RolePage)
        for choice in EXPLAINED.values():
            assert choice.label in text(setup) and choice.help in " ".join(text(setup).split())
        await turn(pilot, "2", "enter")
        assert setup.draft.role == "reporter"


async def test_a_region_file_asks_for_no_passphrase(kiosk_home: Path, tmp_path: Path) -> None:
    """P4: with a region file no passphrase is asked for, and its labels are fixed; a wrong path says so."""
    key = made_at(tmp_path / "desk").key
    path = tmp_path / "made-up.region"
    key.write(path)
    maker = Maker()
    setup = app(kiosk_home, maker)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await turn(pilot, "2", "enter")
        assert "! Write where the region file is" in text(setup)
        field = setup.screen.query_one("#file", Input)
        field.value = str(tmp_path / "absent")
        await turn(pilot, "enter")
        assert "! absent is missing" in text(setup)
        field.value = str(path)
        await turn(pilot, "enter")
        assert setup.draft.region_file == key
        await to(pilot, setup, LabelsPage)
        assert setup.screen.query_one("#station", Input).disabled
        assert setup.screen.query_one("#region", Input).disabled
        await to(pilot, setup, SummaryPage)
        assert "none: a provider elsewhere has it" in text(setup)


async def test_when_making_fails_one_can_go_back(kiosk_home: Path) -> None:
    """A failure is said in words; Back leads to the summary; trying again works."""
    maker = Maker(failures=1)
    setup = app(kiosk_home, maker, draft=Draft(passphrase=OWN))
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, SummaryPage)
        await pilot.press("enter")
        await rest(pilot, setup, MakingPage)
        for _ in range(2000):
            if "made-up disk" in text(setup):
                break
            await pilot.pause(0.005)
        assert "! The made-up disk is full." in text(setup)
        await turn(pilot, "f4")
        assert at(setup) is SummaryPage
        await pilot.press("enter")
        await rest(pilot, setup, DonePage)
        assert len(maker.asked) == 2 and maker.passphrases[1] == OWN


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_has_help_and_buttons(size: tuple[int, int], kiosk_home: Path) -> None:
    """F1 explains every page, Esc closes it; Back and Continue can be clicked and are on the page at any size."""
    setup = app(kiosk_home)
    async with setup.run_test(size=size) as pilot:
        await rest(pilot, setup, Welcome)
        seen = set()
        while at(setup) is not RepeatPage:
            page = at(setup)
            seen.add(page)
            await go(pilot, "f1")
            assert isinstance(setup.screen, Help) and page.help_text[:30] in " ".join(text(setup).split())
            await go(pilot, "escape")
            button = setup.screen.query_one("#go-on", Button)
            assert button.region.bottom <= size[1] and button.region.right <= size[0]
            before = setup.screen
            await pilot.click("#go-on")
            await turned(pilot, before)
        assert len(seen) == 9


async def test_the_mouse_chooses(kiosk_home: Path) -> None:
    """Choices, Back and the keys in the last line can be clicked."""
    setup = app(kiosk_home)
    async with setup.run_test(size=(80, 24)) as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, RolePage)
        await pilot.click("ChoiceRow")
        for button in ("#go-on", "#back"):
            before = setup.screen
            await pilot.click(button)
            await turned(pilot, before)
        assert setup.draft.role == "advocate" and at(setup) is RolePage
        await pilot.click("KeyHint")
        await pilot.pause()
        assert isinstance(setup.screen, Help)


async def test_leaving_makes_nothing(kiosk_home: Path) -> None:
    """The Leave button ends set-up; nothing was made."""
    maker = Maker()
    setup = app(kiosk_home, maker)
    async with setup.run_test(size=(80, 24)) as pilot:
        await rest(pilot, setup, Welcome)
        await turn(pilot, "enter")
        await turn(pilot, "enter")
        await pilot.click("#leave")
        await pilot.pause()
        assert not setup.is_running or setup._exit
    assert maker.asked == [] and not kiosk_home.exists()
