"""Asking before anything is put on paper: would it be okay (MO-41), and is it safe to take home (SL-03)?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from kiosk.sitting.ways import OPEN_PAPER, PAPER, PAPER_HOME
from widgets.choices import Choice, ChoiceList


class _Asking(Page):
    """A page of the pack's words and ways on, each of the same weight; nothing chosen prints nothing."""

    words_of: ClassVar[str] = "paper"
    """The page of the pack that is shown."""
    ways: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What each choice is called in the pack's words, with the way it goes."""

    explained: ClassVar[bool] = True
    """Whether each choice has a second line; where somebody may read along, less is said."""

    def body(self) -> Iterable[Widget]:
        """Show the words, then the ways."""
        words, page = self.words, self.app.page(self.words_of)
        yield self.title_text(words.of(page.title))
        for paragraph in page.body:
            yield self.paragraph(words.of(paragraph))
        yield ChoiceList([self._choice(way) for way, _ in self.ways], id="first")

    def _choice(self, way: str) -> Choice:
        return Choice(self.words(f"paper-{way}"), self.words(f"paper-{way}-help") if self.explained else "")

    def action_go_on(self) -> None:
        """Take the chosen way; without one, go on without paper."""
        chosen = self.query_one(ChoiceList).chosen
        self.leave_with("next" if chosen is None else self.ways[chosen][1])


class AskPaper(_Asking):
    """Would paper be okay?"""

    ways = PAPER


class AskHome(_Asking):
    """Is it safe to take this home? The list of everyday services is the safer offer."""

    words_of = "paper-home"
    ways = PAPER_HOME


class AskOpenly(_Asking):
    """Would paper be okay? For the list of everyday services, ahead of the privacy gate."""

    private = False
    explained = False
    heading = "home-title"
    ways = OPEN_PAPER
