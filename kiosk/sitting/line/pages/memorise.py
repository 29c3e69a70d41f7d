"""Learning a few lines by heart (OX-04): read, hide, say them, look again. Nothing on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Command, Page
from kiosk.sitting.planning import chosen_lines, faded

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Memorise(Page):
    """The plan's lines, whole or faded to first letters."""

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        self._faded = False

    def blocks(self) -> Iterable[str]:
        """Say the lines."""
        yield self.words("memorise-title")
        yield self.words("memorise-body")
        yield ""
        for _, lines in chosen_lines(self.visit, self.words):
            for line in lines:
                yield f"- {faded(line) if self._faded else line}"

    def commands(self) -> Mapping[str, Command]:
        """Hide, and show."""
        return {**super().commands(), "show" if self._faded else "hide": self.fade}

    async def fade(self) -> Answer:
        """Hide all but first letters, or show the lines again."""
        self._faded = not self._faded
        return AFRESH
