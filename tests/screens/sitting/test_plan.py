"""The safety plan on the screen."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from kiosk.sitting.steps import SECTIONS, Step
from tests.kit import pack
from tests.screens.sitting.stage import Seat, seat
from widgets.planline import Tick

ASKING = [index for index, section in enumerate(pack().sections) if section.ask_first]
PLAIN = [index for index, section in enumerate(pack().sections) if not section.ask_first]


def with_gap(masked: bool) -> tuple[int, str, str]:
    """A section with a gap to type in, with the line's and the gap's names."""
    for index, section in enumerate(pack().sections):
        for line in section.lines:
            for name, blank in line.blanks.items():
                if blank.masked is masked and not blank.fill and not section.ask_first:
                    return index, line.id, name
    raise AssertionError("the pack has no such gap")


async def open_section(at: Seat, index: int) -> None:
    """Open a part of the plan by its key."""
    await at.press(*str(index + 1), "enter")
    assert at.page == "SectionPage"


@pytest.mark.parametrize("index", PLAIN)
async def test_every_part_opens_in_any_order(index: int) -> None:
    """MO-32: parts are picked in whatever order, and closing one comes back to the list."""
    section = pack().sections[index]
    async with seat(SECTIONS, size=(80, 200)) as at:
        await open_section(at, index)
        assert section.title["en"] in at.words
        if section.caution:
            text = at.words
            assert text.index(section.caution["en"][:30]) < text.index(section.lines[0].text["en"].split("{")[0][:20])
        await at.press("f4")
        assert at.page == "Sections"


@pytest.mark.parametrize("index", ASKING)
async def test_a_part_about_children_asks_first(index: int) -> None:
    """SC-11: no opens nothing and notes nothing; yes opens it."""
    async with seat(SECTIONS) as at:
        await at.press(*str(index + 1), "enter")
        assert at.page == "AskFirst"
        await at.press("2", "enter")
        assert at.page == "Sections"
        assert not at.app.sitting.visit.opened
        await at.press(*str(index + 1), "enter", "1", "enter")
        assert at.page == "SectionPage"


async def test_opening_a_part_chooses_nothing() -> None:
    """MO-36: the hotline fills itself in, and its line is in the plan only when she ticks it."""
    index = next(
        index
        for index, section in enumerate(pack().sections)
        for line in section.lines
        if any(blank.fill == "hotline" for blank in line.blanks.values())
    )
    async with seat(SECTIONS, size=(80, 100)) as at:
        await open_section(at, index)
        await at.see("800-799-7233")
        assert not at.app.sitting.visit.plan.begun
        await at.press("f4")
        assert "chosen" not in at.words


async def test_what_is_typed_is_part_of_the_plan_and_of_nothing_else() -> None:
    """MO-33: a filled gap ticks its line; it lives in the visit's memory and shows on the plan."""
    index, line, gap = with_gap(masked=False)
    async with seat(SECTIONS, size=(80, 100)) as at:
        await open_section(at, index)
        field = next(each for each in at.app.screen.query(Input) if each.id == f"gap-{gap}")
        field.focus()
        await at.type("the red house")
        assert at.app.sitting.visit.plan.line(line).blanks[gap] == "the red house"
        assert at.app.sitting.visit.plan.line(line).ticked
        await at.press("f4")
        await at.see("(1 chosen)")
        at.shown.action_go_on()
        await at.see("Your plan")
        assert "the red house" in at.words


async def test_a_code_word_is_masked_until_asked_for() -> None:
    """MO-36, L3: a code word stands nowhere in letters, on the part's page nor on the plan, before she asks to see
    it.
    """
    index, _, gap = with_gap(masked=True)
    async with seat(SECTIONS, size=(80, 100)) as at:
        await open_section(at, index)
        field = next(each for each in at.app.screen.query(Input) if each.id == f"gap-{gap}" and each.password)
        field.focus()
        await at.type("pineapple")
        assert "pineapple" not in at.text
        await at.click(".unmask")
        await at.see("pineapple")
        await at.click(".unmask")
        assert "pineapple" not in at.text
        await at.press("f4")
        at.shown.action_go_on()
        await at.see("Your plan")
        assert "pineapple" not in at.text
        await at.press("f7")
        await at.see("pineapple")


async def test_lines_of_her_own_and_a_tick() -> None:
    """SC-06: own lines and ticks stand on the plan in the order of its parts."""
    async with seat(SECTIONS, size=(80, 100)) as at:
        await open_section(at, PLAIN[0])
        await at.press("space")
        at.app.screen.query_one("#own-0", Input).focus()
        await at.type("call my sister")
        await at.press("f4")
        await at.see("(2 chosen)")
        at.shown.action_go_on()
        await at.see("call my sister")


async def test_markup_in_her_words_is_only_letters() -> None:
    """Text is never code: what looks like markup is shown as it was typed."""
    async with seat(SECTIONS, size=(80, 100)) as at:
        await open_section(at, PLAIN[0])
        at.app.screen.query_one("#own-0", Input).value = "[@click=app.leave]x[/] [/b] \x1b[31m\u202e"
        await at.pilot.pause()
        await at.press("f4")
        at.shown.action_go_on()
        await at.see("[@click=app.leave]x[/] [/b]")
        assert "\x1b" not in at.text
        assert "\u202e" not in at.text


@pytest.mark.parametrize("rows", [24, 60])
async def test_arrows_move_from_line_to_line(rows: int) -> None:
    """Keys: up and down move between lines and fields of a part, on a page that scrolls as on one that does not."""
    async with seat(SECTIONS, size=(80, rows)) as at:
        await open_section(at, PLAIN[0])
        first = at.app.focused
        assert isinstance(first, Tick)
        await at.press("down")
        assert at.app.focused is not first
        await at.press("up")
        assert at.app.focused is first


async def test_a_role_without_a_plan_is_not_offered_one() -> None:
    """SC-01: where the policy has no plan for a role, the way to it is absent, not greyed."""
    from dataclasses import replace

    from tests.kit import snapshot

    given = snapshot()
    policies = tuple(replace(each, plan=False) for each in given.pack.policies)
    without = replace(given, pack=replace(given.pack, policies=policies))
    async with seat(Step("crossroads", "yes"), given=without) as at:
        assert "Make a plan here" not in at.words
    async with seat(Step("crossroads", "yes"), given=given) as at:
        assert "Make a plan here" in at.words
