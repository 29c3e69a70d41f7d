"""The home page and the pages ahead of the first question."""

from __future__ import annotations

import re

import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from kiosk.sitting.steps import GATE, LEAVING, NOTICE, Step
from tests.kit import pack
from tests.screens.sitting.stage import seat
from widgets.resources import ServiceList

HARM_WORDS = re.compile(
    r"violen|abus|assault|stalk|traffick|victim|surviv|domestic|hurt|afraid|danger|agresi|maltrat|miedo|v[ií]ctima",
    re.I,
)


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_home_page_says_no_word_about_violence(language: str) -> None:
    """MO-40: what a passer-by reads is a list of ordinary services, in either language."""
    async with seat(size=(100, 120), language=language) as at:
        assert not HARM_WORDS.search(at.text)
        names = [each.label[language] for each in pack().resources if each.on_home]
        assert sum(name in at.words for name in names) >= 5
        assert HARM_WORDS.search(at.words + " hurt")


async def test_the_first_paint_is_the_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Home: services and their numbers stand there as soon as the way on does, and are not set a second time."""
    painted: list[str] = []
    paint = App._display

    def noted(app: App[None], screen: Screen[None], update: CompositorUpdate | None) -> None:
        if isinstance(update, CompositorUpdate):
            painted.append(re.sub(r"\x1b\[[0-9;]*m", "", update.render_segments(app.console)))
        paint(app, screen, update)  # type: ignore[arg-type]  # Textual hands its own update to itself

    monkeypatch.setattr(App, "_display", noted)
    async with seat() as at:
        first = next(each for each in painted if "Start a private conversation" in each)
        service = at.app.screen.query_one(ServiceList).services[0]
        assert service.label in first
        assert service.phone in first


async def test_services_are_sorted_and_the_other_way_too() -> None:
    """Home: sorted by name at first, by kind of help with S."""
    async with seat(size=(100, 120)) as at:
        names = [each.label for each in at.app.screen.query_one(ServiceList).services]
        assert names == sorted(names, key=str.casefold)
        await at.press("s")
        kinds = {each.label["en"]: each.kind for each in pack().resources}
        shown = [kinds[each.label] for each in at.app.screen.query_one(ServiceList).services]
        assert shown == sorted(shown)


async def test_a_county_is_found_by_its_first_letters() -> None:
    """Home: C, letters, Enter; every county has services (MO-23)."""
    async with seat() as at:
        await at.press("c")
        await at.see("Which county?")
        await at.type("boone")
        await at.press("enter")
        await at.see("Services for: Boone")
        assert at.app.screen.query_one(ServiceList).services


async def test_escape_closes_the_county_list_and_nothing_else() -> None:
    """Keys: a single Esc closes a dialog and leaves the page as it was."""
    async with seat() as at:
        await at.press("c", "escape")
        assert at.page == "Home"
        assert at.app.sitting.visit.county is None
        await at.press("escape")
        assert at.page == "Home"


async def test_a_language_is_chosen_in_its_own_name() -> None:
    """Home: the other language stands there in its own name, and speaks at a press."""
    async with seat() as at:
        await at.see("Español")
        await at.click("#language-es")
        await at.see("Recursos de la comunidad")
        await at.see("English")


async def test_leaving_is_explained_before_anything_is_asked() -> None:
    """P12: the page before the first question says what leaving does not protect from."""
    async with seat(LEAVING) as at:
        for words in ("F12", "Esc three times", "camera", "owner of this computer"):
            assert words in at.words
        await at.press("enter")
        assert at.app.sitting.flow.step == GATE


async def test_one_more_panic_key_is_named() -> None:
    """Panic: a key that was set for this station stands on the page about leaving."""
    async with seat(LEAVING, panic_key="f8") as at:
        assert "F8 leaves at once" in at.words


async def test_enter_passes_the_privacy_gate() -> None:
    """Keys: the gate's first choice is yes, so that Enter goes on."""
    async with seat(GATE) as at:
        await at.press("enter")
        assert at.app.sitting.flow.step == NOTICE


async def test_not_private_stays_with_ordinary_services() -> None:
    """MO-19: on "not private" nothing is asked; services are shown, and the gate can be passed later."""
    async with seat(GATE) as at:
        await at.press("3", "enter")
        assert at.page == "Neutral"
        assert not HARM_WORDS.search(at.text)
        await at.press("enter")
        assert at.app.sitting.flow.step == GATE


@pytest.mark.parametrize(
    ("role", "words"),
    [("advocate", "confidential advocate"), ("reporter", "report some things"), ("staff", "may not protect it")],
)
async def test_the_notice_fits_the_role(role: str, words: str) -> None:
    """MO-28, MO-31, OR-15: an advocate's promise, a reporter's duty, other staff's limits."""
    async with seat(NOTICE, role=role) as at:
        assert words in at.words


async def test_the_framing_comes_before_the_first_question() -> None:
    """MO-20: asked of everyone, why, what happens to answers, skip allowed, who hears."""
    async with seat(Step("framing")) as at:
        for words in ("ask everyone", "never kept", "skip any question", "Who hears you?"):
            assert words in at.words


async def test_practice_has_a_banner_on_its_pages() -> None:
    """Practice: a banner, on the home page and on the pages after it."""
    async with seat(practice=True) as at:
        for _ in range(6):
            assert "PRACTICE" in at.text
            await at.press("enter")


async def test_the_operator_ends_the_kiosk_only_from_the_home_page() -> None:
    """Ctrl+Q: on the home page it asks the supervisor to end, where that was left on; elsewhere it is no key."""
    sent: list[bytes] = []
    for quit_on, step, expected in ((True, None, [b"Q"]), (False, None, []), (True, GATE, [])):
        sent.clear()
        async with seat(step, quit=quit_on) as at:
            at.app._send = sent.append  # type: ignore[assignment,method-assign]
            await at.press("ctrl+q")
            assert sent == expected
