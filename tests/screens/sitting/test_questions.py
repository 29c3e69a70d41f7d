"""Questions, the ways on, and what every page can do."""

from __future__ import annotations

import pytest

from kiosk.sitting.steps import CHANGED, SAFE_NOW, YES_PROTOCOL, Step
from schema.answers import DOES_NOT_KNOW, PREFERS_NOT
from schema.pack import Question
from schema.summary import Pathway, ReferralOutcome
from tests.kit import pack
from tests.screens.sitting.stage import seat

QUESTIONS = [question.id for question in pack().questions]
FIRST_NEED = next(each for each in pack().questions if each.part == "need")
FIRST_HARM = next(each for each in pack().questions if each.part == "harm")


@pytest.mark.parametrize("question_id", QUESTIONS)
async def test_every_question_can_be_answered_skipped_and_asked_why(question_id: str) -> None:
    """MO-02, OR-08: each question offers "not sure" and "rather not" among its answers, says why, and can be passed."""
    question = next(each for each in pack().questions if each.id == question_id)
    async with seat(Step("question", question_id)) as at:
        assert question.text["en"] in at.words
        for words in ("Not sure", "Rather not say"):
            assert words in at.words
        await at.press("f1")
        await at.see(question.why["en"].split(".")[0])
        await at.press("escape")
        await at.press("enter")
        await at.see("You have not chosen yet.")
        assert at.app.sitting.flow.step == Step("question", question_id)
        await at.press("enter")
        assert at.app.sitting.flow.step != Step("question", question_id)
        assert not at.app.sitting.visit.needs
        assert not at.app.sitting.visit.harm


async def test_answers_are_taken_as_they_are_chosen_and_shown_again() -> None:
    """Keys: arrows and digits choose, and Back shows what was chosen."""
    async with seat(Step("question", FIRST_NEED.id)) as at:
        await at.press("down", "down")
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == FIRST_NEED.choices[1].code
        await at.press("1")
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == FIRST_NEED.choices[0].code
        await at.press("end")
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == PREFERS_NOT
        await at.press("up")
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == DOES_NOT_KNOW
        await at.press("enter", "f4")
        assert at.app.sitting.flow.step == Step("question", FIRST_NEED.id)
        assert "(x)" in at.text


@pytest.mark.parametrize("again", [("1",), ("space",), ("1", "1"), ("space", "1", "space")])
async def test_choosing_twice_keeps_the_answer(again: tuple[str, ...]) -> None:
    """Input: a second press never takes a yes about harm back; only Backspace does."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        await at.press("down", *again)
        assert at.app.sitting.visit.harm == {FIRST_HARM.id: 1}
        await at.click(".choice")
        await at.click(".choice")
        assert at.app.sitting.visit.harm == {FIRST_HARM.id: 1}
        await at.press("backspace")
        assert at.app.sitting.visit.harm == {}
        await at.see("Your choice is taken back.")
        await at.press("space", "enter")
        assert at.app.sitting.flow.step == SAFE_NOW


def the(question_id: str) -> Question:
    """The question of this id."""
    return next(each for each in pack().questions if each.id == question_id)


@pytest.mark.parametrize(
    ("question_id", "typed", "code"),
    [
        ("months-without-home", "1", 101),
        ("months-without-home", "2", 102),
        ("months-without-home", "12", 112),
        ("months-without-home", "24", 113),
        ("months-without-home", "aA", DOES_NOT_KNOW),
        ("times-without-home", "3", 3),
        ("times-without-home", "12", 4),
        ("how-many", "2", 2),
        ("how-many-children", "1", 1),
        ("how-many-children", "0", 0),
        ("age", "37", 4),
        ("age", "3", None),
        ("income", "400", 3),
        ("income", "0", 0),
    ],
)
async def test_a_typed_number_means_that_number(question_id: str, typed: str, code: int | None) -> None:
    """Input: where an answer is a number, `12` is twelve and not the second answer: rank follows it."""
    question = the(question_id)
    async with seat(Step("question", question.id)) as at:
        await at.press(*typed)
        assert at.app.sitting.visit.needs.get(question.id) == code


async def test_a_number_begins_anew_after_an_arrow() -> None:
    """Input: digits make one number only while nothing comes between them."""
    question = the("months-without-home")
    async with seat(Step("question", question.id)) as at:
        await at.press("1", "down", "2")
        assert at.app.sitting.visit.needs[question.id] == 102
        await at.press("backspace", "7")
        assert at.app.sitting.visit.needs[question.id] == 107


async def test_a_click_chooses() -> None:
    """Mouse: a click on an answer chooses it."""
    async with seat(Step("question", FIRST_NEED.id)) as at:
        await at.click(".choice")
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == FIRST_NEED.choices[0].code


async def test_a_language_switch_loses_no_answer() -> None:
    """Languages: F3 on any page; the answer stays chosen and the words change."""
    async with seat(Step("question", FIRST_NEED.id)) as at:
        await at.press("2", "f3", "down", "enter")
        await at.see(FIRST_NEED.text["es"][:20])
        assert at.app.sitting.visit.needs[FIRST_NEED.id] == FIRST_NEED.choices[1].code
        assert "(x) 2" in at.text


async def test_yes_thanks_believes_and_offers_ways() -> None:
    """MO-22: thank and believe, safe right now?, then choices; a yes is never a form."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        await at.press("1", "enter")
        assert at.app.sitting.flow.step == SAFE_NOW
        await at.see("Thank you for telling us")
        assert "We believe you" in at.words
        await at.press("enter", "enter")
        assert at.app.sitting.flow.step == YES_PROTOCOL
        from textual.widgets import Input

        assert not at.app.screen.query(Input)


async def test_calling_together_leaves_one_code() -> None:
    """MO-30: called now, later or no is one key; nothing else is noted."""
    async with seat(YES_PROTOCOL) as at:
        await at.press("1", "enter")
        assert at.page == "Call"
        assert "211" in at.text
        await at.press("2")
        assert at.app.sitting.visit.referral is ReferralOutcome.LATER


async def test_something_changed_is_on_every_question_and_drops_the_draft() -> None:
    """MO-18: F2 takes a later disclosure from any stage and drops what was bound for HMIS."""
    async with seat(Step("question", FIRST_NEED.id)) as at:
        at.app.sitting.visit.choose(Pathway.HMIS)
        await at.press("f2")
        assert at.app.sitting.flow.step == CHANGED
        await at.press("1", "enter")
        assert at.app.sitting.visit.draft is None
        assert at.app.sitting.visit.disclosed
        assert at.app.sitting.flow.step == SAFE_NOW


async def test_both_lists_weigh_the_same_on_the_page() -> None:
    """P9, MO-39: the page on lists offers three ways, none of them chosen ahead."""
    async with seat(Step("crossroads", "pathway")) as at:
        assert "(x)" not in at.text
        assert at.text.count("( )") == 3
        await at.press("1", "enter")
        assert at.app.sitting.visit.pathway is Pathway.EXTERNAL


async def test_the_quiet_tick_is_a_code_and_shows() -> None:
    """MO-21: where staff are with her, F6 ticks "come back to this gently", and takes it back."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        await at.press("f6")
        assert not at.app.sitting.visit.gentle
        at.app.sitting.visit.with_staff = True
        await at.press("f6")
        await at.see("come back to this gently")
        assert at.app.sitting.visit.gentle == {FIRST_HARM.id}
        await at.press("f6")
        assert not at.app.sitting.visit.gentle


async def test_a_pause_is_the_home_page_letter_by_letter() -> None:
    """MO-38: F9 shows what any passer-by knows, also after a passer-by's keys; two keys of hers bring it back."""
    touched = ("enter", "down", "x", "escape", "f4", "f1", "escape", "s", "f9", "down")
    async with seat(size=(80, 30)) as at:
        home = at.text
        await at.press(*touched)
        home_touched = at.text
    async with seat(Step("question", FIRST_HARM.id), size=(80, 30)) as at:
        await at.press("2", "f9")
        assert at.text == home
        await at.press(*touched)
        assert at.text == home_touched
        assert FIRST_HARM.text["en"] not in at.words
        await at.press("f9", "f9")
        assert FIRST_HARM.text["en"] in at.words
        assert "(x) 2" in at.text


async def test_she_chooses_what_ends_a_pause() -> None:
    """MO-38: other keys than F9 twice, chosen behind the gate; then F9 twice is nothing."""
    async with seat(Step("framing")) as at:
        await at.click("#gesture")
        await at.press("3", "enter", "f9", "f9", "f9")
        assert at.page == "Decoy"
        await at.press("f4", "f9")
        assert at.page == "WordsPage"


async def test_the_way_in_of_a_paused_page_ends_her_sitting() -> None:
    """MO-38: whoever presses it is the next visitor, and is never shown her page."""
    sent: list[bytes] = []
    async with seat(Step("question", FIRST_HARM.id)) as at:
        at.app.sitting.control = None
        at.app._send = sent.append  # type: ignore[assignment,method-assign]
        await at.press("f9", "1")
        assert sent == []
        await at.press("1")
        assert sent == [b"L"]


async def test_a_pause_is_left_as_it_was_found() -> None:
    """MO-38: a passer-by's county and language are gone with the pause."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        await at.press("f9")
        await at.click("#language-es")
        await at.see("Recursos de la comunidad")
        await at.press("f9", "f9")
        await at.see(FIRST_HARM.text["en"][:20])
        assert at.app.sitting.visit.county is None


@pytest.mark.tired
async def test_a_held_enter_passes_nothing_over() -> None:
    """Input: Enter that is held or pressed twice is no second decision; one after a while is."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        for _ in range(8):
            await at.press("enter")
        assert at.app.sitting.flow.step == Step("question", FIRST_HARM.id)
        await at.pilot.pause(0.5)
        await at.press("enter")
        assert at.app.sitting.flow.step != Step("question", FIRST_HARM.id)


async def test_a_wrong_key_is_answered_in_words() -> None:
    """Input: a key that means nothing here says so, and nothing changes."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        for key in ("9", "q", "Q", "f7", "f10", "ctrl+x"):
            await at.press("f1", "escape")
            await at.press(key)
            await at.see("That key does nothing here.")
        assert at.app.sitting.visit.harm == {}


async def test_numbers_choose_wherever_the_focus_is() -> None:
    """Input: on a button, on a key in the last line, after a window: a digit chooses, and Enter then goes on."""
    async with seat(Step("question", FIRST_HARM.id)) as at:
        for tabs in range(8):
            await at.press(*["tab"] * tabs, "2")
            assert at.app.sitting.visit.harm == {FIRST_HARM.id: 0}, tabs
            await at.press("backspace")
        await at.click("#why")
        await at.press("enter", "2", "enter")
        assert at.app.sitting.flow.step != Step("question", FIRST_HARM.id)


async def test_every_function_key_is_a_button_and_a_stop_of_the_focus() -> None:
    """Input: whoever has no function keys comes to each of them by Tab, and Enter or Space presses it."""
    from widgets.keybar import KeyHint

    async with seat(Step("question", FIRST_HARM.id)) as at:
        hints = list(at.app.screen.query(KeyHint))
        assert {hint.key.key for hint in hints} >= {"F1", "F2", "F3", "F4", "F9", "F12"}
        for _ in range(30):
            await at.press("tab")
            if isinstance(at.app.screen.focused, KeyHint) and at.app.screen.focused.key.key == "F1":
                break
        await at.press("space")
        await at.see(FIRST_HARM.why["en"].split(".")[0])


async def test_the_idle_warning_ends_at_any_key_and_the_key_does_nothing_else() -> None:
    """Idle: any key goes on; it neither answers nor turns the page."""
    async with seat(Step("question", FIRST_NEED.id)) as at:
        for key in ("1", "enter", "f2", "escape", "x"):
            at.app.idle_warning()
            await at.see("This page starts over soon.")
            assert FIRST_NEED.text["en"] not in at.words
            await at.press(key)
            assert at.page == "QuestionPage"
            assert not at.app.sitting.visit.needs
            assert at.app.sitting.flow.step == Step("question", FIRST_NEED.id)


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
@pytest.mark.parametrize("question_id", QUESTIONS)
async def test_every_answer_can_be_reached_in_a_small_terminal(question_id: str, size: tuple[int, int]) -> None:
    """80x24 and 40x20: the last answer scrolls into view, and the keys stay on the page."""
    async with seat(Step("question", question_id), size=size) as at:
        await at.press("end")
        assert "(x)" in at.text
        assert "F12" in at.text


async def test_a_page_is_left_once() -> None:
    """Ordered keys: Enter that arrives before a page is laid out turns no page; two that come after it turn one."""
    from kiosk.sitting.pages.gate import Gate
    from kiosk.sitting.screens.page import PageScreen

    async with seat() as at:
        outcomes: list[str] = []
        page = PageScreen(at.app, Gate(at.app.sitting))
        pushed = at.app.push_screen(page, lambda goes: outcomes.append(goes or ""))
        await at.app.run_action("go_on", page)
        await pushed
        await at.pilot.pause()
        assert outcomes == []
        page.leave_with("next")
        page.leave_with("back")
        await at.pilot.pause()
        assert outcomes == ["next"]
