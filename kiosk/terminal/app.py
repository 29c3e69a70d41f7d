"""The base of every full-screen program: an app that keeps what is typed to itself and cannot be left for a shell."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from rich.console import RenderableType

from kiosk.terminal import control as lines
from kiosk.terminal import themes, upstream
from kiosk.terminal.closed import ClosedApp
from kiosk.terminal.control import Control
from kiosk.terminal.driver import KioskDriver
from kiosk.terminal.frames import Frames
from kiosk.terminal.process import die
from kiosk.terminal.text import clean


class PrivateApp(ClosedApp, inherit_bindings=False):
    """An app without palette, clipboard, screenshots, links, suspending or tracebacks.

    With `control` it speaks to its supervisor; without, it is a rehearsal under a test's pilot.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide"), (110, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(self, control: Control | None) -> None:
        upstream.render_clean()
        # with `ansi_color` Textual leaves colours out under NO_COLOR; else it greys them, and base colours to black
        super().__init__(watch_css=False, ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.control = control
        """The line to the supervisor."""
        self._rehearsal = False
        self._frames: Frames | None = None
        self._is_ready = False
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(os.environ)

    # What a page may call

    def ready(self) -> None:
        """Tell the supervisor, once, that the first page is painted. Called by itself after the first quiet moment."""
        if not self._is_ready:
            self._is_ready = True
            self._send(lines.READY)

    def leave(self) -> None:
        """End this visit: the same end as panic. Without a supervisor, the app exits."""
        self._send(lines.LEAVE)

    def finish(self, *, refused: bool = False) -> None:
        """End the whole program with exit status 0, or 3 when `refused` (set-up and desk)."""
        self._send(lines.REFUSED if refused else lines.DONE)

    def live_now(self) -> None:
        """The terminal was handed to this process: a person may be sitting there from now on. A hook."""

    def idle_warning(self) -> None:
        """Nobody has touched the keys for long; the sitting ends soon unless somebody does. A hook."""

    def paste_shortened(self) -> None:
        """A paste was longer than what is kept of one (4,000 characters). A hook, to say so."""

    def notify(self, message: object, *, title: object = "", markup: bool = False, **named: Any) -> None:
        """Show a notice as plain, cleaned text, whatever it is made of."""
        super().notify(clean(str(message), lines=True), title=clean(str(title)), markup=False, **named)

    # The control line

    def _send(self, message: bytes) -> None:
        if self.control is not None:
            self.control.send(message)
        elif message in (lines.LEAVE, lines.DONE, lines.REFUSED):
            self.exit()

    def _hear(self, message: bytes) -> None:
        if message == lines.LIVE:
            self.call_later(self.live_now)
        elif message == lines.IDLE_WARNING:
            self.call_later(self.idle_warning)
        elif self._frames is not None:
            self._frames.hear(message)

    async def _ready(self) -> None:
        await super()._ready()
        if self.control is not None and isinstance(self._driver, KioskDriver):
            self._frames = Frames(self, self._driver, self.control)
            self.control.attach(asyncio.get_running_loop(), self._hear)
            self._frames.announce_first(self.ready)

    # Ways in which an app ends

    async def run_async(self, **named: Any) -> None:
        """Run until the app exits. A fault ends the process, silently, at once."""
        self._rehearsal = bool(named.get("headless"))
        if self._rehearsal:
            await super().run_async(**named)
            return
        asyncio.get_running_loop().set_exception_handler(die)
        try:
            await super().run_async(**named)
        except BaseException:
            die()

    def run_test(self, **named: Any) -> Any:
        """Run under a test's pilot: faults are raised in the test instead of ending the process."""
        self._rehearsal = True
        return super().run_test(**named)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Stop the app. No result, no status and no message goes with it."""
        super().exit()

    def panic(self, *renderables: RenderableType) -> None:
        """End at once; nothing is shown."""
        if self._rehearsal:
            self._close_messages_no_wait()
        else:
            die()

    def _handle_exception(self, error: Exception) -> None:
        if not self._rehearsal:
            die()
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
