"""What somebody can do who was here before: ask for news, change her answers, let her release run on, take all back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kiosk.sitting.keeping import Result
from kiosk.sitting.pages.elements import Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Doing, Page, Reply
from kiosk.sitting.pages.release import Release

NEWS, CHANGE, RENEW, TAKE = "news", "change", "renew", "take"
WAYS: Final = (NEWS, CHANGE, RENEW, TAKE)


class Requesting(Page):
    """A page that passes a request on, sealed like any record; whether the number is known plays no part in it."""

    private = False

    def arrive(self) -> Doing:
        """Forget that she wanted to change her answers, if she comes back from there."""
        self.sitting.keeper.changing = None
        return None

    async def pass_on(self, *, renewal: bool) -> Reply:
        """Seal it and have it kept."""
        claim = self.sitting.claim
        assert claim is not None
        try:
            result = await self.sitting.keeper.ask(claim, renewal=renewal)
        finally:
            self.busy = False
        return "nothing" if result is Result.KEPT else Say(self.words("before-failed"))

    def begin(self) -> None:
        """Say that it is on its way."""
        self.busy = True
        self.news(self.words("before-passing"))


class CameBack(Requesting):
    """One page of choices, the same for every number."""

    name = "came-back"
    open_question = True

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("came-title"), Kind.TITLE)
        yield Block("", Kind.OFFERS)
        yield Block(self.words("came-where"), Kind.HINT)
        yield Block(self.words("before-same"), Kind.HINT)

    def _ways(self) -> list[str]:
        return [way for way in WAYS if way != RENEW or self.sitting.pack.release.required]

    def offers(self) -> Sequence[Offer]:
        """Offer them, each of the same weight."""
        words = self.words
        return [
            Offer(words(f"came-{way}"), words(f"came-{way}-help"), chosen=at == self.chosen)
            for at, way in enumerate(self._ways())
        ]

    def go_on(self) -> Doing:
        """Do what she chose; with nothing chosen, go on to the housing questions."""
        if self.busy:
            return None
        way = "" if self.chosen is None else self._ways()[self.chosen]
        if way == TAKE:
            self.begin()
            return self.pass_on(renewal=False)
        if way == CHANGE:
            self.sitting.keeper.changing = self.sitting.claim
        return {NEWS: "news", RENEW: "renew"}.get(way, "questions")


class Renew(Requesting, Release):
    """What leaves, to whom and until when, once more; nothing chosen is no."""

    name = "renew"

    def go_on(self) -> Doing:
        """Pass a yes on; a no leads back."""
        if self.busy:
            return None
        if self.chosen != 0:
            return "back"
        self.begin()
        return self.pass_on(renewal=True)
