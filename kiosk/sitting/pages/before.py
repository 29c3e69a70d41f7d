"""A visitor who was here before: she asks to take back what she kept, by number and words; answered alike for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.keeping import Result
from kiosk.sitting.pages.page import Act, Block, Doing, Field, Kind, Page, Reply, Say
from kiosk.sitting.pages.withdrawal_request import NUMBER_LENGTH, WORDS_LENGTH, number_in, slip

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting

NUMBER, WORDS = "before-number", "before-words"
"""The fields, by the keys of their labels."""


class Before(Page):
    """Number and words go out sealed like any record. Nobody here can look a number up, so none is known or unknown."""

    name = "before"
    private = False
    go_on_word = "before-skip"
    numbers_going_on = "last"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._typed = {NUMBER: "", WORDS: ""}

    def blocks(self) -> Iterable[Block]:
        """Say what can be asked."""
        yield Block(self.words("before-title"), Kind.TITLE)
        yield Block(self.words("before-body"))
        yield Block("", Kind.OFFERS)
        yield Block(self.words("before-same"), Kind.HINT)

    def fields(self) -> Sequence[Field]:
        """Give room for number and words."""
        return [
            Field(NUMBER, self.words(NUMBER), NUMBER_LENGTH, "___ ___ __"),
            Field(WORDS, self.words(WORDS), WORDS_LENGTH, "_____ _____ _____"),
        ]

    def acts(self) -> Iterable[Act]:
        """Offer to ask, with the same weight as to go on."""
        yield Act("ask", self.ask, "before-ask", key="F10", hint="key-ask", numbered=True, main=True, asks=True)

    def put(self, field: str, text: str) -> None:
        """Hold it for as long as the request takes."""
        self._typed[field] = text

    def arrive(self) -> Doing:
        """Have a number put aside for the request: it is kept as a record of its own."""
        return None if self.sitting.by_line else self._put_aside()

    async def _put_aside(self) -> Reply:
        await self.sitting.keeper.put_aside()
        return None

    def ask(self) -> Doing:
        """Pass the request on, once it could be one; whether the number is known plays no part in it."""
        if self.busy:
            return None
        number = number_in(self._typed[NUMBER], practice=self.sitting.settings.practice)
        phrase = self._typed[WORDS]
        wrong = slip(number, phrase)
        if wrong or number is None:
            return Say(self.words(wrong or ""))
        self.busy = True
        self.news(self.words("before-passing"))
        return self._pass_on(number, phrase)

    async def _pass_on(self, number: int, phrase: str) -> Reply:
        try:
            result = await self.sitting.keeper.ask(number, phrase)
        finally:
            self.busy = False
        return "nothing" if result is Result.KEPT else Say(self.words("before-failed"))
