"""Ways to take a plan along: talked through card by card, learned by heart, or only read."""

from __future__ import annotations

import pytest

from kiosk.sitting.steps import DECK, MEMORISE, PLAN_OFFER, TAKE
from schema.summary import PlanMode
from tests.kit import pack
from tests.screens.sitting.stage import seat


@pytest.mark.parametrize(
    ("way", "mode"), [("spoken", PlanMode.SPOKEN), ("memorised", PlanMode.MEMORISED), ("screen", PlanMode.SPOKEN)]
)
async def test_the_ways_to_take_a_plan(way: str, mode: PlanMode) -> None:
    """MO-32, OX-06: spoken, by heart or only on the screen; the summary holds a code for it and no word of it."""
    async with seat(TAKE) as at:
        line = pack().sections[0].lines[0]
        at.app.sitting.visit.plan.line(line.id).ticked = True
        ways = list(at.shown.page.ways)
        await at.press(str(ways.index(way) + 1))
        assert at.app.sitting.visit.plan_mode is mode
        await at.press("enter")
        assert (at.app.sitting.flow.step == MEMORISE) == (way == "memorised")


async def test_learning_by_heart_fades_at_her_own_key() -> None:
    """OX-04: a short plan is learned whole: words go step by step, and come back when she asks."""
    async with seat(MEMORISE) as at:
        at.app.sitting.visit.plan.own[pack().sections[0].id] = ["call my sister on the red phone"]
        at.shown.leave_with("again")
        await at.see("1. call my sister on the red phone")
        seen = []
        for _ in range(4):
            await at.press("space")
            seen.append(next(line.strip() for line in at.text.splitlines() if "1." in line))
        assert seen == [
            "1. call my ______ on the ___ phone",
            "1. call __ ______ on ___ ___ phone",
            "1. c... m. s..... o. t.. r.. p....",
            "1. ____",
        ]
        await at.press("backspace")
        await at.see("1. call my sister on the red phone")
        await at.click("#hide")
        await at.see("1. call my ______ on the ___ phone")


async def test_five_lines_at_most_are_learned() -> None:
    """OX-04: of a longer plan she chooses what to learn, five lines at most; with none chosen Enter goes on."""
    lines = [line for section in pack().sections for line in section.lines if not section.ask_first][:8]
    async with seat(MEMORISE, size=(80, 40)) as at:
        for line in lines:
            at.app.sitting.visit.plan.line(line.id).ticked = True
        at.shown.leave_with("again")
        await at.see("Choose three to five lines")
        await at.press(*["space", "down"] * 6)
        assert at.text.count("[x] ") == 5
        await at.press("enter")
        await at.see("Say the lines.")
        assert "5. " in at.text and "6. " not in at.text
        await at.press("f4")
        await at.see("Choose three to five lines")


async def test_a_deck_is_talked_through_with_nothing_typed() -> None:
    """OR-17, OR-18: cards of the pack, one at a time, passed over or mixed; the caution comes first; nothing typed."""
    prompts = [
        (section, line) for section in pack("us-or-multnomah").sections if section.prompts for line in section.lines
    ]
    assert len([line for _, line in prompts if "OR-18" in line.answers]) == 15
    async with seat(DECK, name="us-or-multnomah") as at:
        assert not at.app.screen.query("Input")
        for section, line in prompts:
            await at.see(line.text["en"].split(" {")[0])
            assert ("!" in at.text) == bool(section.caution or line.caution)
            await at.press("space")
        await at.see(prompts[0][1].text["en"].split(" {")[0])
        assert at.app.sitting.visit.plan_mode is PlanMode.SPOKEN and not at.app.sitting.visit.plan.begun


async def test_a_deck_is_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """OR-17: S mixes the cards, none is lost; her own lines are the cards where she has some."""
    monkeypatch.setattr("random.SystemRandom.shuffle", lambda self, cards: cards.reverse())
    async with seat(TAKE) as at:
        at.app.sitting.visit.plan.own[pack().sections[0].id] = ["first line", "second line", "third line"]
        await at.press(str(list(at.shown.page.ways).index("spoken") + 1), "enter")
        await at.see("first line")
        await at.press("s")
        seen = []
        for _ in range(3):
            seen += [each for each in ("first", "second", "third") if each in at.text]
            await at.press("right")
        assert seen == ["third", "second", "first"]


@pytest.mark.parametrize(("way", "part"), [("2", "if-i-stay"), ("3", "someone-i-know")])
async def test_ways_that_open_a_part_at_once(way: str, part: str) -> None:
    """OR-11, OR-15: "if I stay or go back" and "someone I know" lead straight to their part."""
    (section,) = [each for each in pack("us-or-multnomah").sections if each.id == part]
    async with seat(PLAN_OFFER, name="us-or-multnomah") as at:
        await at.press(way, "enter")
        await at.see(section.intro["en"][:40])
        await at.press("f4")
        assert at.page == "Sections"
        await at.press("enter")
        assert at.page not in ("Sections", "SectionPage")


@pytest.mark.parametrize("horizon", range(5))
async def test_a_horizon_is_hers_to_pick(horizon: int) -> None:
    """OR-04: the next hour, tonight, this week, later, if I leave: each opens its own prompts."""
    made = pack("us-or-multnomah")
    ways = next(each for each in made.crossroads if each.id == "horizon").ways
    section = next(each for each in made.sections if each.id == ways[horizon].opens)
    async with seat(PLAN_OFFER, name="us-or-multnomah") as at:
        await at.press("1", "enter")
        await at.see("What do you want to think about?")
        await at.press(str(horizon + 1), "enter")
        await at.see(section.intro["en"][:40])
