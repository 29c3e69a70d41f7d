"""Asking before anything is put on paper: would it be okay (MO-41), and is it safe to take home (SL-03)?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from kiosk.sitting.line.page import Answer, Choice, Page
from kiosk.sitting.ways import OPEN_PAPER, PAPER, PAPER_HOME


class _Asking(Page):
    """A page of the pack's words and ways on, each of the same weight; Enter alone prints nothing."""

    words_of: ClassVar[str] = "paper"
    """The page of the pack that is said."""
    ways: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What each choice is called in the pack's words, with the way it goes."""

    def blocks(self) -> Iterable[str]:
        """Say the words."""
        page = self.face.page_of(self.words_of)
        yield self.words.of(page.title)
        yield from map(self.words.of, page.body)

    def choices(self) -> Sequence[Choice]:
        """Offer the ways."""
        return [Choice(self.words(f"paper-{way}"), self.words(f"paper-{way}-help")) for way, _ in self.ways]

    async def choose(self, index: int) -> Answer:
        """Take it."""
        return self.ways[index][1]


class AskPaper(_Asking):
    """Would paper be okay?"""

    ways = PAPER


class AskHome(_Asking):
    """Is it safe to take this home? The list of everyday services is the safer offer."""

    words_of = "paper-home"
    ways = PAPER_HOME


class AskOpenly(_Asking):
    """Would paper be okay? For the list of everyday services, ahead of the privacy gate: less is said."""

    private = False
    ways = OPEN_PAPER

    def choices(self) -> Sequence[Choice]:
        """Leave out what somebody who reads along need not know."""
        return [Choice(choice.label) for choice in super().choices()]
