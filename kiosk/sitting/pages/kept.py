"""After Keep: the number and the words, a way to learn them, and where to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.directory import holding, service, where_to_ask
from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Say
from kiosk.sitting.pages.hand_over import ENTERED, HandOver
from kiosk.sitting.pages.home import entry
from kiosk.sitting.pages.page import Act, Doing, Open, Page, Reply, nothing_more
from kiosk.sitting.pages.recall import Recall
from kiosk.vault.numbers import show
from schema.summary import Pathway

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting

HIDDEN = "*** *** **"
"""What stands for a number that is hidden."""


class KeptPage(Page):
    """Said once, and only after the record was committed and read back. A kept record is not unkept by going back."""

    name = "kept"
    common = ("why", "language", "staff", "pause", "leave", "voice")
    go_on_word = "i-know-it"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.large = False
        self.hidden = False
        self.known = False
        """Whether she gave number and words back once."""

    def blocks(self) -> Iterable[Block]:
        """Say number, rhythm, phrase and where to ask."""
        words, keeper = self.words, self.sitting.keeper
        number = show(keeper.number or 0)
        first, second, third = (" ".join(group) for group in number.split())
        phrase = " ".join("*****" for _ in keeper.phrase.split()) if self.hidden else keeper.phrase
        yield Block(words("kept-practice" if self.sitting.settings.practice else "kept-title"), Kind.TITLE)
        kind = Kind.LARGE_NUMBER if self.large and not self.hidden else Kind.PHRASE
        yield Block(HIDDEN if self.hidden else number, kind)
        yield Block("" if self.hidden else words("memory-aid", first=first, second=second, third=third))
        yield Block(words("phrase", phrase=phrase), Kind.PHRASE)
        yield Block(words("phrase-help"))
        if self.visit.entered:
            yield Block(words("hand-over-done"), Kind.STATE)
        elif self.visit.pathway is not Pathway.EXTERNAL:
            yield Block(words(f"kept-{self.visit.pathway.name.lower()}"))
        yield from self._whom_to_ask()

    def _whom_to_ask(self) -> Iterable[Block]:
        """Name the agency that holds the number, and what to say; on a station that knows none, services near."""
        words, holder = self.words, self.sitting.snapshot.holder
        if holder is None:
            yield Block(words("where-to-ask"), Kind.SECTION)
            for resource in where_to_ask(self.sitting.pack, self.visit.county):
                yield entry(service(resource, words))
            return
        yield Block(words("ask-at"), Kind.SECTION)
        yield entry(holding(holder, words))
        yield Block(words("ask-say"))
        yield Block(words("ask-here", door=words("gate-before")))

    def acts(self) -> Iterable[Act]:
        """Show it large, hide it, or give it back from memory."""
        yield Act("large", self.enlarge, "number-small" if self.large else "number-large", key="F8", hint="key-large")
        name, word = ("show", "number-show") if self.hidden else ("hide", "number-hide")
        yield Act(name, self.hide, word, key="F7", hint="key-hide-number", typed=True)
        if self.visit.pathway is Pathway.HMIS and not self.visit.entered:
            yield Act("hand", self.hand_over, "hand-over-button", numbered=True)
        if self.sitting.printing is not None:
            yield Act("paper", lambda: "paper", "kept-paper", numbered=True)
        yield Act("try", self.recall, "number-try", numbered=True, main=True)

    def enlarge(self) -> Reply:
        """Show the number in large letters, or small again."""
        self.large = not self.large
        return AFRESH

    def hide(self) -> Reply:
        """Hide number and words, or show them again."""
        self.hidden = not self.hidden
        return AFRESH

    def recall(self) -> Reply:
        """Have her type them from memory."""
        return Open(Recall(self.sitting), self._recalled)

    def hand_over(self) -> Reply:
        """Show staff the answers that she agrees to give, so that nothing is asked twice."""
        return Open(HandOver(self.sitting), self._handed_over)

    def _handed_over(self, goes: str) -> Reply:
        if goes != ENTERED:
            return nothing_more(goes)
        self.visit.entered = True
        return AFRESH

    def _recalled(self, goes: str) -> Reply:
        self.known = self.known or goes == "next"
        return Say(self.words("recall-right")) if goes == "next" else nothing_more(goes)

    def go_on(self) -> Doing:
        """Ask once before the page goes: nobody can look the number up for her."""
        return "next" if self.known else self.asked_twice("kept-sure", lambda: "next")
