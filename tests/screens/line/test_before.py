"""Line by line, too, a visitor takes back what she kept."""

from __future__ import annotations

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.records.unsealing import Opener
from kiosk.seal.phrase import phrase_check
from kiosk.seal.wire import Failed, Kept, Reason
from kiosk.sitting.steps import BEFORE, CAME_BACK, CLOSING, GATE, NOTICE
from kiosk.vault.numbers import draw
from schema.later import Withdrawal
from tests.kit import pack, snapshot
from tests.made_up import SEED, SEEDS
from tests.screens.clerk import NUMBERS, Clerk
from tests.screens.line.stage import seat
from tests.terminal.way import W

NUMBER = draw(range(4096), bytes(32), lambda _: False)


async def test_number_and_words_go_out_sealed() -> None:
    """The last answer at the gate leads there; slips are told; one sealed record goes out, at the second try too."""
    clerk = Clerk(Failed(Reason.BUSY), Kept())
    async with seat(GATE, clerk=clerk, given=snapshot((recipient(SEED),), line=True)) as at:
        await at.say("4")
        assert at.step == BEFORE and W("before-same") in at.text
        await at.say("1", "123", "red apple tea")
        assert W("before-no-number") in at.text and clerk.sent == []
        await at.say("1", str(NUMBER), "Red, Apple tea")
        assert at.step == CAME_BACK and "Apple" not in at.text
        await at.say("4")
        await at.see(W("before-failed"))
        await at.say("4")
        await at.see(W("closing-asked"))
        assert at.step == CLOSING and "Apple" not in at.text
    kept_under, sealed = clerk.sent[-1]
    assert kept_under == NUMBERS[0]
    expected = Withdrawal(NUMBER, phrase_check(NUMBER, "red apple tea"), pack().instrument)
    assert Opener(SEEDS).open(kept_under, sealed) == expected


async def test_enter_alone_goes_on_without_it() -> None:
    """Nothing is asked of whoever only presses Enter."""
    async with seat(BEFORE) as at:
        await at.say("1", "back", "")
        assert at.step == NOTICE
