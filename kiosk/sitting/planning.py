"""The safety plan in words (MO-32 to MO-36): what a line says once its gaps are filled. Memory only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from kiosk.sitting.visit import YES, Visit
from kiosk.sitting.words import Words
from schema.pack import Line, Section
from schema.plan import LineState, PlanLine
from schema.summary import PlanMode

ONWARD: Final = {"spoken": "deck", "memorised": "memorise", "paper": "paper"}
"""Ways to take a plan along that have pages of their own."""
MOST: Final = 5
"""Lines that are learned by heart at once at most; more do not stay."""
FIRST_LETTERS: Final = 3
"""The step of a rehearsal that leaves the first letter of each word."""
NOTHING: Final = 4
"""The step that leaves nothing: she says the line from memory."""
FIRST: Final = 3
"""Parts of the plan that stand ahead of the others, because they fit what she told."""
GAP = "____"
"""What stands for a gap that nobody filled."""
MASK = "*****"
"""What stands for a code word until she asks to see it."""
MODES: Final = {"spoken": PlanMode.SPOKEN, "memorised": PlanMode.MEMORISED, "screen": PlanMode.SPOKEN}
"""What a summary says of each way to take a plan along; one kept on the screen only was talked through, no more."""

TICKED: Final = (LineState.OPEN, LineState.WANTED)
"""What a line can be where it is ticked or left; the first is nothing yet."""
THREE: Final = (LineState.OPEN, LineState.WANTED, LineState.TALKED, LineState.NOT_FOR_ME)
"""What a line can be where three states are told apart (SL-01)."""
SIGNS: Final = {LineState.OPEN: " ", LineState.WANTED: "x", LineState.TALKED: "o", LineState.NOT_FOR_ME: "-"}
"""The letter that stands for each."""


def ways_along(visit: Visit, *, plans_on_paper: bool) -> list[str]:
    """Return the ways to take a plan along that the role's policy allows (SC-02), on paper where plans are printed."""
    offered = {*MODES, "paper"} if plans_on_paper else {*MODES}
    return [way for way in visit.policy.ways if way in offered]


def states(visit: Visit) -> tuple[LineState, ...]:
    """Return what a line of the plan can be, as the policy of the role has it."""
    return THREE if visit.policy.three_states else TICKED


def faded(line: str, step: int = FIRST_LETTERS) -> str:
    """Leave out more of a line at each step, so that memory does the rest; at the last one nothing is left."""
    words = line.split(" ")
    match step:
        case 0:
            return line
        case 1 | 2:
            return " ".join("_" * len(word) if place % 3 >= 3 - step else word for place, word in enumerate(words))
        case 3:
            return " ".join(word[0] + "." * (len(word) - 1) if word else word for word in words)
        case _:
            return GAP


class Prompt(NamedTuple):
    """A card to talk about."""

    caution: str
    """Read before it; empty where it needs none."""
    text: str


def deck(visit: Visit, words: Words) -> list[Prompt]:
    """Return what the cards say: her own lines, or, where she has none, the pack's questions to talk about (OR-17)."""
    mine = [Prompt("", line) for _, lines in chosen_lines(visit, words) for line in lines]
    return mine or [
        Prompt(words.of(line.caution or section.caution), gapped(line, words).removesuffix(GAP).rstrip())
        for section in visit.pack.sections
        if section.prompts and (not section.ask_first or visit.opened.get(section.id))
        for line in section.lines
    ]


def gapped(line: Line, words: Words) -> str:
    """Return a line's words with every gap open."""
    text = words.raw(line.text)
    for name in line.blanks:
        text = text.replace("{" + name + "}", GAP)
    return words.with_numbers(text)


def filled(line: Line, made: PlanLine, words: Words, *, masked: bool = True, mask: str = MASK) -> str:
    """Return a line's words with what she filled in; code words stay masked unless asked for (MO-36)."""
    text = words.raw(line.text)
    for name, blank in line.blanks.items():
        value = made.blanks.get(name) or (words.hotline if blank.fill == "hotline" else "")
        if value and blank.masked and masked:
            value = mask
        text = text.replace("{" + name + "}", value or GAP)
    return words.with_numbers(text)


def chosen_lines(
    visit: Visit, words: Words, *, masked: bool = True, mask: str = MASK
) -> Iterator[tuple[Section, list[str]]]:
    """Yield each section of which something was ticked or added, with its lines in words."""
    for section in visit.pack.sections:
        lines = [
            filled(line, visit.plan.lines[line.id], words, masked=masked, mask=mask)
            for line in section.lines
            if line.id in visit.plan.lines and visit.plan.lines[line.id].ticked
        ]
        lines += [own for own in visit.plan.own.get(section.id, []) if own]
        if lines:
            yield section, lines


def recap(visit: Visit, words: Words, *, masked: bool = True) -> Iterator[tuple[Section, list[str]]]:
    """Yield each section of which something was marked or added, with its lines and, of three states, which."""
    three = visit.policy.three_states
    for section in visit.pack.sections:
        lines = []
        for line in section.lines:
            made = visit.plan.lines.get(line.id)
            if made and made.state is not LineState.OPEN:
                said = f"[{SIGNS[made.state]}] {words(f'state-{made.state.value}')}:" if three else "-"
                lines.append(f"{said} {filled(line, made, words, masked=masked)}")
        lines += [f"- {own}" for own in visit.plan.own.get(section.id, []) if own]
        if lines:
            yield section, lines


def who_helps(visit: Visit, words: Words) -> str:
    """Return the kinds of people who help, in words; nothing where she named none (SC-08)."""
    who = [words.of(each.label) for each in visit.pack.helpers if each.id in visit.plan.helpers]
    return words("helpers-recap", who=", ".join(who)) if who else ""


def by_fit(visit: Visit) -> list[Section]:
    """Return the parts of the plan: at most `FIRST` that fit what she told, then all others in the pack's order.

    Each kind of harm that she told of has its first part ahead of another's second.
    """
    sections = visit.pack.sections
    told = [question for question, code in visit.harm.items() if code == YES]
    rounds = zip_longest(*([each for each in sections if question in each.fits] for question in told))
    fit = list(dict.fromkeys(section.id for each in rounds for section in each if section is not None))[:FIRST]
    return sorted(sections, key=lambda each: fit.index(each.id) if each.id in fit else FIRST)


def count(visit: Visit, section: Section) -> int:
    """Return how many lines of a section are part of the plan."""
    ticked = sum(visit.plan.lines[line.id].ticked for line in section.lines if line.id in visit.plan.lines)
    return ticked + sum(1 for own in visit.plan.own.get(section.id, []) if own)
