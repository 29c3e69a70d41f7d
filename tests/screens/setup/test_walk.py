"""The way through set-up: on, back, by mouse, out of it, and what happens when making fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button

from kiosk.setup.draft import Draft
from kiosk.setup.screens.own_machine import OwnMachinePage
from kiosk.setup.screens.pack import LanguagePage, PackPage
from kiosk.setup.screens.passphrase import OwnPage, PassphraseKindPage, ProposedPage, RepeatPage
from kiosk.setup.screens.progress_page import DonePage, MakingPage
from kiosk.setup.screens.role import RolePage
from kiosk.setup.screens.summary import SummaryPage
from kiosk.setup.screens.welcome import Welcome
from tests.pace import tries
from tests.screens.setup.walking import OWN, SIZES, Maker, app, at, filled, go, rest, text, to, turn, turned, typed
from widgets.help import Help


@pytest.mark.parametrize("size", SIZES)
async def test_enter_and_a_passphrase_make_a_kiosk(size: tuple[int, int], kiosk_home: Path) -> None:
    """Enter takes every default; only the passphrase has to be typed; then the kiosk is made, once."""
    maker = Maker()
    setup = app(kiosk_home, maker)
    async with setup.run_test(size=size) as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, ProposedPage)
        proposed = setup.state.draft.passphrase
        assert proposed in " ".join(text(setup).split())
        await turn(pilot, "enter")
        assert at(setup) is RepeatPage and proposed not in text(setup)
        await typed(pilot, proposed)
        assert at(setup) is SummaryPage and proposed not in text(setup)
        assert maker.asked == []
        await pilot.press("enter")
        await rest(pilot, setup, DonePage)
        assert maker.passphrases == [proposed]
        assert setup.state.draft.passphrase == "", "it is dropped once it is used"
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
        for _ in tries("the first page"):
            if at(setup) is Welcome:
                break
            await turn(pilot, "f4")
            back.append(at(setup))
        assert back[0] is OwnPage and len(back) == 11
        await turn(pilot, "f4")
        assert at(setup) is Welcome, "before the first page there is nothing"
        assert setup.state.draft.passphrase == OWN


async def test_another_pack_brings_its_own_region(kiosk_home: Path) -> None:
    """Going back to choose another pack forgets the region of the first."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, LanguagePage)
        assert (setup.state.draft.pack, setup.state.draft.region) == ("us-mo", "MO-606")
        await turn(pilot, "f4")
        assert at(setup) is PackPage
        await turn(pilot, "1", "enter")
        assert (setup.state.draft.pack, setup.state.draft.region) == ("gb-oxfordshire", "GB-OXF")


async def test_when_making_fails_one_can_go_back(kiosk_home: Path) -> None:
    """A failure is said in words; Back leads to the summary; trying again works."""
    maker = Maker(failures=1)
    setup = app(kiosk_home, maker, draft=Draft(passphrase=OWN, agency="HARBOR"))
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


@pytest.mark.parametrize(("keys", "quit_on"), [(("enter",), False), (("2", "enter"), True), (("1", "enter"), False)])
async def test_a_key_ends_the_kiosk_where_that_is_chosen(
    keys: tuple[str, ...], quit_on: bool, kiosk_home: Path
) -> None:
    """P11: whose machine it is decides whether Ctrl+Q ends the kiosk; Enter alone leaves it off."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, OwnMachinePage)
        await turn(pilot, *keys)
        assert setup.state.draft.settings().quit is quit_on


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_has_help_and_buttons(size: tuple[int, int], kiosk_home: Path) -> None:
    """F1 explains every page, Esc closes it; Back and Continue can be clicked and are on the page at any size."""
    setup = app(kiosk_home)
    async with setup.run_test(size=size) as pilot:
        await rest(pilot, setup, Welcome)
        seen = set()
        for _ in tries("the last page"):
            page = at(setup)
            if page is RepeatPage:
                break
            seen.add(page)
            await go(pilot, "f1")
            assert isinstance(setup.screen, Help) and page.help_text[:30] in " ".join(text(setup).split())
            await go(pilot, "escape")
            button = setup.screen.query_one("#go-on", Button)
            assert button.region.bottom <= size[1] and button.region.right <= size[0]
            before = setup.screen
            await pilot.click("#go-on")
            await turned(pilot, before)
        assert len(seen) == 11


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
        assert setup.state.draft.role == "advocate" and at(setup) is RolePage
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
