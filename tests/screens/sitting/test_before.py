"""A visitor who was here before: number and words, and what she wants with them (W1)."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.records.unsealing import Opener
from kiosk.seal.phrase import phrase_check
from kiosk.seal.wire import Failed, Kept, Reason
from kiosk.sitting.clerkline import ClerkSilent
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import BEFORE, CLOSING, GATE, NOTICE, REVIEW
from kiosk.sitting.summarising import month, release_until
from kiosk.vault.numbers import draw, draw_practice
from schema.later import Change, Renewal, Withdrawal
from tests.kit import pack, snapshot
from tests.made_up import SEED, SEEDS
from tests.screens.clerk import NUMBERS, Clerk
from tests.screens.sitting.stage import Seat, seat

KNOWN, UNKNOWN = (draw(range(4096), bytes(32), lambda _: False) for _ in range(2))


@pytest.fixture
def given() -> Snapshot:
    return snapshot((recipient(SEED),))


async def come_back(at: Seat, number: str, words: str) -> None:
    await at.type(number)
    await at.press("enter")
    await at.type(words)
    await at.press("enter", "enter")


async def ask(at: Seat, number: str, words: str) -> None:
    """Come back, and take everything back: the last of the choices."""
    await come_back(at, number, words)
    await at.see("What would you like to do?")
    await at.see("For all else, use a kiosk of the agency on your page.")
    await at.press("4", "enter")


async def test_she_is_asked_at_the_gate_and_enter_goes_past(given: Snapshot) -> None:
    """The way lies behind the privacy gate, last among its answers; Enter alone goes on without it."""
    async with seat(GATE, given=given) as at:
        await at.press("4", "enter")
        assert at.app.sitting.flow.step == BEFORE
        await at.press("f4")
        assert at.app.sitting.flow.step == GATE
        await at.press("1", "enter")
        assert at.app.sitting.flow.step == NOTICE


@pytest.mark.parametrize("number", [KNOWN, UNKNOWN], ids=["known", "unknown"])
async def test_every_number_is_answered_alike(number: int, given: Snapshot) -> None:
    """L2, L4: a request is one sealed record under a number of its own, whatever number it names; the page says
    the same, and
    nothing that she typed.
    """
    clerk = Clerk(Kept())
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await ask(at, f"{str(number)[:3]} {str(number)[3:]}", "Red apple, TEA")
        await at.see("Your request was sent.")
        assert at.app.sitting.flow.step == CLOSING
        assert "Nothing was kept" not in at.words and "apple" not in at.words and str(number)[3:] not in at.text
        assert at.app.sitting.keeper.number is None and not at.app.sitting.keeper.kept
    ((kept_under, sealed),) = clerk.sent
    assert kept_under == NUMBERS[0] != number
    assert len(sealed) == 548
    instrument = pack().instrument
    opened = Opener(SEEDS).open(kept_under, sealed)
    assert isinstance(opened, Withdrawal)
    assert opened == Withdrawal(number, phrase_check(number, "red apple tea"), instrument)


async def test_slips_are_told_before_anything_goes_out(given: Snapshot) -> None:
    """A number whose check digit is wrong, and words that are not three, are told; nothing is sealed."""
    clerk = Clerk()
    wrong = KNOWN + (1 if KNOWN % 10 < 9 else -1)
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await come_back(at, str(wrong), "red apple tea")
        await at.see("Something is not right in this number.")
        at.app.screen.query_one("#before-number").value = str(KNOWN)  # type: ignore[attr-defined]
        at.app.screen.query_one("#before-words").value = "red apple"  # type: ignore[attr-defined]
        await at.press("f10")
        await at.see("Please type all three words")
        assert at.page == "Before"
    assert clerk.sent == []


@pytest.mark.parametrize("answer", [Failed(Reason.FULL), Failed(Reason.BUSY), ClerkSilent])
async def test_a_failure_is_told_and_tried_again(answer: object, given: Snapshot) -> None:
    """What could not be passed on is told in plain words; the choice stays, and a second try goes out."""
    clerk = Clerk(answer, Kept())  # type: ignore[arg-type]
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await ask(at, str(KNOWN), "red apple tea")
        await at.see("It could not be passed on.")
        await at.press("enter")
        await at.see("Your request was sent.")


async def test_keys_wait_while_it_is_passed_on(given: Snapshot) -> None:
    """Asked once, nothing else begins until there is an answer."""
    clerk = Clerk(Kept())
    clerk.gate = asyncio.Event()
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await ask(at, str(KNOWN), "red apple tea")
        await at.see("Passing it on")
        await at.press("enter", "f4", "enter")
        assert at.page == "CameBack"
        clerk.gate.set()
        await at.see("Your request was sent.")
    assert len(clerk.sent) == 1


async def test_in_practice_a_made_up_number_will_do() -> None:
    """Practice: the number that practice gave is taken, and nothing is stored."""
    number = f"{draw_practice():08d}"
    async with seat(BEFORE, practice=True) as at:
        await ask(at, number, "red apple tea")
        await at.see("Your request was sent.")
        assert "PRACTICE" in at.text
    async with seat(BEFORE) as at:
        await come_back(at, number, "red apple tea")
        await at.see("Something is not right in this number.")


@pytest.mark.parametrize("number", [KNOWN, UNKNOWN], ids=["known", "unknown"])
async def test_a_release_is_renewed_alike_for_every_number(number: int, given: Snapshot) -> None:
    """A yes on the page that says what leaves seals a request of the usual length; nothing chosen is no."""
    clerk = Clerk(Kept())
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await come_back(at, str(number), "red apple tea")
        await at.press("3", "enter")
        assert at.page == "Renew"
        await at.press("2", "enter")
        assert at.page == "CameBack" and clerk.sent == []
        await at.press("3", "enter", "1", "enter")
        await at.see("your answers are shared for longer")
    ((kept_under, sealed),) = clerk.sent
    assert len(sealed) == 548
    expected = Renewal(number, phrase_check(number, "red apple tea"), pack().instrument, month(), release_until(12))
    assert Opener(SEEDS).open(kept_under, sealed) == expected


async def test_changed_answers_stand_under_the_number_that_she_has(given: Snapshot) -> None:
    """The questions again; at the end one sealed change, and neither a new number nor new words."""
    clerk = Clerk(Kept())
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await come_back(at, str(KNOWN), "red apple tea")
        await at.press("2", "enter")
        assert at.app.sitting.flow.step == NOTICE
        at.app.sitting.flow.step = REVIEW
        at.app.screen.leave_with("again")  # type: ignore[attr-defined]
        await at.see("under the number that you have")
        assert str(NUMBERS[0])[:3] not in at.text
        await at.press("f10")
        await at.see("your new answers stand under your number")
        assert at.app.sitting.flow.step == CLOSING
    ((kept_under, sealed),) = clerk.sent
    opened = Opener(SEEDS).open(kept_under, sealed)
    assert isinstance(opened, Change) and opened.target == KNOWN
    assert opened.phrase_check == opened.summary.phrase_check == phrase_check(KNOWN, "red apple tea")


async def test_whoever_goes_on_without_it_changes_nobodys_answers(given: Snapshot) -> None:
    """Back from the questions and past the page: what is kept then is a record of its own."""
    async with seat(BEFORE, given=given) as at:
        await come_back(at, str(KNOWN), "red apple tea")
        await at.press("2", "enter")
        assert at.app.sitting.keeper.changing is not None
        await at.press("f4")
        assert at.page == "CameBack" and at.app.sitting.keeper.changing is None
        await at.press("f4")
        assert at.page == "Before" and at.app.sitting.claim is None
