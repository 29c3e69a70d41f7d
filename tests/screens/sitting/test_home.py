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
        first = next(each for each in painted if "1 Housing questions" in each)
        service = at.app.screen.query_one(ServiceList).services[0]
        assert service.label in first
        assert service.phone in first


async def test_no_page_turn_shows_an_empty_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pages the glass is never empty: whatever is painted has the page's first line and its keys."""
    painted: list[str] = []
    paint = App._display

    def noted(app: App[None], screen: Screen[None], update: CompositorUpdate | None) -> None:
        if isinstance(update, CompositorUpdate) and not app._batch_count:
            painted.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
        paint(app, screen, update)  # type: ignore[arg-type]  # Textual hands its own update to itself

    async with seat(GATE) as at:
        monkeypatch.setattr(App, "_display", noted)
        await at.press("1", "enter", "enter", "enter", "2", "enter", "f4", "f9", "f9", "f9")
        assert at.app.sitting.flow.step.page == "question"
    assert len(painted) > 10
    assert [each for each in painted if "F12" not in each] == []


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


async def test_enter_alone_never_passes_the_privacy_gate() -> None:
    """MO-19: nobody said yet that it is private; Enter says what to choose, however often it comes."""
    async with seat(GATE) as at:
        await at.press("enter", "enter", "enter")
        assert at.app.sitting.flow.step == GATE
        await at.see("Please choose one line first.")
        await at.press("1", "enter")
        assert at.app.sitting.flow.step == NOTICE


async def test_not_private_is_the_home_page_letter_by_letter() -> None:
    """MO-19: on "not private" nothing is asked; what stands there is the page that a passer-by knows."""
    async with seat() as at:
        home = at.text
    async with seat(GATE) as at:
        await at.press("f5", "6", "enter")
        assert at.text == home
        assert at.app.sitting.flow.trail == [] and not at.app.sitting.visit.with_staff
        await at.press("f4")
        assert at.page == "Home"


@pytest.mark.parametrize(
    ("door", "page"),
    [("2", "Sections"), ("3", "CrossroadsPage"), ("4", "Before"), ("5", "CrossroadsPage")],
)
async def test_every_door_at_the_gate_opens(door: str, page: str) -> None:
    """A plan only, helping somebody, what was kept before, help at once: each a key and Enter away."""
    async with seat(GATE) as at:
        await at.press(door, "enter")
        assert at.page == page


async def test_a_plan_is_five_keys_from_the_gate_and_leads_to_the_end() -> None:
    """MO-31: whoever wants a plan and no list has it at once, and is asked nothing for it."""
    async with seat(GATE) as at:
        await at.press("2", "enter", "1", "enter")
        assert at.page == "SectionPage"
        await at.press("space", "f4", "enter", "enter")
        assert at.app.sitting.flow.step == Step("closing")
        await at.click("#questions")
        assert at.app.sitting.flow.step == NOTICE


async def test_the_first_key_after_an_end_only_wakes_the_page() -> None:
    """Panic: hands that still shake walk nowhere; the way in says what it wants, and takes the next press."""
    async with seat() as at:
        await at.press("enter", "space", "enter")
        assert at.page == "Home"
    async with seat() as at:
        await at.press("1")
        await at.see("Press 1 again")
        assert at.page == "Home"
        await at.press("1")
        assert at.page == "Leaving"
    async with seat() as at:
        await at.press("down", "1")
        assert at.page == "Leaving"


@pytest.mark.parametrize("language", ["en", "es"])
async def test_nothing_on_the_home_page_needs_hiding(language: str) -> None:
    """Decoy: no "leave", no "private", the focus on the list; arrows move in it and Enter says who a line is."""
    async with seat(language=language) as at:
        services = {word for each in pack().resources for text in (each.label, each.does) for word in text.values()}
        frame = [line for line in at.text.splitlines() if not any(line.strip()[:20] in each for each in services)]
        assert not re.search(r"leave|private|privad|salir", "\n".join(frame), re.I)
        assert isinstance(at.app.screen.focused, ServiceList)
        await at.press("down", "enter")
        service = at.app.screen.query_one(ServiceList).services[1]
        await at.see(f"{service.label}: {service.phone}.")


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
        for key in ("1", "1", "enter", "1", "enter", "enter"):
            assert "PRACTICE" in at.text
            await at.press(key)


async def test_the_operator_ends_the_kiosk_only_from_the_home_page() -> None:
    """Ctrl+Q: on the home page it asks the supervisor to end, where that was left on; elsewhere it is no key."""
    sent: list[bytes] = []
    for quit_on, step, expected in ((True, None, [b"Q"]), (False, None, []), (True, GATE, [])):
        sent.clear()
        async with seat(step, quit=quit_on) as at:
            at.app._send = sent.append  # type: ignore[assignment,method-assign]
            await at.press("ctrl+q")
            assert sent == expected
