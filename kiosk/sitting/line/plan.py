"""The lines of a plan, line by line: a line opened, its gaps and her own lines typed in, one at a time.

What she types is shown once, as it is typed, and a code word not even then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.commands import find
from kiosk.sitting.line.typing_page import Typing
from kiosk.sitting.pages.elements import Block, Field, Kind, Offer
from kiosk.sitting.pages.page import Doing, Open, Page, Reply, nothing_more
from kiosk.sitting.planning import gapped
from schema.plan import FIELD_LENGTH, OWN_LENGTH, LineState

if TYPE_CHECKING:
    from kiosk.sitting.pages.section import SectionPage
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Line


def open_line(part: SectionPage, index: int) -> Reply:
    """Take a line into the plan and ask for what is open in it, or open one that is in it, or one of her own."""
    lines = part.section.lines
    if index >= len(lines):
        return Open(OwnLine(part, index - len(lines)), nothing_more)
    line = lines[index]
    if part.made(line).ticked or part.three_states:
        return Open(PlanLinePage(part, line), nothing_more)
    part.mark(line, LineState.WANTED)
    return fill_in(part, line, nothing_more("next"))


def fill_in(part: SectionPage, line: Line, done: Reply, first: int = 0) -> Reply:
    """Ask for everything that is open in a line, one after the other; then reply with `done`."""
    names = list(line.blanks)
    if first >= len(names):
        return done
    page = BlankPage(part, line, names[first])
    return Open(page, lambda goes: fill_in(part, line, done, first + 1) if goes == "next" else nothing_more(goes))


class Own(Typing):
    """Something to type that may have been typed before."""

    go_on_word = "line-as-it-was"

    def hint(self) -> Iterable[Block]:
        """Yield how to type, and how to take back what was typed before."""
        yield Block(self.words("line-type-here"))
        if self.has_text():
            yield Block(self.words("line-empty-it", word=self.words("line-none")))

    def has_text(self) -> bool:
        """Whether something was typed here before."""
        raise NotImplementedError

    def keep(self, text: str) -> None:
        """Hold it, in memory."""
        raise NotImplementedError

    def take(self, text: str) -> Doing:
        """Hold what was typed; one word empties the field."""
        self.keep("" if self.has_text() and find(text, ("none",), self.words) else text)
        return "next"


class BlankPage(Own):
    """A gap in a line of the plan."""

    name = "blank"
    limit = FIELD_LENGTH

    def __init__(self, part: SectionPage, line: Line, gap: str) -> None:
        super().__init__(part.sitting)
        self._part, self._line, self._gap = part, line, gap
        self.masked = line.blanks[gap].masked

    def blocks(self) -> Iterable[Block]:
        """Say the line, and what goes into the gap."""
        blank = self._line.blanks[self._gap]
        yield Block(gapped(self._line, self.words))
        yield Block(self.words("line-gap", label=self.words.of(blank.label)))
        if blank.fill == "hotline":
            yield Block(self.words("line-filled-in", value=self.words.hotline))
        yield from self.hint()

    def why(self) -> str:
        """Say why this line may help."""
        return self.words.of(self._line.why) or super().why()

    def has_text(self) -> bool:
        """Whether the gap is filled."""
        return bool(self._part.made(self._line).blanks.get(self._gap))

    def keep(self, text: str) -> None:
        """Fill the gap."""
        self._part.fill(self._line, self._gap, text)


class OwnLine(Own):
    """A line of her own."""

    name = "own-line"
    limit = OWN_LENGTH

    def __init__(self, part: SectionPage, at: int) -> None:
        super().__init__(part.sitting)
        self._part, self._at = part, at

    def blocks(self) -> Iterable[Block]:
        """Say which part it belongs to."""
        yield Block(self.words.of(self._part.section.title))
        yield Block(self.words("line-own"))
        yield from self.hint()

    def has_text(self) -> bool:
        """Whether there is such a line."""
        return bool(self._part.own()[self._at])

    def keep(self, text: str) -> None:
        """Hold it."""
        self._part.write(self._at, text)


class PlanLinePage(Page):
    """A line of the plan, opened. Three states come first where they are told apart; then it goes out, or is filled."""

    name = "plan-line"
    go_on_word = "close"

    def __init__(self, part: SectionPage, line: Line) -> None:
        super().__init__(part.sitting)
        self._part, self._line = part, line
        self._marks = part.states[1:] if part.three_states else ()

    def blocks(self) -> Iterable[Block]:
        """Say the line, its caution ahead of it and its reason after it."""
        yield Block(self.words.of(self._line.caution), Kind.CAUTION)
        yield Block(gapped(self._line, self.words))
        yield Block(self.words.of(self._line.why))

    def offers(self) -> Sequence[Offer]:
        """Offer what can become of it, to take it out, and each gap."""
        words, made = self.words, self._part.made(self._line)
        marks = [Offer(words(f"state-{each.value}"), chosen=each is made.state) for each in self._marks]
        gaps = [
            Offer(
                words("line-gap", label=words.of(blank.label)),
                words("line-filled") if made.blanks.get(name) else "",
            )
            for name, blank in self._line.blanks.items()
        ]
        return [*marks, Offer(words("line-take-out")), *gaps]

    def why(self) -> str:
        """Say why this line may help."""
        return self.words.of(self._line.why) or super().why()

    def answer(self, index: int | None) -> Doing:
        """Mark the line, take it out, or fill a gap."""
        index = index or 0
        if index < len(self._marks):
            self._part.mark(self._line, self._marks[index])
            return fill_in(self._part, self._line, "next") if self._part.made(self._line).ticked else "next"
        index -= len(self._marks)
        if index == 0:
            self._part.mark(self._line, LineState.OPEN)
            return "next"
        return Open(BlankPage(self._part, self._line, list(self._line.blanks)[index - 1]), nothing_more)


class FieldPage(Typing):
    """One of a page's fields."""

    name = "field"
    common = ("back", "pause", "leave")

    def __init__(self, sitting: Sitting, field: Field) -> None:
        super().__init__(sitting)
        self._label = field.label
        self.limit = field.limit
        self.text = ""
        """What she typed."""

    def blocks(self) -> Iterable[Block]:
        """Say what to type."""
        yield Block(self._label)

    def take(self, text: str) -> Doing:
        """Hold it."""
        self.text = text
        return "next"
