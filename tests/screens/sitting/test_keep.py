"""Release, review, Keep and the end."""

from __future__ import annotations

import pytest

from kiosk.seal.wire import Answer, Clash, Failed, Kept, Reason
from kiosk.sitting.clerkline import ClerkSilent
from kiosk.sitting.directory import where_to_ask
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import CLOSING, KEPT, PATHWAY, RELEASE, REVIEW, YES_PROTOCOL, Step
from kiosk.vault.numbers import damm, show
from schema.summary import Pathway
from tests.kit import HOLDER, pack, snapshot
from tests.screens.clerk import NUMBERS, Clerk
from tests.screens.sitting.stage import seat

FIRST = pack().questions[0].id


@pytest.fixture
def given() -> Snapshot:
    """A station with one recipient, whose private key nobody keeps."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from kiosk.seal.record import Recipient

    return snapshot((Recipient(1, X25519PrivateKey.generate().public_key().public_bytes_raw()),))


async def test_no_is_an_answer_to_the_release() -> None:
    """Keep: the release comes first; Enter alone is no, and still leads to the review page."""
    async with seat(RELEASE) as at:
        assert "20" in at.text  # the month it would last to
        await at.press("enter", "enter")
        assert at.app.sitting.flow.step == REVIEW
        assert at.app.sitting.visit.release is False
        await at.press("f4", "1", "enter")
        assert at.app.sitting.visit.release is True


async def test_enter_ends_nothing_on_the_review_page(given: Snapshot) -> None:
    """Keys: three ways out, none of them on a bare Enter, whatever the habit of twenty pages is."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        assert "It is not yours yet" in at.words
        await at.press("enter", "enter", "enter")
        assert at.app.sitting.flow.step == REVIEW
        await at.see("Enter alone ends nothing here.")
        await at.click("#nothing")
        assert at.app.sitting.flow.step == CLOSING
        await at.see("Nothing was kept.")
    assert clerk.sent == []


async def test_one_change_costs_one_page() -> None:
    """Review: a row leads to its question alone, and from there back, with the new answer in it."""
    async with seat(REVIEW, practice=True) as at:
        await at.see("Your number would be")
        await at.press("1", "enter")
        assert at.app.sitting.flow.step.page == "question"
        await at.press("2", "enter")
        assert at.app.sitting.flow.step == REVIEW
        await at.see(pack().questions[5].choices[1].label["en"])


async def test_a_list_that_was_dropped_is_asked_for_again(given: Snapshot) -> None:
    """MO-18: who tells of harm on the review page chooses her list anew, knowing more, before she comes back to it."""
    async with seat(REVIEW, keeper=Clerk(Kept()), given=given) as at:
        sitting = at.app.sitting
        sitting.flow.trail = [PATHWAY, RELEASE]
        sitting.visit.choose(Pathway.HMIS)
        await at.press("f2", "1", "enter", "1", "enter")
        assert sitting.flow.step == YES_PROTOCOL
        await at.press("enter", "enter")
        assert sitting.flow.step == PATHWAY
        await at.press("1", "enter")
        assert sitting.flow.step == REVIEW
        assert sitting.visit.pathway is Pathway.EXTERNAL


async def test_she_gives_the_number_back_or_is_asked_once(given: Snapshot) -> None:
    """Keep: number and words hidden, typed from memory, compared; leaving without that asks once, and then goes."""
    async with seat(REVIEW, keeper=Clerk(Kept()), given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see("It is kept")
        await at.press("f7")
        assert show(NUMBERS[0]) not in at.text and at.app.sitting.keeper.phrase not in at.words
        await at.click("#try")
        await at.type("1234")
        await at.press("enter", "enter", "enter")
        await at.see("The number is not the same yet.")
        await at.press("f4", "f7", "enter")
        await at.see("Nobody can look your number up for you.")
        assert at.page == "KeptPage"
        await at.pilot.pause(0.3)
        await at.press("enter")
        assert at.app.sitting.flow.step == CLOSING
    async with seat(REVIEW, keeper=Clerk(Kept()), given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see("It is kept")
        await at.click("#try")
        await at.type(str(NUMBERS[0]))
        await at.press("enter")
        await at.type(at.app.sitting.keeper.phrase)
        await at.press("enter", "enter")
        await at.see("You know your number and your words.")
        await at.press("enter")
        assert at.app.sitting.flow.step == CLOSING


async def test_keep_seals_commits_and_then_says_so(given: Snapshot) -> None:
    """P8: F10 sends one sealed record; "kept" stands there only after the clerk said so."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        clerk.gate.clear()
        await at.press("f10")
        await at.see("Keeping it")
        assert "It is kept" not in at.text
        await at.press("enter", "f4", "f2", "f10")
        assert at.page == "Review"
        clerk.gate.set()
        await at.see("It is kept")
        assert show(NUMBERS[0]) in at.text
        assert len(at.app.sitting.keeper.phrase.split()) == 3
        assert at.app.sitting.keeper.phrase in at.words
    assert [number for number, _ in clerk.sent] == [NUMBERS[0]]


async def test_there_is_no_way_back_from_kept(given: Snapshot) -> None:
    """Keep: after it, Back and "something changed" do nothing; going on ends with what was kept."""
    async with seat(REVIEW, keeper=Clerk(Kept()), given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see("It is kept")
        await at.press("f4", "f2")
        assert at.page == "KeptPage"
        await at.press("enter")
        await at.pilot.pause(0.3)  # a button takes no second press while it shows the first
        await at.press("enter")
        await at.see("Your answers are kept under your number.")


@pytest.mark.parametrize(("covers", "uncovers"), [("f9", "f9 f9"), ("f1", "escape")])
async def test_what_lies_over_the_page_stays_until_she_takes_it_away(
    covers: str, uncovers: str, given: Snapshot
) -> None:
    """P8, MO-38: a pause in the middle of a save ends by her gesture alone; then she is told that it is kept."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        clerk.gate.clear()
        await at.press("f10")
        await at.see("Keeping it")
        await at.press(covers)
        over = at.page
        clerk.gate.set()
        while not at.app.sitting.keeper.kept:
            await at.pilot.pause()
        await at.pilot.pause(0.1)
        assert at.page == over != "Review"
        assert show(NUMBERS[0]) not in at.text
        await at.press(*uncovers.split())
        await at.see("It is kept")
        assert show(NUMBERS[0]) in at.text
        assert len(at.app.screen_stack) == 2


async def test_another_language_waits_for_a_save(given: Snapshot) -> None:
    """P8: while it is kept the page is not laid out again, so that she is told how it ended."""
    clerk = Clerk(Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        clerk.gate.clear()
        await at.press("f10")
        await at.see("Keeping it")
        await at.press("f3", "down", "enter")
        assert "Keeping it" in at.text
        clerk.gate.set()
        await at.see("It is kept")


async def test_what_is_kept_is_not_reviewed_again(given: Snapshot) -> None:
    """P8: "something changed" on the last page offers help, and no answers that Keep would say are kept and are not."""
    async with seat(REVIEW, keeper=Clerk(Kept()), given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see("It is kept")
        await at.press("enter")
        await at.pilot.pause(0.3)  # a button takes no second press while it shows the first
        await at.press("enter")
        await at.see("Your answers are kept under your number.")
        await at.press("f2")
        await at.see("Someone hurts me")
        assert "change an answer" not in at.text
        await at.press("1", "enter")
        await at.see("safe right now")
        await at.press("1", "enter")
        await at.see("What would help you now")
        assert "Nothing is kept" not in at.words
        await at.press("enter")
        await at.pilot.pause(0.3)  # a button takes no second press while it shows the first
        await at.press("enter")
        await at.see("Your answers are kept under your number.")


async def test_a_clash_takes_a_new_number_and_seals_again(given: Snapshot) -> None:
    """Keep: when the number was taken meanwhile, the new one is the one that she sees."""
    clerk = Clerk(Clash(NUMBERS[1]), Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see("It is kept")
        assert show(NUMBERS[1]) in at.text
        assert show(NUMBERS[0]) not in at.text
    assert clerk.sent[0][1] != clerk.sent[1][1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Failed(Reason.FULL), "this computer is full"),
        (Failed(Reason.READ_ONLY), "write it down"),
        (Failed(Reason.DAMAGED), "write it down"),
        (Failed(Reason.BUSY), "the list is busy"),
        (Failed(Reason.OTHER), "could not be kept"),
        (ClerkSilent, "could not be kept"),
    ],
)
async def test_a_failed_save_is_told_and_can_be_tried_again(
    answer: Answer | type[ClerkSilent], words: str, given: Snapshot
) -> None:
    """P8: she is told in plain words, the number is not shown, and a second try keeps it."""
    clerk = Clerk(answer, Kept())
    async with seat(REVIEW, keeper=clerk, given=given) as at:
        await at.see(show(NUMBERS[0]))
        await at.press("f10")
        await at.see(words.split()[0])
        assert words in at.words
        assert show(NUMBERS[0]) not in at.text
        assert at.page == "Review"
        await at.press("f10")
        await at.see("It is kept")
        assert show(NUMBERS[0]) in at.text


async def test_nothing_is_asked_of_the_clerk_before_the_review(given: Snapshot) -> None:
    """P8: no number is put aside, and no clerk is started, before she sees the review page."""
    clerk = Clerk()
    async with seat(RELEASE, keeper=clerk, given=given) as at:
        assert clerk.asked == 0
        await at.press("2", "enter")
        await at.see(show(NUMBERS[0]))
        assert clerk.asked == 1


async def test_the_review_shows_what_is_never_kept() -> None:
    """Review: everything stored in words, and what is not stored at all; keep and keep nothing weigh the same."""
    async with seat(REVIEW, size=(80, 70), practice=True) as at:
        await at.see("Your number would be")
        rows = ("Where you sleep (not answered)", "List not chosen yet", "Kept by: Harbor housing line (HARBOR)")
        for words in (*rows, "Your name, your answers about harm"):
            assert words in at.words
        buttons = {button.id: button for button in at.app.screen.query("Button")}
        assert buttons["keep"].classes - {"-active"} == buttons["nothing"].classes - {"-active"}


async def test_practice_keeps_nothing_and_its_number_begins_with_0() -> None:
    """Practice: a number that can never be real, and words that say so."""
    async with seat(REVIEW, practice=True) as at:
        await at.see("Your number would be 0")
        await at.press("f10")
        await at.see("nothing is kept")
        number = at.app.sitting.keeper.number
        assert number is not None
        assert number < 10_000_000
        assert damm(f"{number:08d}") == 0


async def test_the_end_leaves() -> None:
    """Keys: Enter on the last page ends the sitting."""
    sent: list[bytes] = []
    async with seat(Step("closing")) as at:
        at.app._send = sent.append  # type: ignore[assignment,method-assign]
        await at.press("enter")
    assert sent == [b"L"]


async def test_leave_now_is_on_every_page() -> None:
    """Panic: the button in the corner leaves from any page, by mouse too."""
    sent: list[bytes] = []
    async with seat(Step("question", FIRST)) as at:
        at.app._send = sent.append  # type: ignore[assignment,method-assign]
        await at.click("#leave")
    assert sent == [b"L"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Ask with your number at:", "Harbor housing line", "573-555-0100", "9 to 5", "Say the number first.")),
        ("es", ("Pregunte con su número en:", "Línea Harbor", "573-555-0100", "de 9 a 5", "Diga primero el número.")),
    ],
)
async def test_the_number_leads_to_somebody(language: str, said: tuple[str, ...]) -> None:
    """MO-04: her last page names the agency that holds her number, its telephone and hours, and what to say there."""
    async with seat(KEPT, given=snapshot(language=language)) as at:
        assert [part for part in said if part not in at.words] == []
        assert at.app.sitting.words("gate-before") in at.words, "any kiosk answers, too"
        for resource in where_to_ask(at.app.sitting.pack, None):
            assert at.app.sitting.words.of(resource.label) not in at.words, "nobody who has not got the number"
        await at.click("#try")
        label = at.app.sitting.words.of(HOLDER.label)
        assert f"{label} " in at.words, "and what is learned is where it is said"


async def test_a_station_that_knows_nobody_says_so() -> None:
    """Agencies: on a station from before there was a directory, the page says to talk to the staff, as it did."""
    async with seat(KEPT, given=snapshot(holder=None)) as at:
        assert "they do not have your number" in at.words and "Ask with your number at" not in at.words
