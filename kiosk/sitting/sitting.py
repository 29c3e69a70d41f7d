"""One visitor's sitting, without a face: what she said, where she is, and what serves her. It ends with her."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kiosk.sitting.flow import Flow
from kiosk.sitting.visit import Visit
from kiosk.sitting.words import Words
from kiosk.terminal.control import PAUSED, RESUMED, START_CLERK

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.clerkline import ClerkLine
    from kiosk.sitting.keeping import Keeper
    from kiosk.sitting.printing import Printing
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control
    from schema.pack import Page as PackPage


GESTURES: Final = (("F9", "F9"), ("F2", "F9"), ("F4", "F9"), ("F5", "F9"))
"""Pairs of keys that may end a pause: none of them means anything on the page that stands there meanwhile."""


def _nobody() -> None:
    """No face is listening."""


class Sitting:
    """What both faces draw or speak. Nothing of it is ever written."""

    def __init__(self, snapshot: Snapshot, control: Control | None = None, *, by_line: bool = False) -> None:
        self.snapshot = snapshot
        self.settings = snapshot.settings
        self.pack = snapshot.pack
        self.control = control
        """The line to the supervisor; `None` under a test."""
        self.by_line = by_line
        """Whether pages are said line by line: then nothing that she typed is shown twice, and news is rare."""
        self.words = Words(snapshot.pack, snapshot.settings.language)
        """What pages say, in the language spoken now."""
        self.visit = Visit(pack=snapshot.pack, role=snapshot.settings.role, language=self.words.language)
        self.flow = Flow(self.visit)
        self.gesture = GESTURES[0]
        """The two keys that take up a paused page again; she may choose others."""
        self.respoken: Callable[[], None] = _nobody
        """Called when the words changed: the face says what stands there anew."""
        self.clerk: ClerkLine | None = None
        """The clerk's line, where there is a clerk."""

    @cached_property
    def keeper(self) -> Keeper:
        """Holds the number that would be hers. Loaded after the home page, which needs none."""
        from kiosk.sitting.keeping import Keeper

        return Keeper(self.snapshot, self._start_clerk, self.clerk)

    @cached_property
    def printing(self) -> Printing | None:
        """Puts sheets on paper; `None` where this station has no printer, or the pack has no words about paper."""
        from kiosk.sitting.printing import Printing, prints

        if not prints(self.settings, self.pack):
            return None
        words, counted, numbered = lambda: self.words, lambda: self.keeper.sheet(), lambda: self.keeper.sheet_number()
        return Printing(self.settings, self.visit, words, counted, numbered, self.control)

    @cached_property
    def aloud(self) -> Aloud | None:
        """What reads aloud; `None` on a station without a voice."""
        if not self.settings.speech:
            return None
        from kiosk.sitting.aloud import voice

        return voice(self.snapshot, self.control)

    def load_rest(self) -> None:
        """Have at hand what the home page did not need, before anybody asks for it."""
        if self.control is not None:
            from kiosk.sitting.clerkline import ClerkLine

            self.clerk = ClerkLine()
        _ = self.keeper

    def page_of(self, page_id: str) -> PackPage:
        """Return one of the pack's pages of words. Raises `StopIteration` when the pack has none by this id."""
        return next(each for each in self.pack.pages if each.id == page_id)

    def speak(self, code: str) -> None:
        """Go on in another language; nothing that was said is lost."""
        self._say(Words(self.pack, code, self.words.someone))

    def call_someone(self, word: int) -> None:
        """Use another of the pack's words for the person it is about, on every page from now on (OR-05)."""
        self._say(Words(self.pack, self.words.language, word))

    def _say(self, words: Words) -> None:
        self.words = words
        self.visit.language = words.language
        self.respoken()

    def pause(self, paused: bool) -> None:
        """Tell the supervisor that a page is paused, or taken up again: a pause has a time of its own."""
        if self.aloud is not None and paused:
            self.aloud.stop()
        if self.control is not None:
            self.control.send(PAUSED if paused else RESUMED)

    def _start_clerk(self) -> None:
        """Have the clerk started: the visitor looks at the review page."""
        if self.control is not None:
            self.control.send(START_CLERK)
