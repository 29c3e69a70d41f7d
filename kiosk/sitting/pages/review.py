"""All that would be stored, in words, with the number that would be hers. Three ways out, and none of them on Enter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.keeping import Result
from kiosk.sitting.pages.elements import Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Act, Doing, Page, Reply
from kiosk.sitting.steps import PATHWAY, RELEASE, Step
from kiosk.sitting.summarising import answer_in_words, asked, factor_in_words, rest_in_words
from kiosk.sitting.transitions import change
from kiosk.vault.numbers import show

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Review(Page):
    """The review page: each answer can be changed by itself; keep and keep nothing weigh the same."""

    name = "review"
    enter_goes_on = False
    go_on_word = "review-change"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._failed: Result | None = None

    def blocks(self) -> Iterable[Block]:
        """Say the number, then every stored answer, then what a panic can no longer undo."""
        words, visit = self.words, self.visit
        yield Block(words("review-title"), Kind.TITLE)
        yield Block("" if self._failed is None else words(self._failed.value), Kind.PROBLEM)
        yield Block(self._number(), Kind.STATE)
        yield Block(words("review-body"))
        yield Block("", Kind.OFFERS)
        for label, value in rest_in_words(visit, self.sitting.settings, words, self.sitting.snapshot.holder):
            yield Block(f"{label}: {value}", Kind.RECORD)
        yield Block(words(f"follows-{visit.pathway.name.lower()}"))
        yield Block(words("review-never"), Kind.HINT)
        yield Block(words("review-window"), Kind.HINT)

    def _rows(self) -> list[tuple[str, str, Step]]:
        """What can be changed: its label, what it says now, and the page that asks for it."""
        words, visit = self.words, self.visit
        rows = [
            (factor_in_words(each, words), answer_in_words(visit, each, words), Step("question", each.id))
            for each in asked(visit)
        ]
        rows.append((words("record-list"), words(f"pathway-{visit.pathway.name.lower()}"), PATHWAY))
        if visit.releases:
            rows.append((words("record-release"), words("yes" if visit.release else "no"), RELEASE))
        return rows

    def offers(self) -> Sequence[Offer]:
        """List them."""
        return [
            Offer(label, value=value, chosen=at == self.chosen) for at, (label, value, _) in enumerate(self._rows())
        ]

    def _number(self) -> str:
        if self.busy:
            return self.words("keeping")
        if self._failed is not None:
            return self.words("number-none")
        number = self.sitting.keeper.number
        return self.words("number-coming") if number is None else self.words("number-not-yet", number=show(number))

    def _stands(self) -> Reply:
        """Say how it stands with the number."""
        failed = "" if self._failed is None else f"{self.words(self._failed.value)} "
        return Say(f"{failed}{self._number()}")

    def acts(self) -> Iterable[Act]:
        """Offer to keep nothing and, with the same weight, to keep."""
        word = "keep" if self._failed is None else "try-again"
        yield Act("nothing", lambda: "nothing", "keep-nothing", numbered=True, main=True)
        yield Act("keep", self.keep, word, key="F10", hint="key-keep", typed=True, numbered=True, main=True)

    def go_on(self) -> Doing:
        """Change the answer that is marked; with none marked, say what can be done here. Enter alone ends nothing."""
        if self.chosen is None:
            return Say(self.words("review-choose"))
        return change(self._rows()[self.chosen][2])

    def arrive(self) -> Doing:
        """Have a number put aside; nothing is on any disk."""
        return self._put_aside() if self.sitting.keeper.number is None else None

    async def _put_aside(self) -> Reply:
        self._failed = None if await self.sitting.keeper.put_aside() else Result.OTHER
        return self._stands()

    def keep(self) -> Doing:
        """Keep it: seal, commit, read back; then, and only then, say so."""
        if self.busy:
            return None
        self.busy, self._failed = True, None
        self.news(self.words("keeping"))
        return self._keep()

    async def _keep(self) -> Reply:
        try:
            result = await self.sitting.keeper.keep(self.visit)
        finally:
            self.busy = False
        if result is Result.KEPT:
            return "kept"
        self._failed = result
        return self._stands()
