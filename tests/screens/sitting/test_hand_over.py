"""The general list, not now, and the page that shows staff what she agrees to give."""

from __future__ import annotations

import pytest

from kiosk.sitting.clerkline import ClerkSilent
from kiosk.sitting.pages.review import Review
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.steps import KEPT, PATHWAY, PLAN_OFFER, RELEASE, REVIEW
from kiosk.sitting.summarising import summary
from kiosk.sitting.visit import Visit
from schema.summary import Pathway
from tests.kit import snapshot
from tests.screens.clerk import Clerk
from tests.screens.line import stage as line
from tests.screens.sitting.stage import Seat, seat

GIVEN = ("veteran", "pregnancy")
"""The factors whose questions she answers, with yes."""


class Counting(Clerk):
    """A clerk that counts who was entered, or says nothing."""

    def __init__(self, *, silent: bool = False) -> None:
        super().__init__()
        self.silent, self.entered_ = silent, 0

    async def entered(self) -> None:
        if self.silent:
            raise ClerkSilent
        self.entered_ += 1


def tell(told: Visit, pathway: Pathway = Pathway.HMIS) -> Visit:
    """Have her answer two questions that the list asks, too, and choose a list."""
    for fills in GIVEN:
        told.answer(next(each for each in told.pack.questions if each.fills == fills), 1)
    told.choose(pathway)
    return told


async def at_the_number(at: Seat, pathway: Pathway = Pathway.HMIS) -> None:
    """See the page with the number after all that."""
    tell(at.app.sitting.visit, pathway)
    await at.press("f7", "f7")


@pytest.mark.parametrize(
    ("pathway", "said", "shows"),
    [
        (Pathway.HMIS, "You are on no list until somebody here enters you with your name.", True),
        (Pathway.UNDECIDED, "You are on no list. What is kept here is only for you to come back to.", False),
        (Pathway.EXTERNAL, "", False),
    ],
)
async def test_each_list_says_whether_she_is_on_it(pathway: Pathway, said: str, shows: bool) -> None:
    """MO-03: with the general list or none she is on no list, and told so; only for the general one staff are shown."""
    async with seat(KEPT) as at:
        await at_the_number(at, pathway)
        assert said in at.words and ("You are on no list" in at.words) is bool(said)
        assert ("Show my answers to staff" in at.words) is shows


async def test_staff_see_what_she_gives_and_nothing_else() -> None:
    """MO-03: answers in words, each can be struck; nothing about harm, nothing unanswered, no number and no word."""
    async with seat(KEPT, keeper=Counting()) as at:
        sitting = at.app.sitting
        sitting.keeper.number, sitting.keeper.phrase = 10_000_005, "red apple tea"
        await at_the_number(at)
        await at.click("#hand")
        labels = [sitting.words(f"factor-{each}") for each in GIVEN]
        assert all(label in at.words for label in labels)
        await at.press("space")
        await at.click("#go-on")
        assert at.page == "ForStaff"
        assert f"{labels[0]}: Yes" in at.words and labels[1] not in at.words
        for word in ("100 000", "apple", "not answered", "Not answered"):
            assert word not in at.words
        for question in sitting.pack.questions:
            if question.part == "harm":
                assert sitting.words.of(question.text) not in at.words


@pytest.mark.parametrize("key", ["x", "7", "f1", "f9", "f5", "escape", "space", "backspace", "enter", "f7", "left"])
async def test_any_key_covers_the_answers(key: str) -> None:
    """MO-19: whatever is pressed, the answers are gone, and nothing was counted."""
    clerk = Counting()
    async with seat(KEPT, keeper=clerk) as at:
        await at_the_number(at)
        await at.click("#hand")
        await at.click("#go-on")
        assert at.page == "ForStaff"
        await at.press(key)
        assert at.page == "HandOver"
    assert clerk.entered_ == 0


@pytest.mark.parametrize("silent", [False, True])
async def test_staff_press_one_key_when_she_is_entered(silent: bool) -> None:
    """MO-03: one key counts it once and says so; a count that fails keeps nobody from anything."""
    clerk = Counting(silent=silent)
    async with seat(KEPT, keeper=clerk) as at:
        await at_the_number(at)
        await at.click("#hand")
        await at.click("#go-on")
        await at.press("f10")
        await at.see("Staff say that you are entered in the general list now.")
        assert at.page == "KeptPage" and "Show my answers to staff" not in at.words
    assert clerk.entered_ == (0 if silent else 1)


async def test_line_by_line_it_is_the_same() -> None:
    """Both faces: the answers are said by number, Enter covers them, 1 says that she is entered."""
    clerk = Counting()
    async with line.seat(KEPT, clerk=clerk) as at:
        tell(at.face.sitting.visit)
        await at.say("hide")
        await at.say("show")
        await at.say(at.face.sitting.words("hand-over-button"))
        assert at.page == "HandOver"
        await at.say("")
        assert at.page == "ForStaff" and "Enter covers this page." in at.text
        await at.say("")
        assert at.page == "HandOver"
        await at.say("")
        await at.say("1")
        assert at.page == "KeptPage"
    assert clerk.entered_ == 1


def test_not_now_asks_for_no_release() -> None:
    """MO-03: kept for coming back alone: no page asks, the review has no such row, and no record says yes."""
    for pathway, asks in ((Pathway.UNDECIDED, False), (Pathway.EXTERNAL, True), (Pathway.HMIS, True)):
        sitting = Sitting(snapshot())
        told = tell(sitting.visit, pathway)
        told.release = True
        sitting.flow.step = PLAN_OFFER
        assert sitting.flow.next() == (RELEASE if asks else REVIEW)
        assert (sitting.words("record-release") in [each.label for each in Review(sitting).offers()]) is asks
        sealed = summary(told, sitting.settings, sitting.snapshot.profile, 10_000_005, "red apple tea")
        assert (sealed.release, sealed.release_expires is not None) == (asks, asks)


def test_who_chooses_a_list_after_all_is_asked_for_the_release() -> None:
    """Keep: the first list chosen from the review page leads by the release, once, and back to the review."""
    flow = Sitting(snapshot()).flow
    flow.step, flow.trail = REVIEW, [PATHWAY, PLAN_OFFER]
    flow.change(PATHWAY)
    assert flow.follow("external") == RELEASE
    assert flow.next() == REVIEW
    flow.change(PATHWAY)
    assert flow.follow("hmis") == REVIEW
