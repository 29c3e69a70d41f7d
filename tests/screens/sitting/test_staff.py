"""Cards for the staff beside her: there only when she said so, gone at one press, and never an answer of hers."""

from __future__ import annotations

import pytest

from kiosk.content.snapshot import available
from kiosk.sitting.steps import GATE, HOME, LEAVING, SECTIONS, Step
from schema.pack import CARD_KINDS, ROLES, Card
from schema.summary import ReferralOutcome
from tests.kit import pack, visit
from tests.screens.sitting.stage import Seat, seat

QUESTION = Step("question", pack().questions[0].id)


async def accompanied(at: Seat) -> None:
    """Say at the gate that someone who works here is with her."""
    await at.press("f5")
    await at.see("They may read along with you.")
    await at.press("1", "enter")
    await at.see("F5 Staff")


async def open_card(at: Seat, card: str) -> Card:
    """Open a card by its id, from whatever page is there."""
    await at.press("f5")
    place = next(index for index, each in enumerate(at.app.sitting.visit.cards) if each.id == card)
    shown = at.app.sitting.visit.cards[place]
    await at.press(*str(place + 1), "enter")
    await at.see("Back to the cards")
    await at.see(shown.title["en"])
    return shown


async def test_she_decides_whether_there_are_cards() -> None:
    """Worker mode, OR-09: the key is there after "someone who works here is with me", and a visitor alone has none."""
    async with seat(GATE) as at:
        await accompanied(at)
        await at.press("f5")
        assert at.page == "StaffCards"
    async with seat(GATE) as at:
        await at.press("1", "enter")
        assert "F5" not in at.text and "Staff" not in at.text
        await at.press("f5", "f6")
        assert at.page == "WordsPage"


@pytest.mark.parametrize("step", [HOME, LEAVING, GATE], ids=lambda step: step.page)
async def test_no_cards_ahead_of_the_gate(step: Step) -> None:
    """MO-19: what a passer-by may see opens no card, whoever sat here before."""
    async with seat(step) as at:
        at.app.sitting.visit.with_staff = True
        await at.press("f5")
        assert at.page != "StaffCards"


@pytest.mark.parametrize("key", ["f5", "escape", "f4"])
async def test_one_press_hides_them(key: str) -> None:
    """Worker mode: F5 or Esc takes list and card away at once, back to the very page with what was chosen on it."""
    async with seat(QUESTION) as at:
        at.app.sitting.visit.with_staff = True
        await at.press("2")
        if key == "f4":
            await at.press("f5", "f4")
        else:
            await open_card(at, "card-care")
            await at.press(key)
        assert at.page == "QuestionPage"
        assert "(x) 2" in at.text
        assert "For staff" not in at.text


async def test_cards_change_no_answer() -> None:
    """OX-04: going through every card leaves her answers and her plan as they were."""
    async with seat(QUESTION, size=(80, 24)) as at:
        at.app.sitting.visit.with_staff = True
        for place in range(len(at.app.sitting.visit.cards)):
            await at.press("f5", *str(place + 1), "enter", "pagedown", "f4")
            assert at.page == "StaffCards"
            await at.press("f4")
        seen = at.app.sitting.visit
        assert not seen.harm and not seen.needs and not seen.plan.begun and not seen.gentle
        assert at.app.sitting.flow.step == QUESTION


def outcome(at: Seat) -> ReferralOutcome:
    """What is known of the offer by now."""
    return at.app.sitting.visit.referral


async def test_what_came_of_the_offer() -> None:
    """MO-27, MO-30: the script has one key for what came of it; the call says to whom the phone is handed over."""
    async with seat(QUESTION, size=(80, 60)) as at:
        at.app.sitting.visit.with_staff = True
        await open_card(at, "card-offer-call")
        await at.press("2")
        assert outcome(at) is ReferralOutcome.LATER
        await at.press("f5")
        await open_card(at, "card-hand-over")
        assert "Hand over the phone: they speak only with the person." in at.words
        await at.press("1")
        assert outcome(at) is ReferralOutcome.CALLED


async def test_a_social_worker_reads_the_parts_of_a_plan() -> None:
    """SC-01, SC-03: that role has no plan, and reads its parts aloud from a card that nothing can be entered on."""
    async with seat(SECTIONS, name="us-ca-county", role="social-worker", size=(80, 400)) as at:
        at.app.sitting.visit.with_staff = True
        await open_card(at, "card-elements")
        for section in pack("us-ca-county").sections:
            assert section.title["en"] in at.words
        assert not at.app.screen.query("Input, Tick, ChoiceList")


async def test_her_own_safety_is_ticks_and_no_more() -> None:
    """SC-14: the staff's own list takes ticks and no word; they last as long as the sitting, in its memory."""
    async with seat(QUESTION, name="us-ca-county", role="social-worker") as at:
        at.app.sitting.visit.with_staff = True
        card = await open_card(at, "card-own-safety")
        assert at.text.count("[ ] ") == len(card.lines) and not at.app.screen.query("Input")
        await at.press("space", "down", "space")
        assert at.app.sitting.visit.checked == {(card.id, 0), (card.id, 1)}
        await at.press("f5")
        await open_card(at, "card-own-safety")
        assert at.text.count("[x] ") == 2


@pytest.mark.parametrize("name", sorted(available()))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_cards(name: str, role: str) -> None:
    """MO-31, OR-15: who is confidential reads the promise, everybody else its limits and how to report; never both."""
    seen = visit(name, role)
    assert seen.cards == []
    seen.with_staff = True
    cards = {card.id: card for card in seen.cards}
    assert {card.kind for card in seen.pack.staff} <= set(CARD_KINDS)
    assert ("card-plan-private" in cards) == (role == "advocate")
    assert ("card-plan-limits" in cards) == ("card-report" in cards) == (role != "advocate")
    assert {"open", "affirm", "reflect", "summarise", "call", "offer"} <= {card.kind for card in cards.values()}
