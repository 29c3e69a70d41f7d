"""The list of a plan's parts, and what a line of one can be."""

from __future__ import annotations

import pytest

from kiosk.sitting.planning import chosen_lines
from kiosk.sitting.steps import SECTIONS
from schema.plan import LineState
from tests.kit import pack
from tests.screens.sitting.stage import seat

PLAIN = next(index for index, section in enumerate(pack().sections) if not section.ask_first)
"""A part that opens without a question."""


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
async def test_a_long_list_says_that_it_goes_on(size: tuple[int, int]) -> None:
    """Pages: a list longer than the glass says so until its end is in sight, and each part has a key of its own."""
    sections = pack("us-ca-county").sections
    assert len(sections) > 10
    async with seat(SECTIONS, name="us-ca-county", size=size) as at:
        assert "more below" in at.text and sections[-1].title["en"] not in at.text
        await at.press(*str(len(sections) - 1 + 1))
        assert sections[-1].title["en"] in at.text and "more below" not in at.text
        await at.press("enter")
        await at.see(sections[-1].intro["en"][:20])


async def test_a_page_that_ends_here_says_nothing_of_more() -> None:
    """Pages: nothing is said to be below where nothing is."""
    async with seat(SECTIONS, name="us-ca-county", size=(80, 60)) as at:
        assert "more below" not in at.text


async def test_three_states_a_line() -> None:
    """SL-01: where the pack's policy says so, a line is wanted, talked about or not for her, in words as in letters."""
    async with seat(SECTIONS, name="gb-safelives", size=(80, 60)) as at:
        lines = pack("gb-safelives").sections[0].lines
        await at.press("1", "enter", "space")
        assert "[x] want this: " in at.text
        await at.press("space")
        assert "[o] talked about: " in at.text
        await at.press("3")
        assert "[-] not for me: " in at.text
        assert at.app.sitting.visit.plan.line(lines[0].id).state is LineState.NOT_FOR_ME
        await at.press("down", "down", "1", "f4")
        await at.see("(1 chosen)")
        at.shown.action_go_on()
        await at.see("Your plan")
        assert "[-] not for me: " in at.words and "[x] want this: " in at.words
        assert [text for _, texts in chosen_lines(at.app.sitting.visit, at.app.sitting.words) for text in texts] != []


async def test_two_states_where_the_pack_has_no_more() -> None:
    """SL-01: other packs tick a line or leave it, and no digit does more."""
    async with seat(SECTIONS, size=(80, 60)) as at:
        await at.press(*str(PLAIN + 1), "enter")
        await at.press("3")
        assert "[x]" not in at.text
        await at.press("space")
        assert "[x] " in at.text and "want this" not in at.text
        await at.press("space")
        assert "[x]" not in at.text and not at.app.sitting.visit.plan.begun
