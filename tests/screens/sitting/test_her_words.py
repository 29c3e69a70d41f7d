"""What is hers to say: an interpreter from the first page on, her own word for the person, who helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.content.banned_words import harm_words
from kiosk.content.snapshot import available
from kiosk.sitting.steps import SECTIONS, TAKE
from tests.kit import pack, snapshot
from tests.screens.sitting.stage import seat

PACKS = sorted(available())


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
async def test_an_interpreter_is_a_key_away(size: tuple[int, int]) -> None:
    """OR-14: the first page has a button for it; what to ask for stands there in every language at once."""
    async with seat(size=size) as at:
        await at.click("#interpreter")
        assert at.page == "InterpreterPage"
        await at.see("Show this page to the staff")
        await at.see("Muestre esta página al personal")
        await at.press("escape")
        assert at.page == "Home"
        await at.press("i")
        assert at.page == "InterpreterPage"
        await at.press("enter")
        assert at.page == "Home"


@pytest.mark.parametrize("name", PACKS)
def test_an_interpreter_is_trained_and_no_family(name: str) -> None:
    """OR-14, MO-40: in every pack and language it says so, and no word on that page tells what the kiosk is for."""
    (page,) = [each for each in pack(name).pages if each.id == "interpreter"]
    said = {code: " ".join(text[code] for text in page.body) for code in page.title}
    assert "a trained interpreter, not family, a friend or a child" in said["en"]
    assert "es" not in said or "con formación: ni familia, ni amistades, ni niños" in said["es"]
    for code, words in said.items():
        assert harm_words(code, f"{page.title[code]} {words}") == []


async def test_no_interpreter_page_no_button() -> None:
    """OR-14: a place whose pack has no such page shows no button that leads nowhere."""
    given = snapshot()
    pages = tuple(page for page in given.pack.pages if page.id != "interpreter")
    async with seat(given=replace(given, pack=replace(given.pack, pages=pages))) as at:
        assert "Interpreter" not in at.text
        await at.press("i")
        assert at.page == "Home"


async def test_her_own_word_for_the_person() -> None:
    """OR-05: she picks a word, lines say it from then on, the pack's first one stands till then."""
    sections = pack("gb-safelives").sections
    place = next(index for index, section in enumerate(sections) if section.id == "bag")
    async with seat(SECTIONS, name="gb-safelives", size=(80, 120)) as at:
        await at.press(*str(place + 1), "enter")
        assert "A photo of the person who hurts me" in at.words
        await at.press("f4")
        await at.click("#someone")
        await at.press("3", "enter")
        await at.press(*str(place + 1), "enter")
        assert "A photo of my partner" in at.words


@pytest.mark.parametrize("name", PACKS)
def test_words_for_a_person_tell_no_gender(name: str) -> None:
    """OR-05: every pack has words to pick from, whole in both languages."""
    words = pack(name).person_words
    assert len(words) >= 5
    spoken = {language.code for language in pack(name).languages}
    assert all(set(each.label) == spoken for each in words)


async def test_who_helps_is_a_list_of_kinds() -> None:
    """SC-08: kinds of helpers are ticked, nobody is named, and the plan read back says who."""
    async with seat(SECTIONS, name="us-ca-county", size=(80, 60)) as at:
        await at.click("#helpers")
        assert at.page == "Helping" and not at.app.screen.query("Input")
        await at.press("down", "space", "down", "space", "f4")
        assert at.page == "Sections"
        at.shown.action_go_on()
        await at.see("Who helps: school, child care")
        assert at.app.sitting.flow.step == TAKE
        assert at.app.sitting.visit.plan.helpers == {"helper-school", "helper-child-care"}
    async with seat(SECTIONS) as at:
        assert not at.app.screen.query("#helpers")


async def test_what_is_typed_is_no_placeholder() -> None:
    """Text is never code: a place holder that she types stays what it is, or is filled with a word of the pack."""
    given = snapshot()
    without = replace(given, pack=replace(given.pack, person_words=()))
    async with seat(TAKE, given=without) as at:
        at.app.sitting.visit.plan.own[pack().sections[0].id] = ["{someone} {nobody} {0}"]
        at.shown.leave_with("again")
        await at.see("{someone} {nobody} {0}")
