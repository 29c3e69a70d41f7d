"""The way through a line sitting, page by page."""

from __future__ import annotations

import pytest

from kiosk.content.banned_words import harm_words
from kiosk.sitting.steps import CALL, CHANGED, CLOSING, HOME, LEAVING, REVIEW, SAFE_NOW, SECTIONS, YES_PROTOCOL, Step
from kiosk.sitting.visit import Visit
from schema.answers import PREFERS_NOT
from schema.summary import Pathway, ReferralOutcome
from tests.kit import pack
from tests.screens.line.stage import seat
from tests.terminal.way import ES, HARMS, NEEDS, W, title

FIRST = Step("question", HARMS[0].id)
PATHWAY = Step("crossroads", "pathway")


@pytest.mark.parametrize(
    ("name", "role", "language"),
    [
        ("us-mo", "advocate", "en"),
        ("us-ca-county", "social-worker", "es"),
        ("us-or-multnomah", "staff", "es"),
        ("gb-safelives", "advocate", "en"),
        ("gb-oxfordshire", "reporter", "en"),
    ],
)
async def test_enter_alone_reaches_the_review_and_keeps_nothing(name: str, role: str, language: str) -> None:
    """Keys, P9: in every pack Enter alone passes every question, reaches the review page and then the end."""
    made = pack(name)
    async with seat(name=name, role=role, language=language, practice=True) as at:
        assert harm_words(language, at.text) == []
        await at.say("")
        assert (at.step == HOME and W("line-home-enter") in at.text) or language != "en"
        met: list[Step] = []
        for word in ("1", "", "1"):
            await at.say(word)
        while at.step != REVIEW:
            met.append(at.step) if not met or met[-1] != at.step else None
            await at.say("")
            assert len(met) < 60
        everything = Visit(pack=made, role=role, language=language)
        asked = [step.id for step in met if step.page == "question"]
        assert asked == [each.id for each in made.questions if everything.applies(each)]
        visit = at.face.sitting.visit
        assert visit.needs == {} and visit.harm == {} and not visit.release
        await at.say("", "")
        assert at.step == REVIEW
        await at.say(made.words["keep-nothing"][language])
        assert at.step == CLOSING
        assert made.words["closing-nothing"][language] in at.text
        await at.say("")
        assert at.left


@pytest.mark.parametrize(
    ("question_id", "typed", "code"),
    [
        ("months-without-home", "12", 112),
        ("months-without-home", "24", 113),
        ("how-many-children", "1", 1),
        ("age", "37", 4),
        ("income", "400", 3),
        ("months-without-home", "B", PREFERS_NOT),
    ],
)
async def test_a_typed_number_means_that_number(question_id: str, typed: str, code: int) -> None:
    """Input: the same number or letter leads to the same answer as on the full screen."""
    async with seat(Step("question", question_id)) as at:
        await at.say(typed)
        assert at.face.sitting.visit.needs == {question_id: code}


async def test_a_number_answers_and_goes_on() -> None:
    """A question is answered by its number; going back shows which, and the last number takes it back."""
    async with seat(FIRST) as at:
        await at.say("4")
        assert at.face.sitting.visit.harm == {HARMS[0].id: PREFERS_NOT}
        assert at.step == Step("question", HARMS[1].id)
        await at.say("back")
        assert f"4. {W('rather-not')} ({W('line-chosen')})" in at.text
        await at.say("5")
        assert at.face.sitting.visit.harm == {} and W("cleared") in at.text
        await at.say("back", "back")
        assert W("line-chosen") not in at.text


async def test_a_longer_number_is_none_of_the_choices() -> None:
    """P8: a number that is typed at the review page, as of a telephone, keeps nothing because it begins like one."""
    async with seat(REVIEW, practice=True) as at:
        await at.say("0001234", "10000")
        assert at.step == REVIEW and not at.face.sitting.keeper.kept
        assert W("line-no-number") in at.text
        await at.say("keep it")
        assert at.face.sitting.keeper.kept


async def test_a_yes_leads_to_the_protocol() -> None:
    """MO-22: a yes is met before the next question; the ways of the protocol are numbers."""
    async with seat(FIRST) as at:
        await at.say("1")
        assert at.step == SAFE_NOW
        await at.say("", "")
        assert at.step == YES_PROTOCOL
        await at.say("1")
        assert at.step == CALL
        await at.say("2")
        assert at.face.sitting.visit.referral is ReferralOutcome.LATER
        assert at.step == YES_PROTOCOL
        await at.say("2")
        assert at.step == SECTIONS


async def test_the_gate_leads_to_services() -> None:
    """MO-19: not private is the home page, line by line the same; Enter at the gate passes nothing."""
    async with seat() as at:
        home = at.text
    async with seat(Step("gate")) as at:
        await at.say("", "")
        assert at.page == "Gate" and W("gate-choose") in at.text
        await at.say("6")
        assert at.page == "Home"
        assert at.text == home


async def test_a_list_is_chosen() -> None:
    """MO-03: the choice of a list is noted and shown when she comes back; Enter then takes it again."""
    async with seat(PATHWAY) as at:
        await at.say("1")
        assert at.face.sitting.visit.pathway is Pathway.EXTERNAL
        await at.say("back")
        assert f"({W('line-chosen')})" in at.text
        await at.say("")
        assert at.face.sitting.visit.pathway is Pathway.EXTERNAL


async def test_something_changed_is_a_word_behind_the_gate_alone() -> None:
    """MO-18: `changed` leaves the path and comes back to it; before the gate it means nothing."""
    async with seat(Step("gate")) as at:
        await at.say("changed")
        assert at.page == "Gate"
        assert W("line-unknown", word="help") in at.text
    async with seat(Step("question", NEEDS[0].id)) as at:
        await at.say("changed")
        assert at.step == CHANGED
        await at.say("", "")
        assert at.step == Step("question", NEEDS[0].id)


async def test_why_and_again() -> None:
    """MO-16: why it is asked, and the framing once more; Enter comes back to the same question."""
    async with seat(FIRST) as at:
        await at.say("why")
        assert W.of(HARMS[0].why) in at.text
        assert title(HARMS[0].id) not in at.text
        await at.say("")
        assert title(HARMS[0].id) in at.text
        await at.say("again")
        framing = next(page for page in pack().pages if page.id == "framing")
        assert title(HARMS[0].id) in at.text and W.of(framing.body[-1]) in at.text
        await at.say("back")
        assert at.step == FIRST and title(HARMS[0].id) in at.text


async def test_gently() -> None:
    """MO-21: staff's tick is on and off by a word, where staff are with her."""
    async with seat(FIRST) as at:
        await at.say("gently")
        assert at.face.sitting.visit.gentle == set()
        at.face.sitting.visit.with_staff = True
        await at.say("gently")
        assert W("gentle-on") in at.text
        assert at.face.sitting.visit.gentle == {HARMS[0].id}
        await at.say("gently")
        assert at.face.sitting.visit.gentle == set()


async def test_cards_for_staff() -> None:
    """OR-09, SC-14: cards open after she said that staff are with her, tick in memory only, and one word hides them."""
    async with seat(Step("gate")) as at:
        await at.say("1", "staff")
        assert at.page == "WordsPage"
        await at.say("back", "7", "1", "staff")
        assert at.page == "StaffCards"
        cards = at.face.sitting.visit.cards
        for index, card in enumerate(cards):
            await at.say(str(index + 1))
            assert W.of(card.title) in at.text
            assert at.page == "CardPage"
            await at.say("1")
            if at.page == "CardPage":
                await at.say("back")
        assert (at.face.sitting.visit.referral is ReferralOutcome.CALLED) == any(each.kind == "call" for each in cards)
        await at.say("1", "hide")
        assert at.page == "WordsPage"


async def test_another_language_loses_nothing() -> None:
    """The language changes on any page, by number or name; what was said stays, and its words can be typed."""
    async with seat(FIRST) as at:
        await at.say("4", "back", "language", "español")
        assert ES("rather-not") in at.text
        assert ES("line-chosen") in at.text
        await at.say("por que")
        assert ES.of(HARMS[0].why) in at.text
        await at.say("ATRÁS", "why", "", "idioma", "1")
        assert f"{W('rather-not')} ({W('line-chosen')})" in at.text
        assert at.face.sitting.visit.harm == {HARMS[0].id: PREFERS_NOT}


async def test_only_her_gesture_ends_a_pause() -> None:
    """MO-38: the pause is the home page, line by line; two keys, or the words that stand for them, end it."""
    async with seat() as at:
        home = at.text
    async with seat(FIRST) as at:
        for end in (b"pause\rpause\r", b"\x1b[20~\x1b[20~"):
            await at.say("pause")
            assert at.text == home
            for line in ("", "back", "changed", "hello", "why", ""):
                await at.say(line)
                assert title(HARMS[0].id) not in at.text and "pause" not in at.text
            await at.send(end)
            assert title(HARMS[0].id) in at.text
        assert at.face.sitting.visit.harm == {}
        await at.say("pause", "leave")
        assert at.left


@pytest.mark.parametrize("keys", [b"leave\r", b"LEAVE \r", b"\x04"])
async def test_leaving(keys: bytes) -> None:
    """P3: the word, in any case, and the end of input leave."""
    async with seat(FIRST) as at:
        await at.send(keys)
        assert at.left


async def test_end_of_input_in_a_line_is_no_leaving() -> None:
    """Ctrl+D leaves on an empty line alone: a slip of the hand loses nothing."""
    async with seat(FIRST) as at:
        await at.send(b"wh\x04y\r")
        assert not at.left
        assert W.of(HARMS[0].why) in at.text


async def test_trying_to_leave_before_anything_was_said() -> None:
    """P12: the page that explains leaving names the word, and lets her try it."""
    async with seat(LEAVING, panic_key="f8") as at:
        assert W("line-leaving", word="leave") in at.text
        assert W("one-more-key", name="F8") in at.text
        await at.say("1")
        assert at.left


async def test_the_home_page() -> None:
    """MO-40: services, sorted as she likes, for her county, in her language; `c`, letters and numbers choose."""
    async with seat(size=(100, 300)) as at:
        assert W("sorted-by-name") in at.text
        await at.say("sort")
        assert W("sorted-by-kind") in at.text
        await at.say("2", "boo")
        assert at.face.sitting.visit.county == "Boone"
        assert W("home-where", county="Boone") in at.text
        await at.say("county", "st.")
        assert at.page == "CountyPage"
        assert "St. Francois" in at.text and "Boone" not in at.text
        await at.say("1")
        assert at.face.sitting.visit.county is None
        await at.say("county", "nowhere at all")
        assert W("line-no-county") in at.text
        await at.say("", "3")
        assert ES("home-title") in at.text
        assert at.step == HOME


@pytest.mark.parametrize("allowed", [True, False])
async def test_the_operator_quits_on_the_home_page(allowed: bool) -> None:
    """Ctrl+Q asks for the end on the home page alone, and where `quit` is left on."""
    async with seat(quit=allowed) as at:
        await at.send(b"\x11")
        assert at.sent == ([b"Q"] if allowed else [])
        await at.send(b"1\r\x11")
        assert len(at.sent) == allowed


async def test_help_names_the_words_of_the_page() -> None:
    """Every word that a page takes is in its help, with what it does; words that mean nothing there are not."""
    async with seat(FIRST) as at:
        await at.say("help")
        assert f"why: {W('line-does-why')}" in at.text
        assert W("line-does-keep") not in at.text
        await at.say("", "1", "3", "help", "help")
        assert at.page == "Note"


async def test_the_practice_banner_stands_on_every_page() -> None:
    """Practice says so on every page."""
    async with seat(practice=True) as at:
        for line in ("1", "", "1", "", "", "1", "1", "1", "help", "", "pause"):
            assert W("practice-banner") in at.text
            await at.say(line)
        assert W("practice-banner") in at.text
