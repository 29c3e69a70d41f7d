"""An app whose pages can be read aloud, once headphones are in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from textual.binding import Binding

from kiosk.sitting.screens.page import Page
from kiosk.sitting.words import Words
from kiosk.terminal.app import PrivateApp
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control


class ReadingApp(PrivateApp):
    """Knows the pack's words, and who reads them."""

    BINDINGS = [Binding("ctrl+r", "read", show=False), Binding("ctrl+t", "quiet", show=False)]

    def __init__(self, snapshot: Snapshot, control: Control | None) -> None:
        super().__init__(control)
        self._snapshot = snapshot
        self.settings = snapshot.settings
        self.pack = snapshot.pack
        self.words = Words(snapshot.pack, snapshot.settings.language)
        """What pages say, in the language spoken now."""

    @cached_property
    def aloud(self) -> Aloud | None:
        """What reads aloud; `None` on a station without a voice."""
        if not self.settings.speech:
            return None
        from kiosk.sitting.aloud import voice

        return voice(self._snapshot, self.control)

    def read_aloud(self, page: Page) -> None:
        """Read a page, where she said that headphones are in."""
        if self.aloud is not None and self.aloud.on:
            from kiosk.sitting.screens.headphones import lines_of

            self.aloud.read(lines_of(page), self.words)

    def action_read(self) -> None:
        """Read the page aloud, again; the first time, ask whether headphones are in."""
        if self.aloud is not None and isinstance(self.screen, Page):
            from kiosk.sitting.screens.headphones import ask

            ask(self, self.aloud, self.screen)

    def voice_keys(self) -> Iterable[Key]:
        """Yield the keys of the voice for the last line; none on a station without one."""
        if self.aloud is not None:
            yield Key("^R", self.words("key-read"), "app.read")
            if self.aloud.on:
                yield Key("^T", self.words("key-quiet"), "app.quiet")

    def action_quiet(self) -> None:
        """Read nothing aloud any more."""
        if self.aloud is not None:
            self.aloud.hush()
