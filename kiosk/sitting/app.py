"""One visitor's sitting on the full screen: shows page after page, and little else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import Screen

from kiosk.sitting.pages import registry
from kiosk.sitting.screens import which
from kiosk.sitting.screens.page import PageScreen
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.transitions import turn
from kiosk.terminal.app import PrivateApp
from kiosk.terminal.control import QUIT, Control
from kiosk.terminal.scrollbar import use_plain_scrollbars
from kiosk.terminal.stylesheet import stylesheet
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.pages.page import Page
    from kiosk.sitting.snapshot import Snapshot


class SittingApp(PrivateApp):
    """The full-screen face of one visitor's sitting. It ends with her."""

    CSS_PATH = stylesheet()
    BINDINGS = [Binding("ctrl+r", "read", show=False), Binding("ctrl+t", "quiet", show=False)]

    def __init__(self, snapshot: Snapshot, control: Control | None = None) -> None:
        super().__init__(control)
        use_plain_scrollbars()
        self.sitting = Sitting(snapshot, control)
        self.sitting.respoken = self._say_anew

    def on_mount(self) -> None:
        """Follow the visitor from page to page."""
        self.run_worker(self._visit(), name="visit")

    async def _visit(self) -> None:
        """Show one page after the other, as `flow` decides, until the sitting is ended from outside."""
        flow, first = self.sitting.flow, True
        while True:
            left = asyncio.get_running_loop().create_future()
            screen = which.screen_for(self, registry.page_for(self.sitting, flow.step), left.set_result)
            with self.batch_update():  # the page before stands on the glass until this one is whole
                await (self.push_screen(screen) if first else self.switch_screen(screen))
            first = False
            turn(flow, await left)
            # a page that was left is a ring of widgets: until Python looked by itself, several would lie in memory
            gc.collect()

    def refresh_css(self, animate: bool = True) -> None:
        """Follow another theme. Before the first page its colours are only noted: the stylesheet is parsed once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    # What pages ask for

    def open_page(self, page: Page, closed: Callable[[str], None]) -> None:
        """Lay a page over what is there; tell how it was left."""
        self.push_screen(which.screen_for(self, page), lambda goes: closed(goes or "back"))

    def pause(self) -> None:
        """Lay the list of services over the page until she takes it up again (MO-38)."""
        from kiosk.sitting.pages.home import Decoy

        self.sitting.pause(True)
        self.open_page(Decoy(self.sitting), lambda goes: self.sitting.pause(False))

    def quit_kiosk(self) -> None:
        """End the whole kiosk, where the operator left that on."""
        if self.sitting.settings.quit:
            self._send(QUIT)

    def _say_anew(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, PageScreen):
                self.call_later(screen.say_anew)

    # Reading aloud

    def read_aloud(self, page: Page) -> None:
        """Read a page, where she said that headphones are in."""
        aloud = self.sitting.aloud
        if aloud is not None and aloud.on:
            from kiosk.sitting.pages.reading import lines_of

            aloud.read(lines_of(page, self._numbered(self.screen)), self.sitting.words)

    @staticmethod
    def _numbered(screen: Screen[object]) -> bool:
        from widgets.choices import ChoiceList

        return bool(screen.query(ChoiceList))

    def action_read(self) -> None:
        """Read the page aloud, again; the first time, ask whether headphones are in."""
        screen, aloud = self.screen, self.sitting.aloud
        if aloud is None or not isinstance(screen, PageScreen):
            return
        if aloud.on:
            self.read_aloud(screen.page)
            return
        from kiosk.sitting.pages.headphones import Headphones

        self.open_page(Headphones(self.sitting, aloud), lambda goes: self.read_aloud(screen.page))

    def action_quiet(self) -> None:
        """Read nothing aloud any more."""
        if self.sitting.aloud is not None:
            self.sitting.aloud.hush()

    def voice_keys(self) -> Iterable[Key]:
        """Yield the keys of the voice for the last line; none on a station without one."""
        words, aloud = self.sitting.words, self.sitting.aloud
        if aloud is not None:
            yield Key("^R", words("key-read"), "app.read")
            if aloud.on:
                yield Key("^T", words("key-quiet"), "app.quiet")

    # What the supervisor tells

    def ready(self) -> None:
        """Say that the home page is painted; then have the other pages at hand before anybody asks for one."""
        super().ready()
        self.call_later(self._loaded)

    def _loaded(self) -> None:
        """Load what is left; from now on rubbish is looked for, and only among what comes after this."""
        registry.import_rest()
        which.import_rest()
        self.sitting.load_rest()
        gc.freeze()
        gc.enable()

    def idle_warning(self) -> None:
        """Hide the page, and ask whether anybody is still there; over the list of services it asks nothing."""
        from kiosk.sitting.pages.home import Home, Waiting

        if not (isinstance(self.screen, PageScreen) and isinstance(self.screen.page, Home)):
            self.open_page(Waiting(self.sitting), lambda goes: None)
