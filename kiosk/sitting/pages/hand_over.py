"""Her answers, shown to staff who enter her in the general list: item by item, and covered by any key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Act, Doing, Open, Page, Reply, nothing_more
from kiosk.sitting.summarising import answer_in_words, asked, factor_in_words

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting

ENTERED = "entered"
"""How the page for staff is left once they have entered her."""


class HandOver(Page):
    """What she agrees to give: every coded answer in words, and she can strike each. Nothing about harm is here."""

    name = "hand-over"
    ticks = True
    common = ("why", "language", "back", "pause", "leave")
    go_on_word = "hand-over-show"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.struck: set[int] = set()
        """The answers that she does not give, by their place."""

    def _items(self) -> list[str]:
        """What she answered to each question that the list asks, too."""
        words, visit = self.words, self.visit
        return [
            f"{factor_in_words(each, words)}: {answer_in_words(visit, each, words)}"
            for each in asked(visit)
            if visit.given(each) is not None
        ]

    def blocks(self) -> Iterable[Block]:
        """Say what is shown, and that each can be struck."""
        yield Block(self.words("hand-over-title"), Kind.TITLE)
        yield Block(self.words("hand-over-body" if self._items() else "hand-over-none"))

    def offers(self) -> Sequence[Offer]:
        """List them; what is ticked is given."""
        return [Offer(text, chosen=at not in self.struck) for at, text in enumerate(self._items())]

    def pick(self, index: int | None) -> Reply:
        """Strike an answer, or give it after all."""
        if index is not None:
            self.struck ^= {index}
        return None

    def go_on(self) -> Doing:
        """Show staff what she gives; with nothing to give there is nothing to show."""
        given = [item for at, item in enumerate(self._items()) if at not in self.struck]
        return Open(ForStaff(self.sitting, given), self._covered) if given else Say(self.words("hand-over-none"))

    def _covered(self, goes: str) -> Reply:
        return goes if goes == ENTERED else nothing_more(goes)


class ForStaff(Page):
    """The answers that she gives, for staff to read. Any key covers them; one says that they are entered."""

    name = "for-staff"
    common = ("leave",)
    go_on_word = "hand-over-cover"

    def __init__(self, sitting: Sitting, given: Sequence[str]) -> None:
        super().__init__(sitting)
        self._given = given

    def blocks(self) -> Iterable[Block]:
        """Say them."""
        yield Block(self.words("hand-over-staff"), Kind.TITLE)
        yield from (Block(text, Kind.RECORD) for text in self._given)
        yield Block(self.words("hand-over-keys"), Kind.HINT, line=self.words("line-hand-over-keys"))

    def acts(self) -> Iterable[Act]:
        """Let staff say that they have entered her."""
        yield Act("entered", self.entered, "hand-over-entered", key="F10", hint="key-entered", numbered=True)
        yield Act("hide", self.go_on, key="F5", hint="key-cover", also=("escape", "space", "backspace"), typed=True)

    def go_on(self) -> Reply:
        """Cover them."""
        return "hide"

    def other_key(self) -> Reply:
        """Cover them, whatever is pressed."""
        return "hide"

    def typed(self, text: str) -> Doing:
        """Cover them, whatever is typed line by line."""
        return "hide"

    def not_understood(self, text: str) -> str:
        """Say nothing of what was typed: the page is covered."""
        return self.words("hand-over-keys")

    def entered(self) -> Doing:
        """Have it counted: a number of people, and nobody's."""
        if self.busy:
            return None
        self.busy = True
        return self._entered()

    async def _entered(self) -> Reply:
        try:
            await self.sitting.keeper.entered()
        finally:
            self.busy = False
        return ENTERED
