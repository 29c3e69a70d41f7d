"""The parts of the safety plan, in whatever order she picks them (MO-32)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Act, Doing, Open, Page, Reply, nothing_more
from kiosk.sitting.pages.plan_extras import Helping, PersonWord
from kiosk.sitting.pages.section import SectionPage
from kiosk.sitting.planning import by_fit, count

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Section


class Sections(Page):
    """Pick a part and open it; with none picked, go on."""

    name = "sections"
    read_first = False

    @property
    def go_on_word(self) -> str:  # type: ignore[override]
        """Say what going on does now."""
        return "plan-go-on" if self.chosen is None else "plan-open"

    def blocks(self) -> Iterable[Block]:
        """Say what a plan is."""
        yield Block(self.words("plan-title"), Kind.TITLE)
        yield Block(self.words("plan-body"))

    @property
    def parts(self) -> list[Section]:
        """The parts in the order they are offered: the three that fit what she told first, then the pack's order."""
        return by_fit(self.visit)

    def offers(self) -> Sequence[Offer]:
        """List the parts with how many lines of each are in the plan."""
        return [self._offer(section, at == self.chosen) for at, section in enumerate(self.parts)]

    def _offer(self, section: Section, chosen: bool) -> Offer:
        lines = count(self.visit, section)
        label = self.words.of(section.title)
        return Offer(f"{label}  {self.words('plan-lines', count=lines)}" if lines else label, chosen=chosen)

    def acts(self) -> Iterable[Act]:
        """Add her word for the person, and who helps, where the pack has them."""
        if self.sitting.pack.person_words:
            yield Act("someone", partial(self._beside, PersonWord), "someone-button", numbered=True)
        if self.sitting.pack.helpers:
            yield Act("helpers", partial(self._beside, Helping), "helpers-button", numbered=True)

    def _beside(self, page: type[Page]) -> Reply:
        return Open(page(self.sitting), nothing_more)

    def arrive(self) -> Doing:
        """Open the part that the way here asked for, at once."""
        wanted, self.visit.opens = self.visit.opens, None
        section = next((each for each in self.sitting.pack.sections if each.id == wanted), None)
        return None if section is None else self._open(section)

    def go_on(self) -> Reply:
        """Open the picked part, or go on."""
        return "next" if self.chosen is None else self._open(self.parts[self.chosen])

    def _open(self, section: Section) -> Reply:
        if section.ask_first and not self.visit.opened.get(section.id):
            return Open(AskFirst(self.sitting, section), partial(self._asked, section))
        return Open(SectionPage(self.sitting, section), self._closed)

    def _asked(self, section: Section, goes: str) -> Reply:
        """Open a part that asks first on yes; on no, say nothing and note nothing (SC-11)."""
        if goes == "yes":
            self.visit.opened[section.id] = True
            return self._open(section)
        return self._closed(goes)

    def _closed(self, goes: str) -> Reply:
        """Come back to where she was in this list, with nothing picked, but for what leads further."""
        self.place, self.chosen = self.chosen, None
        return nothing_more(goes)


class AskFirst(Page):
    """Ask for permission before a part opens (SC-11)."""

    name = "ask-first"

    def __init__(self, sitting: Sitting, section: Section) -> None:
        super().__init__(sitting)
        self._section = section

    def blocks(self) -> Iterable[Block]:
        """Ask; nothing chosen is no."""
        yield Block(self.words.of(self._section.ask_first), Kind.TITLE)

    def offers(self) -> Sequence[Offer]:
        """Offer yes and no."""
        labels = self.words("yes"), self.words("no")
        return [Offer(label, chosen=at == self.chosen) for at, label in enumerate(labels)]

    def go_on(self) -> Reply:
        """Answer with `yes`, or with nothing at all."""
        return "yes" if self.chosen == 0 else "back"
