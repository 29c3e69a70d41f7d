"""All that would be stored, in words, with the number that would be hers. Only `keep` keeps; Enter never does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.keeping import Result
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page
from kiosk.sitting.record import in_words
from kiosk.vault.numbers import show

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Review(Page):
    """The review page. Keep and keep nothing weigh the same."""

    go_on_word = "keep-nothing"

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        self._failed: Result | None = None
        self._task: asyncio.Task[None] | None = None
        """Asks for a number. It is never cut short: its answer would be taken for the answer to the next question."""

    def blocks(self) -> Iterable[str]:
        """Say the number, then every stored answer, then what a panic can no longer undo."""
        words = self.words
        yield words("review-title")
        yield self._number()
        yield words("review-body")
        yield from (f"- {label}: {answer}" for label, answer in in_words(self.visit, words))
        yield words("review-never")
        yield words("review-window")

    def _number(self) -> str:
        if self._failed is not None:
            return f"{self.words(self._failed.value)} {self.words('number-none')}"
        number = self.face.keeper.number
        return self.words("number-coming") if number is None else self.words("number-not-yet", number=show(number))

    def choices(self) -> Sequence[Choice]:
        """Offer both ways with the same weight."""
        return [Choice(self.words("keep")), Choice(self.words("keep-nothing"))]

    def commands(self) -> Mapping[str, Command]:
        """Add the word that keeps."""
        return {**super().commands(), "keep": self.keep}

    def shown(self) -> None:
        """Have a number put aside; nothing is on any disk."""
        if self.face.keeper.number is None:
            self._task = asyncio.get_running_loop().create_task(self._put_aside(), name="number")

    async def _put_aside(self) -> None:
        self._failed = None if await self.face.keeper.put_aside() else Result.OTHER
        if self.face.page is self:
            self.face.interrupt(self._number())

    async def choose(self, index: int) -> Answer:
        """Keep, or keep nothing."""
        return "next" if index else await self.keep()

    async def keep(self) -> Answer:
        """Keep it: seal, commit, read back; then, and only then, say so. What is typed meanwhile is dropped."""
        self.face.say("keeping")
        result = await self.face.keeper.keep(self.visit)
        paused = await self.face.forget()
        if result is Result.KEPT:
            return "kept"
        self._failed = result
        if paused:
            return AFRESH
        self.face.glass.say([self._number()])
        return None
