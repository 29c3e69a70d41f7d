"""Learning a few lines by heart (OX-04): choose them, then say them with fewer and fewer words. Nothing on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page
from kiosk.sitting.planning import MOST, NOTHING, chosen_lines, faded

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Memorise(Page):
    """Three to five lines of her plan, at her own pace. A short plan is learned whole."""

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        many = len(self._plan())
        self._choosing = many > MOST
        self._picked = [] if self._choosing else list(range(many))
        self._step = 0

    def _plan(self) -> list[str]:
        return [line for _, lines in chosen_lines(self.visit, self.words) for line in lines]

    def blocks(self) -> Iterable[str]:
        """Say what to do, and the lines to learn."""
        yield self.words("memorise-title")
        yield self.words("line-memorise-choose" if self._choosing else "line-memorise-body")
        if not self._choosing:
            plan = self._plan()
            yield ""
            yield from (f"{count}. {faded(plan[at], self._step)}" for count, at in enumerate(self._picked, 1))

    def choices(self) -> Sequence[Choice]:
        """Number the lines while she chooses; then what can be done with them."""
        if self._choosing:
            return [Choice(line, chosen=at in self._picked) for at, line in enumerate(self._plan())]
        return ()

    def commands(self) -> Mapping[str, Command]:
        """Hide more words, and show them."""
        usual = super().commands()
        return usual if self._choosing else {**usual, "hide": self.hide, "show": self.show}

    async def choose(self, index: int) -> Answer:
        """Take a line, or leave it again; a sixth one stays out."""
        if not self._choosing:
            return self.face.say("line-no-number")
        if index in self._picked:
            self._picked.remove(index)
        elif len(self._picked) < MOST:
            self._picked.append(index)
            self._picked.sort()
        else:
            return self.face.say("line-enough", count=MOST)
        return AFRESH

    async def hide(self) -> Answer:
        """Leave out more words."""
        self._step = min(self._step + 1, NOTHING)
        return AFRESH

    async def show(self) -> Answer:
        """Say the lines whole."""
        self._step = 0
        return AFRESH

    async def go_on(self) -> Answer:
        """Learn what she chose; with nothing chosen, or once it is learned, go on."""
        if self._choosing and self._picked:
            self._choosing = False
            return AFRESH
        return "next"

    async def back(self) -> Answer:
        """Come back to choosing, or to the page before."""
        if self._choosing or len(self._plan()) <= MOST:
            return "back"
        self._choosing, self._step = True, 0
        return AFRESH
