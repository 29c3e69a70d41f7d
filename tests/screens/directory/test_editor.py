"""`kiosk directory` in full screen: staff change the registry without a text editor, and nothing unfit gets in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kiosk.directory.area import Provider
from kiosk.directory.area_file import read
from kiosk.directory.editor.app import DirectoryApp
from kiosk.directory.editor.page import DirectoryPage
from kiosk.directory.editor.pages import ProviderPage, ProvidersPage
from kiosk.paths import Place
from kiosk.seal.record import Recipient
from tests.pace import tries
from tests.unit.directory.area import COUNTIES, RIVER, kept
from widgets.planline import Tick

KEYS = (Recipient(1, bytes(32)),)
BEFORE = Provider(RIVER, COUNTIES[:3], able=True, willing=True, last_called=date(2026, 11, 1), keys=KEYS)


class Desk:
    """The pages, and the file behind them."""

    def __init__(self, app: DirectoryApp, pilot: Pilot[None], file: Path) -> None:
        self.app, self.pilot, self.file = app, pilot, file

    @property
    def text(self) -> str:
        return " ".join(" ".join(str(each.render()) for each in self.app.screen.query(Static)).split())

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def at(self, page: type[DirectoryPage]) -> None:
        for _ in tries(f"the page {page.__name__}"):
            await self.pilot.pause(0.01)
            if type(self.app.screen) is page and self.app.screen.is_active and self.app.screen.query("#go-on"):
                return

    async def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = text
        await self.pilot.pause()

    async def tick(self, place: int) -> None:
        list(self.app.screen.query(Tick))[place].focus()
        await self.press("space")

    async def save(self) -> None:
        self.app.screen.query_one("#go-on").focus()
        await self.press("enter")


@asynccontextmanager
async def desk(home: Path, *providers: Provider, size: tuple[int, int] = (80, 40)) -> AsyncIterator[Desk]:
    file = kept(home, *providers)
    app = DirectoryApp(None, Place(home), COUNTIES, ("en", "es"))
    async with app.run_test(size=size) as pilot:
        made = Desk(app, pilot, file)
        await made.at(ProvidersPage)
        yield made


@pytest.mark.parametrize("size", [(80, 40), (40, 20)])
async def test_a_provider_is_changed_and_nothing_else_of_it(size: tuple[int, int], kiosk_home: Path) -> None:
    """MO-04: what is lacking stands above the list; a saved provider is in the file, its keys untouched."""
    async with desk(kiosk_home, BEFORE, size=size) as at:
        assert "Counties without one that is able and willing: 1 (River County)." in at.text
        assert "RIVER River housing line" in at.text and "573-555-0100" in at.text
        await at.press("1", "enter")
        await at.at(ProviderPage)
        assert at.app.screen.query_one("#code", Input).disabled
        await at.fill(counties="Cedar County; Lake County; North County; River County", hours_es="", notes="Ask.")
        await at.tick(4)
        await at.save()
        await at.at(ProvidersPage)
        assert "RIVER was saved." in at.text and "Each of 4 counties has one" in at.text
        (after,) = read(at.file).providers
    agency = replace(RIVER, hours={"en": RIVER.hours["en"]})
    assert after == replace(BEFORE, agency=agency, counties=COUNTIES, notes="Ask.", must_speak_herself=True)


async def test_a_call_and_a_new_number(kiosk_home: Path) -> None:
    """MO-29: one tick dates the call; a number that changes has not been called."""
    async with desk(kiosk_home, BEFORE) as at:
        for ticks, number, last in ((True, "573-555-0100", date.today()), (False, "573-555-0122", None)):
            await at.press("1", "enter")
            await at.at(ProviderPage)
            await at.fill(telephone=number)
            if ticks:
                await at.tick(5)
            await at.save()
            await at.at(ProvidersPage)
            assert read(at.file).providers[0].last_called == last


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("code", "AGENCY-1", "2 to 12 capital letters"),
        ("code", "river", "Another provider has this code."),
        ("label_en", "12 Elm Street", "looks like a street address"),
        ("label_en", "", "A name that a passer-by may read."),
        ("telephone", "call us", "written like 800-555-0100"),
        ("counties", "Nowhere", "Nowhere is none of the known counties."),
        ("counties", "*; Lake County", "or `*` alone"),
        ("tags", "cats", "cats is none of the known tags."),
        ("notes", "ab" * 32, "looks like a public key"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field(field: str, text: str, said: str, kiosk_home: Path) -> None:
    """MO-04: nothing is written; the focus is on the field; going back leaves all as it was."""
    async with desk(kiosk_home, BEFORE) as at:
        before = at.file.read_bytes()
        await at.press("2", "enter")
        await at.at(ProviderPage)
        await at.fill(code="lake", label_en="Lake line", telephone="573-555-0133")
        await at.fill(**{field: text})
        await at.save()
        name = field.replace("_", "-")
        line = at.app.screen.query_one(f"#{name}-error", Static)
        assert said in str(line.render()) and line.has_class("-shown")
        assert at.app.screen.query_one(f"#{name}", Input).has_focus
        await at.press("f4")
        await at.at(ProvidersPage)
        assert at.file.read_bytes() == before and "Nothing was changed." in at.text


async def test_a_provider_is_added(kiosk_home: Path) -> None:
    """MO-04: a new one needs a code and a name; the list then has it, sorted by code."""
    async with desk(kiosk_home, BEFORE) as at:
        await at.press("2", "enter")
        await at.at(ProviderPage)
        await at.fill(code="lake", label_en="Lake line", counties="River County")
        await at.tick(0)
        await at.tick(1)
        await at.save()
        await at.at(ProvidersPage)
        assert [each.code for each in read(at.file).providers] == ["LAKE", "RIVER"]
        assert "Each of 4 counties has one" in at.text
