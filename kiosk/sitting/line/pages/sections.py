"""The parts of the safety plan, in whatever order she picks them (MO-32)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.line.pages.her_plan import Helping, PersonWord
from kiosk.sitting.line.pages.section import SectionPage
from kiosk.sitting.planning import count

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Section


class Sections(Page):
    """A number opens a part; Enter alone goes on."""

    go_on_word = "plan-go-on"

    def blocks(self) -> Iterable[str]:
        """Say what a plan is."""
        yield self.words("plan-title")
        yield self.words("plan-body")

    def choices(self) -> Sequence[Choice]:
        """List the parts with how many lines of each are in the plan."""
        parts = [
            Choice(self.words.of(each.title), self.words("plan-lines", count=lines) if lines else "")
            for each in self.face.pack.sections
            for lines in (count(self.visit, each),)
        ]
        return parts + [Choice(self.words(word)) for word, _ in self._beside()]

    def _beside(self) -> list[tuple[str, type[Page]]]:
        """What stands after the parts, where the pack has it: her word for the person, and who helps."""
        pack = self.face.pack
        found: list[tuple[str, type[Page]]] = [("someone-button", PersonWord)] if pack.person_words else []
        return [*found, ("helpers-button", Helping)] if pack.helpers else found

    async def choose(self, index: int) -> Answer:
        """Open a part; one that asks first opens on yes, and on no says and notes nothing (SC-11)."""
        sections = self.face.pack.sections
        if index < len(sections):
            return await self._open(sections[index])
        _, page = self._beside()[index - len(sections)]
        goes = await self.face.serve(page(self.face))
        return AFRESH if goes in ("next", "back") else goes

    async def arrived(self) -> Answer:
        """Open the part that the way here asked for, at once."""
        wanted, self.visit.opens = self.visit.opens, None
        section = next((each for each in self.face.pack.sections if each.id == wanted), None)
        return None if section is None else await self._open(section)

    async def _open(self, section: Section) -> Answer:
        if section.ask_first and not self.visit.opened.get(section.id):
            goes = await self.face.serve(AskFirst(self.face, section))
            if goes != "yes":
                return AFRESH if goes == "back" else goes
            self.visit.opened[section.id] = True
        goes = await self.face.serve(SectionPage(self.face, section))
        return AFRESH if goes in ("next", "back") else goes


class AskFirst(Page):
    """Ask for permission before a part opens (SC-11)."""

    def __init__(self, face: LineFace, section: Section) -> None:
        super().__init__(face)
        self._section = section

    def blocks(self) -> Iterable[str]:
        """Ask; Enter alone is no."""
        yield self.words.of(self._section.ask_first)

    def choices(self) -> Sequence[Choice]:
        """Offer yes and no."""
        return [Choice(self.words("yes")), Choice(self.words("no"))]

    async def choose(self, index: int) -> Answer:
        """Take the answer."""
        return "back" if index else "yes"

    async def go_on(self) -> Answer:
        """Nothing chosen is no."""
        return "back"
