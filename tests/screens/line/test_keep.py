"""Review, Keep and the end of a line sitting."""

from __future__ import annotations

import pytest

from kiosk.seal.record import Recipient
from kiosk.seal.wire import Clash, Failed, Kept, Reason
from kiosk.sitting.clerkline import ClerkSilent
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import CLOSING, KEPT, RELEASE, REVIEW
from kiosk.vault.numbers import show
from tests.kit import snapshot
from tests.screens.clerk import NUMBERS, Clerk
from tests.screens.line.stage import seat
from tests.terminal.way import W


@pytest.fixture
def given() -> Snapshot:
    """A station with one recipient, whose private key nobody keeps."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return snapshot((Recipient(1, X25519PrivateKey.generate().public_key().public_bytes_raw()),), line=True)


async def test_the_release_comes_first() -> None:
    """Keep: no, or nothing at all, is an answer to the release."""
    async with seat(RELEASE, practice=True) as at:
        await at.say("", "")
        assert at.step == REVIEW and at.face.sitting.visit.release is False
        await at.say("back", "1")
        assert at.step == REVIEW and at.face.sitting.visit.release is True
        await at.say("back", "")
        assert at.face.sitting.visit.release is True


@pytest.mark.parametrize("line", ["", "go on"])
async def test_enter_ends_nothing_on_the_review_page(given: Snapshot, line: str) -> None:
    """Keys: neither Enter nor `go on` ends it; "keep nothing" does, and a number changes that answer."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        await at.see(W("number-not-yet", number=show(NUMBERS[0])))
        await at.say(line, line)
        assert at.step == REVIEW and W("review-choose") in at.text
        await at.say("1", "2")
        assert at.step == REVIEW and len(at.face.sitting.visit.needs) == 1
        await at.say("keep nothing")
        assert at.step == CLOSING and W("closing-nothing") in at.text
    assert clerk.sent == []


async def test_a_number_that_takes_its_time(given: Snapshot) -> None:
    """The page is read while the number is on its way; it is said below the line that is being typed."""
    clerk = Clerk(Kept())
    clerk.gate.clear()
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        assert W("number-coming") in at.text
        await at.send(b"hel")
        clerk.gate.set()
        await at.see(show(NUMBERS[0]))
        assert at.text.endswith(f"> hel {W('number-not-yet', number=show(NUMBERS[0]))} > hel")
        await at.send(b"p\r")
        assert at.page == "Note"


@pytest.mark.parametrize("answer", [Kept(), Failed(Reason.BUSY)], ids=["kept", "failed"])
async def test_a_pause_in_the_middle_of_a_save(given: Snapshot, answer: Kept | Failed) -> None:
    """P8, MO-38: F9 while it is kept is not lost; the number is said when she takes the page up again."""
    clerk = Clerk(answer)
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        clerk.gate.clear()
        await at.say("keep")
        await at.send(b"\x1b[20~")
        clerk.gate.set()
        await at.see(W("home-title"))
        assert show(NUMBERS[0]) not in at.text
        await at.send(b"\x1b[20~\x1b[20~")
        await at.see(W("kept-title") if answer == Kept() else W("failed-busy"))


@pytest.mark.parametrize("word", ["keep", "keep it", "\x1b[21~"])
async def test_keep_seals_commits_and_then_says_so(given: Snapshot, word: str) -> None:
    """P8: `keep` sends one sealed record; "kept" is said after the clerk said so; keys in between mean nothing."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        clerk.gate.clear()
        await at.send(word.encode() + (b"" if word.startswith("\x1b") else b"\r"))
        assert W("keeping") in at.text and W("kept-title") not in at.text
        await at.say("", "back", "keep")
        clerk.gate.set()
        await at.see(W("kept-title"))
        assert at.step == KEPT
        assert show(NUMBERS[0]) in at.text and at.face.sitting.keeper.phrase in at.text
        await at.say("back", "changed")
        assert at.step == KEPT
        await at.say("")
        assert at.step == KEPT and W("kept-sure") in at.text
        await at.say("")
        assert W("closing-kept") in at.text
    assert [number for number, _ in clerk.sent] == [NUMBERS[0]]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Failed(Reason.FULL), "failed-full"),
        (Failed(Reason.BUSY), "failed-busy"),
        (Failed(Reason.READ_ONLY), "failed-disk"),
        (ClerkSilent, "failed-other"),
    ],
)
async def test_a_failed_save_is_said(given: Snapshot, answer: object, words: str) -> None:
    """P8: what could not be kept is said in plain words, "kept" is not, and `keep` tries again."""
    clerk = Clerk(answer, Kept())  # type: ignore[arg-type]
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        await at.say("keep")
        assert W(words) in at.text and W("kept-title") not in at.text
        await at.say("keep")
        assert at.step == KEPT


async def test_a_clash_shows_the_new_number(given: Snapshot) -> None:
    """A number taken meanwhile is replaced, and the new one is shown."""
    clerk = Clerk(Clash(NUMBERS[1]), Kept())
    async with seat(REVIEW, clerk=clerk, given=given) as at:
        await at.say("keep")
        assert show(NUMBERS[1]) in at.text and show(NUMBERS[0]) not in at.text


async def test_practice_stores_nothing() -> None:
    """Practice: a made-up number that begins with 0, and nobody is asked to keep it."""
    async with seat(REVIEW, practice=True) as at:
        await at.say("keep")
        assert W("kept-practice") in at.text
        assert at.sent == []
