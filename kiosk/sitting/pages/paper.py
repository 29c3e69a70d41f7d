"""Asking before anything is put on paper: would it be okay (MO-41), and is it safe to take home (SL-03)?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from kiosk.sitting.pages.elements import Block, Offer
from kiosk.sitting.pages.page import Page, Reply
from kiosk.sitting.transitions import OPEN_PAPER, PAPER, PAPER_HOME


class _Asking(Page):
    """A page of the pack's words and ways on, each of the same weight; nothing chosen prints nothing."""

    words_of: ClassVar[str] = "paper"
    """The page of the pack that is said."""
    ways: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What each choice is called in the pack's words, with the way it goes."""
    explained: ClassVar[bool] = True
    """Whether each choice has a second line; where somebody may read along, less is said."""

    def blocks(self) -> Iterable[Block]:
        """Say the words."""
        return self.pack_page(self.words_of)

    def offers(self) -> Sequence[Offer]:
        """Offer the ways."""
        words = self.words
        return [
            Offer(words(f"paper-{way}"), words(f"paper-{way}-help") if self.explained else "", chosen=at == self.chosen)
            for at, (way, _) in enumerate(self.ways)
        ]

    def go_on(self) -> Reply:
        """Take the chosen way; without one, go on without paper."""
        return "next" if self.chosen is None else self.ways[self.chosen][1]


class AskPaper(_Asking):
    """Would paper be okay?"""

    name = "ask-paper"
    ways = PAPER


class AskHome(_Asking):
    """Is it safe to take this home? The list of everyday services is the safer offer, after Keep the only one."""

    name = "ask-home"
    words_of = "paper-home"

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:  # type: ignore[override]
        """What is kept says how her plan went along: afterwards no plan is printed."""
        return PAPER_HOME[:2] if self.visit.kept else PAPER_HOME


class AskOpenly(_Asking):
    """Would paper be okay? For the list of everyday services, ahead of the privacy gate."""

    name = "ask-openly"
    private = False
    explained = False
    heading = "home-title"
    ways = OPEN_PAPER
