"""The plan in a line sitting: what she types is shown once, and read back when she asks."""

from __future__ import annotations

import pytest

from kiosk.sitting.steps import DECK, HOME, HORIZON, SECTIONS, TAKE
from kiosk.sitting.words import Words
from schema.plan import FIELD_LENGTH, OWN_LENGTH, OWN_LINES, LineState
from schema.summary import PlanMode
from tests.kit import pack
from tests.screens.line.stage import Seat, seat
from tests.terminal.way import W

PLACE = next(index for index, each in enumerate(pack().sections) if each.id == "what-i-know")
KNOW = pack().sections[PLACE]
GAPS = [(index, each) for index, each in enumerate(KNOW.lines) if each.blanks]
"""Lines with something to fill in."""
CODE = next(
    (place, index, name)
    for place, section in enumerate(pack().sections)
    for index, line in enumerate(section.lines)
    for name, blank in line.blanks.items()
    if blank.masked
)
"""Part, line and gap of the code word."""
WORDS = "a blue teapot"


def times(at: Seat, text: str) -> int:
    """How often a text was written at all."""
    return bytes(at.log).count(text.encode())


async def open_part(at: Seat, place: int) -> None:
    await at.say(str(place + 1))
    if at.page == "AskFirst":
        await at.say("1")
    assert at.page == "SectionPage"


async def test_a_line_is_taken_and_its_gap_filled() -> None:
    """MO-32: a number takes a line into the plan and asks for what is open; the count stands in the list of parts."""
    index, line = GAPS[0]
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(index + 1))
        assert at.page == "BlankPage"
        await at.say(WORDS)
        assert at.page == "SectionPage"
        assert W("line-filled") in at.text
        assert at.face.sitting.visit.plan.lines[line.id].blanks == {next(iter(line.blanks)): WORDS}
        await at.say("")
        assert W("plan-lines", count=1) in at.text


async def test_what_she_typed_is_written_once() -> None:
    """Design: no private line is echoed twice; only `show`, on the page that reads the plan back, writes it again."""
    index, _ = GAPS[0]
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(index + 1), WORDS, str(len(KNOW.lines) + 1), "and a red door", "", "")
        assert at.step == TAKE
        assert W("line-typed") in at.text
        assert (times(at, WORDS), times(at, "a red door")) == (1, 1)
        await at.say("show")
        assert WORDS in at.text and "and a red door" in at.text
        await at.say("hide")
        assert WORDS not in at.text
        assert times(at, WORDS) == 2


async def test_a_code_word_is_stars() -> None:
    """MO-36: a code word is not written at all before she asks for the plan to be shown."""
    place, index, _ = CODE
    async with seat(SECTIONS) as at:
        await open_part(at, place)
        await at.say(str(index + 1))
        while not at.face.page.masked:  # type: ignore[union-attr]
            await at.say("")
        await at.send(b"teapott\x7f")
        assert "******" in at.text and "*******" not in at.text
        await at.say("", "", "")
        assert at.step == TAKE
        assert times(at, "teapot") == 0
        await at.say("show")
        assert "teapot" in at.text


async def test_a_line_is_taken_out_again() -> None:
    """A line in the plan opens: its gaps can be filled anew, emptied, and it can be taken out."""
    index, line = GAPS[0]
    name = next(iter(line.blanks))
    number = str(index + 1)
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(number, WORDS, number, "2", "other words")
        made = at.face.sitting.visit.plan.lines[line.id]
        assert made.blanks[name] == "other words"
        await at.say("2", "none")
        assert made.blanks[name] == ""
        await at.say("1")
        assert at.page == "SectionPage" and not made.ticked


async def test_fields_keep_what_was_typed_as_it_is() -> None:
    """In a field digits and other words are content; Enter alone leaves it; back leaves it; leave leaves at once."""
    index, line = GAPS[0]
    name = next(iter(line.blanks))
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(index + 1), "555 0101")
        assert at.face.sitting.visit.plan.lines[line.id].blanks[name] == "555 0101"
        await at.say(str(index + 1), "2", "")
        assert at.face.sitting.visit.plan.lines[line.id].blanks[name] == "555 0101"
        await at.say("2", "back", "2", "leave")
        assert at.left


async def test_a_key_cuts_in_and_loses_nothing() -> None:
    """F9 hides a half-typed line at once; when she goes on it is there."""
    index, line = GAPS[0]
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(index + 1))
        await at.send(b"a blue \x1b[20~")
        assert "a blue" not in at.text
        await at.send(b"\x1b[20~\x1b[20~teapot\r")
        assert at.face.sitting.visit.plan.lines[line.id].blanks == {next(iter(line.blanks)): WORDS}


@pytest.mark.parametrize(("field", "limit"), [("gap", FIELD_LENGTH), ("own", OWN_LENGTH)])
async def test_too_long_is_said(field: str, limit: int) -> None:
    """Nothing is cut silently: what is kept of a line that is too long is said."""
    index, line = GAPS[0]
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(index + 1) if field == "gap" else str(len(KNOW.lines) + OWN_LINES))
        await at.say("x" * (limit + 40))
        plan = at.face.sitting.visit.plan
        kept = plan.lines[line.id].blanks[next(iter(line.blanks))] if field == "gap" else plan.own[KNOW.id][-1]
        assert kept == "x" * limit
        assert W("line-too-long", count=limit).encode() in bytes(at.log)


async def test_a_part_that_asks_first() -> None:
    """SC-11: Enter alone and no keep it closed and note nothing; yes opens it from then on."""
    place = next(index for index, each in enumerate(pack().sections) if each.ask_first)
    async with seat(SECTIONS) as at:
        for answer in ("", "2", "back"):
            await at.say(str(place + 1), answer)
            assert at.page == "Sections" and at.face.sitting.visit.opened == {}
        await at.say(str(place + 1), "1")
        assert at.page == "SectionPage"
        await at.say("", str(place + 1))
        assert at.page == "SectionPage"


async def test_the_caution_stands_first() -> None:
    """MO-42: a part's caution is read before its lines, a line's before the line."""
    place = next(index for index, each in enumerate(pack().sections) if each.caution)
    section = pack().sections[place]
    async with seat(SECTIONS, size=(100, 300)) as at:
        await open_part(at, place)
        assert at.text.index(W.of(section.caution)[:40]) < at.text.index(W.of(section.intro)[:40])


async def test_three_states() -> None:
    """SL-01: where the policy tells three states apart, a number opens the line, and the next says which it is."""
    made = pack("gb-safelives")
    words = Words(made, "en")
    place, section = next((index, each) for index, each in enumerate(made.sections) if not each.ask_first)
    async with seat(SECTIONS, name="gb-safelives", size=(100, 300)) as at:
        await open_part(at, place)
        for index, state in ((0, LineState.WANTED), (1, LineState.TALKED), (2, LineState.NOT_FOR_ME)):
            await at.say(str(index + 1), str(index + 1))
            while at.page == "BlankPage":
                await at.say("")
            assert at.page == "SectionPage"
            assert at.face.sitting.visit.plan.lines[section.lines[index].id].state is state
            assert f"[{words(f'state-{state.value}')}]" in at.text
        await at.say("2", "4")
        assert at.face.sitting.visit.plan.lines[section.lines[1].id].state is LineState.OPEN
        await at.say("", "")
        assert words("state-not-for-me") in at.text and words("state-talked") not in at.text


async def test_by_heart() -> None:
    """OX-04: lines to learn, faded and shown by words; the way is noted by its code."""
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(len(KNOW.lines) + 1), WORDS, "", "", "2")
        assert at.face.sitting.visit.plan_mode is PlanMode.MEMORISED
        assert at.page == "Memorise" and WORDS in at.text
        await at.say("hide", "hide", "hide")
        assert WORDS not in at.text and "a b... t....." in at.text
        await at.say("hide", "hide")
        assert "1. ____" in at.text
        await at.say("show")
        assert WORDS in at.text


async def test_a_long_plan_is_learned_in_part() -> None:
    """OX-04: of many lines she chooses by number, five at most, and Enter goes on with those."""
    async with seat(SECTIONS, size=(100, 200)) as at:
        places = [index for index, each in enumerate(pack().sections) if not each.ask_first][:2]
        for place in places:
            await open_part(at, place)
            for own in range(OWN_LINES):
                await at.say(str(len(pack().sections[place].lines) + own + 1), WORDS)
            await at.say("")
        await at.say("", "2")
        assert at.page == "Memorise"
        await at.say("1", "2", "3", "4", "5", "6")
        assert W("line-enough", count=5) in at.text
        await at.say("5", "")
        assert "4. " in at.text and "5. " not in at.text.split(">")[0]
        await at.say("back", "back")
        assert at.step == TAKE


async def test_cards_to_talk_about() -> None:
    """OR-17: her plan, spoken, comes card by card, in any order; without a plan the pack's own questions do."""
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(len(KNOW.lines) + 1), WORDS, str(len(KNOW.lines) + 2), "a red door", "", "", "1")
        assert at.page == "Deck" and at.face.sitting.visit.plan_mode is PlanMode.SPOKEN
        assert WORDS in at.text and "a red door" not in at.text
        await at.say("1")
        assert "a red door" in at.text and WORDS not in at.text
        await at.say("1", "2", "go on")
        assert at.step.page != "deck"


async def test_a_way_that_opens_a_part() -> None:
    """OR-02: a horizon opens its part of the plan at once, and cards come without a plan."""
    made = pack("us-or-multnomah")
    crossroads = next(each for each in made.crossroads if each.id == "horizon")
    opens = [(index, way) for index, way in enumerate(crossroads.ways) if way.opens]
    assert opens
    for index, way in opens:
        async with seat(HORIZON, name="us-or-multnomah", role="staff") as at:
            await at.say(str(index + 1))
            section = next(each for each in made.sections if each.id == way.opens)
            assert at.page == ("AskFirst" if section.ask_first else "SectionPage")
    async with seat(DECK, name="us-or-multnomah", role="staff") as at:
        assert W("deck-another") in at.text


async def test_something_changed_inside_a_part() -> None:
    """MO-18: it leaves the part and the plan, wherever she is in it."""
    async with seat(SECTIONS) as at:
        await open_part(at, PLACE)
        await at.say(str(GAPS[0][0] + 1), "changed")
        assert at.page == "CrossroadsPage" and at.step.id == "changed"


async def test_an_interpreter_by_a_number() -> None:
    """OR-14: the home page offers it, and says what to ask for in every language of the pack."""
    async with seat(HOME) as at:
        await at.say("4")
        assert "Show this page to the staff" in at.text
        assert "Muestre esta página al personal" in at.text


async def test_her_word_and_who_helps() -> None:
    """OR-05, SC-08: both stand after the parts of the plan, by number; the plan read back says who helps."""
    made = pack("us-ca-county")
    parts = len(made.sections)
    async with seat(SECTIONS, name="us-ca-county") as at:
        await at.say(str(parts + 1))
        await at.say("3")
        assert at.face.sitting.words.with_numbers("{someone}") == "my partner"
        await at.say(str(parts + 2))
        await at.say("2")
        await at.say("")
        assert at.page == "Sections"
        assert at.face.sitting.visit.plan.helpers == {made.helpers[1].id}
        await at.say("")
        assert "Who helps: school" in at.text
