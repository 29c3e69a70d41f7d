"""What stands on the glass of the line face: a page from its beginning, a sentence below it, the warning, all anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kiosk.sitting.line.page_layout import PageLayout
from kiosk.sitting.line.reader import Reader

if TYPE_CHECKING:
    from kiosk.sitting.line.glass import Glass
    from kiosk.sitting.pages.page import Page
    from kiosk.sitting.sitting import Sitting


class Showing:
    """The half of the line face that says; `LineFace` adds what is understood."""

    def __init__(self, sitting: Sitting, glass: Glass) -> None:
        self.sitting = sitting
        self.glass = glass
        self.reader = Reader(glass)
        self.page: Page | None = None
        """The page that is being read."""
        self.layout = PageLayout(glass)
        """The page in lines, and what of it is still to come."""
        self._warned = False

    def known(self, page: Page) -> Collection[str]:
        """Return every word that means something on a page, by its name (`commands.ORDER`)."""
        raise NotImplementedError

    def say(self, text: str, *, aloud: bool = True) -> None:
        """Say one sentence below the page."""
        self.glass.say([text])
        if aloud:
            self._aloud_too(text)

    def interrupt(self, text: str) -> None:
        """Say something while a line is being typed, and let her go on typing below it."""
        if not self._warned:
            self.glass.say([text])
            self.reader.again()

    def _aloud_too(self, *texts: str) -> None:
        aloud = self.sitting.aloud
        if aloud is not None:
            aloud.read(((0, text) for text in texts), self.sitting.words, after=True)

    def draw(self, page: Page) -> None:
        """Empty the glass and say the page from its beginning, as much as fits; read it aloud where she wants that."""
        self.page = page
        self.layout.begin(page, self.sitting.words, self.known(page), practice=self.sitting.settings.practice)
        if self.sitting.aloud is not None:
            self.sitting.aloud.read(self.layout.spoken, self.sitting.words)

    def again(self) -> None:
        """Show what is there once more, on an empty glass; from the page's beginning if the glass changed its size."""
        if self._warned:
            self._warning()
        elif self.page is not None:
            if self.glass.measure():
                self.draw(self.page)
            else:
                self.glass.again()
            self.reader.again()

    def resized(self) -> None:
        """Follow another size of the terminal."""
        if self.glass.changed():
            self.again()

    def warn(self) -> None:
        """Say that the page begins anew soon, and nothing else."""
        self._warned = True
        self._warning()

    def _warning(self) -> None:
        warning = (self.sitting.words("idle-body"),)
        self.glass.cover(warning)
        self._aloud_too(*warning)

    def typed(self, data: bytes, now: float) -> None:
        """Take in what the terminal sent. At the warning it only shows that somebody is there."""
        if self._warned:
            self._warned = False
            if self.page is not None:
                self.draw(self.page)
            self.reader.again()
        else:
            self.reader.feed(data, now)
