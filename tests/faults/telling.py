"""A visitor who tells everything: a canary of its own in each field that the program has, typed or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from kiosk.sitting.words import Words
from schema.pack import Section
from schema.plan import OWN_LINES
from tests.faults.canary import Canaries
from tests.faults.visitor import ASIDE, HOME, Visitor
from tests.kit import pack
from tests.terminal.keyboard import PASTE_END, PASTE_START
from tests.terminal.way import PARTS, RATHER_NOT, WAY_IN, W, head, through

PACK: Final = pack()
NEEDS: Final = [each for each in PACK.questions if each.part == "need"]
HEAD: Final = 40
"""Letters of a title that stand in its first line."""


def tell_everything(visitor: Visitor, canaries: Canaries, parts: Sequence[Section] = PARTS) -> int:
    """From the home page to the review page; every field is filled on the way, in the plan those of some parts.

    The code word's part is one of them. Returns the number put aside.
    """
    _begin(visitor, canaries)
    for section in parts:
        index = PARTS.index(section)
        _section(visitor, canaries, index, section)
    _go(visitor, ((b"\r", _title("take-title")),))
    _see_code_word(visitor, canaries)
    _go(
        visitor,
        (
            (b"\r", _title("yes")),
            (_way("yes", "go-on"), _title(NEEDS[0].id)),
            (RATHER_NOT * (len(through(NEEDS)) + 1), _title("pathway")),
            (b"1\r", _title("release")),
            (b"2\r", _title("review-title")),
        ),
    )
    return visitor.number(ASIDE)


def tell_a_little(visitor: Visitor, canaries: Canaries, *, on_paper: bool = False) -> None:
    """From the home page to the end of a visit with nothing kept; the county and one part of a plan are filled in."""
    _begin(visitor, canaries)
    _section(visitor, canaries, 0, PARTS[0])
    _go(visitor, ((b"\r", _title("take-title")),))
    if on_paper:
        _print(visitor)
    _go(visitor, ((b"\r", _title("yes")), (_way("yes", "nothing"), _title("closing"))))


HELP = head(W("keys-help"))
"""Stands on every page of help, and nowhere else."""


def _print(visitor: Visitor) -> None:
    """From the ways to take a plan along to a sheet that is printed."""
    ways = next(policy.ways for policy in PACK.policies if policy.role == "advocate")
    _go(
        visitor,
        (
            (b"%d\r" % (1 + ways.index("paper")), _title("paper")),
            (b"1\r", _title("paper-home")),
            (b"3\r", _title("paper-title")),
            (b"\x1b[21~", _head(Words(PACK, "en")("paper-done"))),
        ),
    )


def _begin(visitor: Visitor, canaries: Canaries) -> None:
    """From the home page to the parts of a plan, by way of a yes."""
    visitor.wait_for(HOME)
    visitor.be_heard()
    _county(visitor, canaries)
    before = {"her number": _fill(canaries, "her number"), "her words": b"\t" + _fill(canaries, "her words")}
    _go(
        visitor,
        (
            (WAY_IN, _title("leaving")),
            (b"\r", _title("gate")),
            (b"4\r", _title("before-title")),
            *((keys, canaries.fields[canaries.name(field)]) for field, keys in before.items()),
            (b"\x1bOS", _title("gate")),
            (b"1\r", _title("notice-confidential")),
            (b"\r\r", _title("harm-family")),
            (b"1\r", _title("safe-now")),
            (b"1\r", _title("yes")),
            (_way("yes", "plan"), _title("plan-title")),
        ),
    )


def _county(visitor: Visitor, canaries: Canaries) -> None:
    """Type into the county's field, see it there, and close the list."""
    canary = canaries.fresh("county")
    _go(visitor, ((b"c", _title("county-title")), (canary.encode(), canary)))
    visitor.press("escape")
    visitor.wait_gone(_title("county-title"))


def _section(visitor: Visitor, canaries: Canaries, index: int, section: Section) -> None:
    """Open a part of the plan, fill in every gap and every line of her own, and come back."""
    pick = b"\x1b[H" + b"\x1b[B" * index + b"\r"
    if section.ask_first:
        _go(visitor, ((pick, _head(Words(PACK, "en").of(section.ask_first))), (b"1\r", _title(section.id))))
    else:
        _go(visitor, ((pick, _title(section.id)),))
    keys = b""
    for line in section.lines:
        keys += b" "  # the tick
        for name, blank in line.blanks.items():
            keys += b"\t" + _fill(canaries, f"{line.id} {name}")
            keys += b"\t" if blank.masked else b""  # past the button that shows it
        keys += b"\t"
    for count in range(OWN_LINES):
        keys += _fill(canaries, f"{section.id} own {count}") + b"\t"
    # the field she stands in shows what she typed: only then is the page done with all of it
    last = list(canaries.fields.values())[-1]
    _go(visitor, ((keys, last), (b"\x1bOS", _title("plan-title"))))


def _fill(canaries: Canaries, field: str) -> bytes:
    """The keys that fill one field: every second one is pasted, what stands there already is taken out first."""
    canary = canaries.fresh(field).encode()
    if len(canaries.fields) % 2:
        canary = PASTE_START + canary + PASTE_END
    return b"\x05\x15" + canary


def _see_code_word(visitor: Visitor, canaries: Canaries) -> None:
    """Have the code word shown in the plan, see it, and hide it again."""
    word = canaries.fields[canaries.name("word-set word")]
    # keys act in the order typed: once help is there, the code word is shown, too
    visitor.send(b"\x1b[18~\x1bOP")
    visitor.wait_for(HELP)
    visitor.send(b"\x1bOP")
    visitor.wait_gone(HELP)
    for _ in range(40):
        before = visitor.screen_text()
        if word in before:
            break
        visitor.send(b"\x1b[6~")
        # two pages in one frame would pass the word by
        visitor.wait(partial(_differs, visitor, before), "the next page of the plan")
    visitor.wait_for(word)
    visitor.send(b"\x1b[18~")
    visitor.wait_gone(word)


def _differs(visitor: Visitor, before: str) -> bool:
    return visitor.screen_text() != before


def _go(visitor: Visitor, steps: tuple[tuple[bytes, str], ...]) -> None:
    """Send keys, and wait for the page that they lead to."""
    for keys, text in steps:
        visitor.send(keys)
        visitor.wait_for(text)


def _title(page: str) -> str:
    """What the page of this id begins with, whatever kind of page it is."""
    words = Words(PACK, "en")
    for group in (PACK.pages, PACK.crossroads, PACK.sections):
        for each in group:
            if each.id == page:
                return _head(words.of(each.title))
    for question in PACK.questions:
        if question.id == page:
            return _head(words.of(question.text))
    return _head(words(page))


def _head(text: str) -> str:
    return text if len(text) <= HEAD else text[:HEAD].rpartition(" ")[0]


def _way(crossroads: str, goes: str) -> bytes:
    """The keys that take one way of a crossroads."""
    ways = next(each.ways for each in PACK.crossroads if each.id == crossroads)
    return b"%d\r" % (1 + [way.goes for way in ways].index(goes))
