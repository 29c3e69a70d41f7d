"""The driver between Textual and a pseudo-terminal: what comes in cannot end it, what goes out cannot hold it up."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import termios
import tty
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from kiosk.terminal import modes
from kiosk.terminal.keyboard import Keyboard
from kiosk.terminal.process import die
from kiosk.terminal.writer import Writer

if TYPE_CHECKING:
    from textual.app import App

LARGEST: Final = (400, 200)
"""Columns and rows beyond which a terminal is not believed (leaks 1e)."""
_UNKNOWN: Final = (80, 25)


class KioskDriver(LinuxDriver):
    """Reads keys in the app's own loop, in order; writes in a thread. It never suspends and opens nothing."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=False, mouse=mouse, size=size)
        signal.signal(signal.SIGTSTP, die)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self.fileno = 0
        self._size = self.terminal_size()
        self._writer = Writer(1, dropped=self._after_overflow)
        self._keyboard = Keyboard(app, self.fileno, self.process_message)
        self._reading: asyncio.Task[None] | None = None

    @property
    def can_suspend(self) -> bool:
        """Never: a stopped sitting would leave a shell beside what she said."""
        return False

    def terminal_size(self) -> tuple[int, int]:
        """Ask the terminal for its columns and rows, at least 1 by 1 and at most `LARGEST`."""
        try:
            found = os.get_terminal_size(self.fileno)
        except OSError:
            found = os.terminal_size(_UNKNOWN)
        columns, rows = found.columns or _UNKNOWN[0], found.lines or _UNKNOWN[1]
        return min(columns, LARGEST[0]), min(rows, LARGEST[1])

    def _get_terminal_size(self) -> tuple[int, int]:
        return self.terminal_size()

    def write(self, data: str) -> None:
        """Queue `data` for the terminal. Line feeds are left out: every line of Textual's begins with a move."""
        self._writer.write(data.replace("\n", ""))

    def write_frame(self, frame: str, then: Callable[[], None]) -> None:
        """Write modes and a whole frame as one piece; `then` is called in another thread once the terminal has it."""
        self._writer.write(modes.FRAME + frame.replace("\n", ""), then)

    def when_written(self, then: Callable[[], None]) -> None:
        """Call `then`, in the app's loop, once the terminal has all that was written so far."""
        self._writer.write("", partial(self._loop.call_soon_threadsafe, then))

    def start_application_mode(self) -> None:
        """Take the terminal: raw keys, our modes, and a task that reads for as long as the app lives."""
        loop = asyncio.get_running_loop()
        self.attrs_before = termios.tcgetattr(self.fileno)
        termios.tcsetattr(self.fileno, termios.TCSANOW, _raw(termios.tcgetattr(self.fileno)))
        self._writer.start()
        self._writer.write(modes.START)
        loop.add_signal_handler(signal.SIGWINCH, self.tell_size)
        self.tell_size()
        self._reading = loop.create_task(self._keyboard.read_forever(), name="keys", context=contextvars.Context())

    def tell_size(self) -> None:
        """Tell the app how large the terminal is now."""
        size = Size(*self.terminal_size())
        self._app.post_message(events.Resize(size, size))

    def disable_input(self) -> None:
        """Stop reading, and forget what was typed and not yet read."""
        reading, self._reading = self._reading, None
        if reading is None:
            return
        reading.cancel()
        loop = asyncio.get_running_loop()
        loop.remove_signal_handler(signal.SIGWINCH)
        loop.remove_reader(self.fileno)
        termios.tcflush(self.fileno, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        self._writer.write(modes.END)
        if self.attrs_before is not None:
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def suspend_application_mode(self) -> None:
        """Do nothing: there is no suspending."""

    def resume_application_mode(self) -> None:
        """Do nothing: there is no suspending."""

    def close(self) -> None:
        """Let the writer finish, half a second at most."""
        self._writer.stop()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Do nothing: a kiosk has no browser."""

    def deliver_binary(self, *_args: object, **_named: object) -> None:
        """Do nothing: a kiosk saves no file."""

    def send_message(self, message: Message) -> None:
        """Hand `message` to the app."""
        self._app.post_message(message)

    def _after_overflow(self) -> None:
        self._loop.call_soon_threadsafe(self._app.refresh)


def _raw(attributes: list[Any]) -> list[Any]:
    attributes[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    attributes[tty.IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    attributes[tty.CC][termios.VMIN] = 1
    attributes[tty.CC][termios.VTIME] = 0
    return attributes
