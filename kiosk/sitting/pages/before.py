"""A visitor who was here before: she asks to take back what she kept, by number and words; answered alike for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.keeping import Result
from kiosk.sitting.pages.elements import Block, Kind, Say
from kiosk.sitting.pages.number_and_words import NumberAndWords
from kiosk.sitting.pages.page import Act, Doing, Reply
from kiosk.sitting.pages.withdrawal_request import slip

if TYPE_CHECKING:
    pass


class Before(NumberAndWords):
    """Number and words go out sealed like any record. Nobody here can look a number up, so none is known or unknown."""

    name = "before"
    private = False
    go_on_word = "before-skip"
    numbers_going_on = "last"

    def blocks(self) -> Iterable[Block]:
        """Say what can be asked."""
        yield Block(self.words("before-title"), Kind.TITLE)
        yield Block(self.words("before-body"))
        yield Block("", Kind.OFFERS)
        yield Block(self.words("before-same"), Kind.HINT)

    def acts(self) -> Iterable[Act]:
        """Offer to ask, with the same weight as to go on."""
        yield Act("ask", self.ask, "before-ask", key="F10", hint="key-ask", numbered=True, main=True, asks=True)

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
        number, phrase = self.number, self.phrase
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
