"""A visitor who was here before: number and words, and then what she wants; answered alike for all."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.enquiry import Claim
from kiosk.sitting.pages.elements import Block, Kind, Say
from kiosk.sitting.pages.number_and_words import NumberAndWords
from kiosk.sitting.pages.page import Act, Doing, Reply
from kiosk.sitting.pages.withdrawal_request import slip


class Before(NumberAndWords):
    """Number and words stay in this process. Their form is looked at, and no list: none is known or unknown."""

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
        """Offer to go on with them, with the same weight as without."""
        yield Act("ask", self.ask, "before-ask", key="F10", hint="key-ask", numbered=True, main=True, asks=True)

    def arrive(self) -> Doing:
        """Forget what she wanted before she came back to this page."""
        self.sitting.claim = self.sitting.keeper.changing = None
        return None

    def ask(self) -> Reply:
        """Go on to the choices, once it could be a number with its words."""
        wrong = slip(self.number, self.phrase)
        if wrong or self.number is None:
            return Say(self.words(wrong or ""))
        self.sitting.claim = Claim(self.number, self.phrase)
        return "came-back"
