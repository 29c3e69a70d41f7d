"""The driver between Textual and a pseudo-terminal: what comes in cannot end it, what goes out cannot hold it up."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import termios
import time
import tty
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from kiosk.terminal import modes
from kiosk.terminal.keys import KeyReader
from kiosk.terminal.order import Order
from kiosk.terminal.process import die
from kiosk.terminal.text import clean
from kiosk.terminal.tokens import Kind, Token, Tokenizer
from kiosk.terminal.writer import Writer

if TYPE_CHECKING:
    from textual.app import App

LARGEST: Final = (400, 200)
"""Columns and rows beyond which a terminal is not believed (leaks 1e)."""
_UNKNOWN: Final = (80, 25)
_CHUNK: Final = 4096


class KioskDriver(LinuxDriver):
    """Reads keys in the app's own loop, in order; writes in a thread of its own. It never suspends and opens nothing."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=False, mouse=mouse, size=size)
        signal.signal(signal.SIGTSTP, die)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self.fileno = 0
        self._size = self.terminal_size()
        self._writer = Writer(1, dropped=self._after_overflow)
        self._tokens = Tokenizer()
        self._keys = KeyReader()
        self._order = Order(app)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
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

    def start_application_mode(self) -> None:
        """Take the terminal: raw keys, our modes, and a task that reads for as long as the app lives."""
        loop = asyncio.get_running_loop()
        self.attrs_before = termios.tcgetattr(self.fileno)
        termios.tcsetattr(self.fileno, termios.TCSANOW, _raw(termios.tcgetattr(self.fileno)))
        self._writer.start()
        self._writer.write(modes.START)
        loop.add_signal_handler(signal.SIGWINCH, self.tell_size)
        self.tell_size()
        self._reading = loop.create_task(self._read_forever(), name="keys", context=contextvars.Context())

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

    async def _read_forever(self) -> None:
        try:
            while True:
                await self._pass_on(await self._read())
        except asyncio.CancelledError:
            raise
        except BaseException:
            die()

    async def _read(self) -> list[Token]:
        if not await self._has_input():
            return self._tokens.expire(time.monotonic())
        try:
            data = os.read(self.fileno, _CHUNK)
        except OSError:
            data = b""
        if not data:
            die()
        now = time.monotonic()
        return [*self._tokens.expire(now), *self._tokens.feed(self._decode(data), now)]

    async def _has_input(self) -> bool:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bool] = loop.create_future()
        loop.add_reader(self.fileno, _settle, arrived, True)
        deadline = self._tokens.deadline
        timer = None
        if deadline is not None:
            timer = loop.call_later(max(0.0, deadline - time.monotonic()), _settle, arrived, False)
        try:
            return await arrived
        finally:
            loop.remove_reader(self.fileno)
            if timer is not None:
                timer.cancel()

    async def _pass_on(self, tokens: list[Token]) -> None:
        messages: list[Message] = []
        for token in tokens:
            if token.kind is Kind.PASTE:
                messages.append(_Pasted(token))
            else:
                messages.extend(self._keys.read(token))
        for message, following in zip(messages, [*messages[1:], None], strict=True):
            if isinstance(message, events.MouseMove) and isinstance(following, events.MouseMove):
                continue
            await self._order.before(message)
            self._post(message)

    def _post(self, message: Message) -> None:
        if isinstance(message, _Pasted):
            if message.token.cut:
                self._app.call_later(self._app.paste_shortened)  # type: ignore[attr-defined]
            message = events.Paste(clean(message.token.text, lines=self._takes_lines()))
        elif isinstance(message, events.MouseEvent) and not self._is_on_screen(message):
            return
        self.process_message(message)

    def _is_on_screen(self, event: events.MouseEvent) -> bool:
        columns, rows = self._app.size
        return event.x < columns and event.y < rows

    def _takes_lines(self) -> bool:
        from textual.widgets import Input

        return not isinstance(self._app.focused, Input)


class _Pasted(events.Event):
    """A paste on its way: what field it goes to is known only in its turn."""

    def __init__(self, token: Token) -> None:
        super().__init__()
        self.token = token


def _settle(future: asyncio.Future[bool], answer: bool) -> None:
    if not future.done():
        future.set_result(answer)


def _raw(attributes: list[Any]) -> list[Any]:
    attributes[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    attributes[tty.IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    attributes[tty.CC][termios.VMIN] = 1
    attributes[tty.CC][termios.VTIME] = 0
    return attributes
