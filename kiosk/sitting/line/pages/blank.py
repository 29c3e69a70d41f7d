"""A field: one line in her own words. It is shown once, as it is typed, and a code word not even then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kiosk.sitting.line.commands import spoken
from kiosk.sitting.line.page import Answer, Command, Page
from kiosk.sitting.planning import gapped
from kiosk.terminal.text import clean
from schema.plan import FIELD_LENGTH, OWN_LENGTH, OWN_LINES

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Line, Section


class Field(Page):
    """Something to type. Digits are what they are; only a few words keep their meaning."""

    is_field = True
    go_on_word = "line-as-it-was"

    def commands(self) -> Mapping[str, Command]:
        """What has to mean something everywhere."""
        return {
            "changed": self.changed,
            "back": self.back,
            "pause": self.face.pause,
            "help": self.face.help,
            "leave": self.leave,
        }

    def hint(self) -> Iterable[str]:
        """Yield how to type, and how to take back what was typed before."""
        yield self.words("line-type-here")
        if self.has_text():
            yield self.words("line-empty-it", word=spoken("none", self.words))

    def has_text(self) -> bool:
        """Whether something was typed here before."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Keep it, in memory."""
        raise NotImplementedError

    async def take(self, text: str) -> Answer:
        """Keep what was typed; one word empties the field."""
        from kiosk.sitting.line.commands import find

        empties = self.has_text() and find(text, ("none",), self.words)
        self.put("" if empties else clean(text))
        return "next"


class BlankPage(Field):
    """A gap in a line of the plan."""

    limit = FIELD_LENGTH

    def __init__(self, face: LineFace, line: Line, name: str) -> None:
        super().__init__(face)
        self._line, self._name = line, name
        self.masked = line.blanks[name].masked

    def blocks(self) -> Iterable[str]:
        """Say the line, and what goes into the gap."""
        blank = self._line.blanks[self._name]
        yield gapped(self._line, self.words)
        yield self.words("line-gap", label=self.words.of(blank.label))
        if blank.fill == "hotline":
            yield self.words("line-filled-in", value=self.words.hotline)
        yield from self.hint()

    def has_text(self) -> bool:
        """Whether the gap is filled."""
        return bool(self.visit.plan.line(self._line.id).blanks.get(self._name))

    def put(self, text: str) -> None:
        """Fill the gap."""
        self.visit.plan.line(self._line.id).blanks[self._name] = text


class OwnLine(Field):
    """A line of her own."""

    limit = OWN_LENGTH

    def __init__(self, face: LineFace, section: Section, index: int) -> None:
        super().__init__(face)
        self._section, self._index = section, index

    def blocks(self) -> Iterable[str]:
        """Say which part it belongs to."""
        yield self.words.of(self._section.title)
        yield self.words("line-own")
        yield from self.hint()

    def _lines(self) -> list[str]:
        return self.visit.plan.own.setdefault(self._section.id, [""] * OWN_LINES)

    def has_text(self) -> bool:
        """Whether there is such a line."""
        return bool(self._lines()[self._index])

    def put(self, text: str) -> None:
        """Keep it."""
        self._lines()[self._index] = text


async def fill_in(face: LineFace, line: Line) -> str:
    """Ask for everything that is open in a line, one after the other. Returns how the last of them was left."""
    for name in line.blanks:
        goes = await face.serve(BlankPage(face, line, name))
        if goes != "next":
            return goes
    return "next"
