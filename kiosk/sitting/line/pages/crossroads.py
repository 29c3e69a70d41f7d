"""A page that offers ways on (MO-22): the yes protocol, the choice of a list, the offer to plan. Never a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import Answer, Choice, Left, Page
from kiosk.sitting.ways import taken, ways

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Crossroads


class CrossroadsPage(Page):
    """Offer the pack's ways on; Enter alone goes on."""

    def __init__(self, face: LineFace, crossroads: Crossroads) -> None:
        super().__init__(face)
        self._crossroads = crossroads
        self._ways = ways(self.visit, crossroads)
        self._taken = taken(self.visit, self._ways)

    def blocks(self) -> Iterable[str]:
        """Say the words."""
        yield self.words.of(self._crossroads.title)
        yield from map(self.words.of, self._crossroads.body)

    def choices(self) -> Sequence[Choice]:
        """Offer the ways."""
        return [
            Choice(self.words.of(way.label), self.words.of(way.help), chosen=index == self._taken)
            for index, way in enumerate(self._ways)
        ]

    async def choose(self, index: int) -> Answer:
        """Take a way."""
        goes = self._ways[index].goes
        self.visit.opens = self._ways[index].opens
        if goes == "leave":
            raise Left
        return goes

    async def go_on(self) -> Answer:
        """Take the way that was chosen before, or just go on."""
        if self._taken is not None:
            return await self.choose(self._taken)
        self.visit.opens = None
        return "next"
