"""What each page takes, and what it refuses beside the field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from kiosk.config import AGENCY_KINDS, PANIC_KEYS, ROLES
from kiosk.setup.draft import Draft
from kiosk.setup.screens.agency import AgencyPage
from kiosk.setup.screens.agency_kind import EXPLAINED as KINDS
from kiosk.setup.screens.agency_kind import AgencyKindPage
from kiosk.setup.screens.idle import IdlePage
from kiosk.setup.screens.labels import LabelsPage
from kiosk.setup.screens.own_machine import OwnMachinePage
from kiosk.setup.screens.panic_key import PanicKeyPage
from kiosk.setup.screens.role import EXPLAINED, RolePage
from kiosk.setup.screens.summary import SummaryPage
from kiosk.setup.screens.welcome import Welcome
from tests.made_up import HARBOR, made_at
from tests.pace import tries
from tests.screens.setup.walking import OWN, Maker, app, at, go, rest, text, to, turn


async def test_codes_are_codes(kiosk_home: Path) -> None:
    """P6: no name fits in a label; small letters become capitals; the error stands beside the field it is about."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, LabelsPage)
        field = setup.screen.query_one("#region", Input)
        for untrusted in ("Mary's house", "x", "", "a b", "-AB", "[@click=app.quit]x[/]"):
            field.value = untrusted
            await turn(pilot, "enter")
            assert "-shown" in setup.screen.query_one("#region-error").classes
            assert "-shown" not in setup.screen.query_one("#station-error").classes
            assert field.has_focus
        field.value = "harbor-2"
        await turn(pilot, "enter")
        assert setup.state.draft.region == "HARBOR-2"


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
        assert setup.state.draft.idle_seconds == 300


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
        assert setup.state.draft.panic_key == key and "Not pressed yet" in text(setup)
        other = next(each for each in PANIC_KEYS if each != key)
        await turn(pilot, other, "enter")
        assert "! It has not arrived yet" in text(setup)
        await go(pilot, key)
        assert "It arrived once" in text(setup)
        await turn(pilot, "enter")
        assert at(setup) is OwnMachinePage


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
        assert setup.state.draft.role == "reporter" and at(setup) is LabelsPage


async def test_an_advocate_is_asked_for_whom_she_works(kiosk_home: Path) -> None:
    """MO-28: the kind of agency is asked for the role of advocate alone; another role takes the answer back."""
    assert tuple(KINDS) == AGENCY_KINDS
    setup = app(kiosk_home, draft=Draft(passphrase=OWN, agency="HARBOR"))
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, RolePage)
        await turn(pilot, "1", "enter")
        assert at(setup) is AgencyKindPage
        await turn(pilot, "enter")
        assert "! Choose one." in text(setup)
        await turn(pilot, "2", "enter")
        assert setup.state.draft.agency_kind == "rape-crisis" and at(setup) is LabelsPage
        await to(pilot, setup, SummaryPage)
        assert "HARBOR, rape-crisis" in text(setup) and "not said to visitors" in text(setup)
        for _ in tries("the page of roles"):
            if at(setup) is RolePage:
                break
            await turn(pilot, "f4")
        await turn(pilot, "4", "enter")
        assert setup.state.draft.agency_kind is None and at(setup) is LabelsPage


async def test_the_provider_may_stay_empty(kiosk_home: Path) -> None:
    """MO-03: a provider is named by a code or not at all; anything else is refused beside its field."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, LabelsPage)
        field = setup.screen.query_one("#provider", Input)
        assert field.value == ""
        field.value = "Harbor House"
        await turn(pilot, "enter")
        assert at(setup) is LabelsPage and setup.state.draft.provider is None
        field.value = "harbor-9"
        await turn(pilot, "enter")
        assert setup.state.draft.provider == "HARBOR-9"


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
        assert setup.state.draft.region_file == key
        await to(pilot, setup, LabelsPage)
        assert setup.screen.query_one("#station", Input).disabled
        assert setup.screen.query_one("#region", Input).disabled
        await to(pilot, setup, SummaryPage)
        assert "none: a provider elsewhere has it" in text(setup)


async def test_an_agency_is_named_and_described(kiosk_home: Path) -> None:
    """MO-04: no set-up without an agency; what does not fit is said beside it; the summary shows what she reads."""
    setup = app(kiosk_home, draft=Draft(passphrase=OWN))
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, AgencyPage)
        for field, untrusted, said in (
            ("agency", "", "code"),
            ("agency", "Mary's house", "code"),
            ("agency", "agency-1", "code"),
            ("agency_label", "12 Elm Street", "label"),
            ("agency_telephone", "call us", "telephone"),
        ):
            setup.screen.query_one("#agency", Input).value = "river"
            setup.screen.query_one(f"#{field}", Input).value = untrusted
            await turn(pilot, "enter")
            assert at(setup) is AgencyPage and "-shown" in setup.screen.query_one(f"#{said}-error").classes
            assert setup.screen.query_one(f"#{field}", Input).has_focus
            setup.screen.query_one(f"#{field}", Input).value = ""
        river = {"": "river", "_label": "River line", "_telephone": "573-555-0100", "_hours": "9 to 5"}
        for field, value in river.items():
            setup.screen.query_one(f"#agency{field}", Input).value = value
        await turn(pilot, "enter")
        await to(pilot, setup, SummaryPage)
        assert "River line, 573-555-0100, 9 to 5" in text(setup)
    assert setup.state.draft.settings().agency == "RIVER"


async def test_an_agency_is_chosen_from_the_region_file(kiosk_home: Path) -> None:
    """MO-04: where there are several in the file, nothing is chosen beforehand; a file without any goes no further."""
    key = made_at(kiosk_home.parent / "desk").key
    for agencies, said in (((HARBOR, replace(HARBOR, code="RIVER")), "! Choose one."), ((), "names no agency")):
        draft = Draft()
        draft.take_region_file(replace(key, station="KIOSK-1", agencies=agencies))
        setup = app(kiosk_home, draft=draft)
        async with setup.run_test() as pilot:
            await rest(pilot, setup, Welcome)
            await to(pilot, setup, AgencyPage)
            await turn(pilot, "enter")
            assert at(setup) is AgencyPage and said in " ".join(text(setup).split())
            if agencies:
                await turn(pilot, "2", "enter")
                assert setup.state.draft.agency == "RIVER" and at(setup) is IdlePage
