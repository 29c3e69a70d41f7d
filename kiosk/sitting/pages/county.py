"""Choosing a county: its number, or its first letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.directory import ALL_COUNTIES
from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Page, Reply

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class CountyPage(Page):
    """A list that letters make shorter; every county is always on it."""

    name = "county"
    common = ("back", "pause", "leave")
    go_on_word = "close"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.listed: list[str] = []
        """What the letters leave, after every county."""
        self.narrow("")

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("county-title"), Kind.TITLE)
        yield Block(self.words("county-keys"), Kind.HINT, line=self.words("line-county-hint"))

    def offers(self) -> Sequence[Offer]:
        """List what the letters leave."""
        return [Offer(self.words("all-counties") if each == ALL_COUNTIES else each) for each in self.listed]

    def narrow(self, start: str) -> bool:
        """List the counties that begin with these letters, then those that hold them. Says whether there is any."""
        start = start.strip().casefold()
        counties = self.sitting.pack.counties
        found = [each for each in counties if each.casefold().startswith(start)]
        found += [each for each in counties if start in each.casefold() and each not in found]
        self.listed = [ALL_COUNTIES, *found]
        return bool(found)

    def typed(self, text: str) -> Reply:
        """Take the one that is meant, or list those that may be."""
        if not self.narrow(text):
            self.narrow("")
            return Say(self.words("line-no-county"))
        exact = text.strip().casefold() == self.listed[1].casefold()
        return self.answer(1) if exact or len(self.listed) == 2 else AFRESH  # type: ignore[return-value]

    def pick(self, index: int | None) -> Reply:
        """Take one."""
        if index is not None:
            chosen = self.listed[index]
            self.visit.county = None if chosen == ALL_COUNTIES else chosen
        return None
