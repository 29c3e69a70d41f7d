"""A visitor who was here before asks to take back what she kept."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.records.unsealing import Opener
from kiosk.seal.phrase import phrase_check
from kiosk.seal.wire import Failed, Kept, Reason
from kiosk.sitting.clerkline import ClerkSilent
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import BEFORE, CLOSING, GATE, NOTICE
from kiosk.vault.numbers import draw, draw_practice
from schema.later import Withdrawal
from tests.kit import pack, snapshot
from tests.made_up import SEED, SEEDS
from tests.screens.clerk import NUMBERS, Clerk
from tests.screens.sitting.stage import Seat, seat

KNOWN, UNKNOWN = (draw(range(4096), bytes(32), lambda _: False) for _ in range(2))


@pytest.fixture
def given() -> Snapshot:
    return snapshot((recipient(SEED),))


async def ask(at: Seat, number: str, words: str) -> None:
    await at.type(number)
    await at.press("enter")
    await at.type(words)
    await at.press("enter", "enter")


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
        await ask(at, str(wrong), "red apple tea")
        await at.see("Something is not right in this number.")
        at.app.screen.query_one("#before-number").value = str(KNOWN)  # type: ignore[attr-defined]
        at.app.screen.query_one("#before-words").value = "red apple"  # type: ignore[attr-defined]
        await at.press("f10")
        await at.see("Please type all three words")
        assert at.page == "Before"
    assert clerk.sent == []


@pytest.mark.parametrize("answer", [Failed(Reason.FULL), Failed(Reason.BUSY), ClerkSilent])
async def test_a_failure_is_told_and_tried_again(answer: object, given: Snapshot) -> None:
    """What could not be passed on is told in plain words; the fields stay, and a second try goes out."""
    clerk = Clerk(answer, Kept())  # type: ignore[arg-type]
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await ask(at, str(KNOWN), "red apple tea")
        await at.see("It could not be passed on.")
        await at.press("f10")
        await at.see("Your request was sent.")


async def test_keys_wait_while_it_is_passed_on(given: Snapshot) -> None:
    """Asked once, nothing else begins until there is an answer."""
    clerk = Clerk(Kept())
    clerk.gate = asyncio.Event()
    async with seat(BEFORE, keeper=clerk, given=given) as at:
        await ask(at, str(KNOWN), "red apple tea")
        await at.see("Passing it on")
        await at.press("f10", "f4", "f10")
        assert at.page == "Before"
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
        await ask(at, number, "red apple tea")
        await at.see("Something is not right in this number.")
