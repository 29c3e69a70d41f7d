"""The keyboard's side of the terminal: bytes in, events out, each in its turn."""

from __future__ import annotations

import asyncio
import os
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.message import Message

from kiosk.terminal.keys import KeyReader
from kiosk.terminal.order import Order
from kiosk.terminal.process import die
from kiosk.terminal.text import clean
from kiosk.terminal.tokenizer import Tokenizer
from kiosk.terminal.tokens import Kind, Token

if TYPE_CHECKING:
    from textual.app import App

_CHUNK: Final = 4096


class Keyboard:
    """Reads one descriptor inside the app's loop and hands events on, never faster than the app digests them."""

    def __init__(self, app: App[Any], fd: int, deliver: Callable[[Message], None]) -> None:
        self._app = app
        self._fd = fd
        self._deliver = deliver
        self._tokens = Tokenizer()
        self._keys = KeyReader()
        self._order = Order(app)
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    async def read_forever(self) -> None:
        """Read until cancelled. A terminal that is gone, or any fault here, ends the process."""
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
            data = os.read(self._fd, _CHUNK)
        except OSError:
            data = b""
        if not data:
            die()
        now = time.monotonic()
        return [*self._tokens.expire(now), *self._tokens.feed(self._decode(data), now)]

    async def _has_input(self) -> bool:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bool] = loop.create_future()
        loop.add_reader(self._fd, _settle, arrived, True)
        deadline = self._tokens.deadline
        timer = None
        if deadline is not None:
            timer = loop.call_later(max(0.0, deadline - time.monotonic()), _settle, arrived, False)
        try:
            return await arrived
        finally:
            loop.remove_reader(self._fd)
            if timer is not None:
                timer.cancel()

    async def _pass_on(self, tokens: list[Token]) -> None:
        messages: list[Message] = []
        for token in tokens:
            if token.kind is Kind.PASTE:
                messages.append(_Pasted(token))
            else:
                messages.extend(message for message in self._keys.read(token) if self._is_somewhere(message))
        for message in _without_stale_moves(messages):
            await self._order.before(message)
            self._post(message)

    def _post(self, message: Message) -> None:
        if isinstance(message, _Pasted):
            if message.token.cut:
                self._app.call_later(self._app.paste_shortened)  # type: ignore[attr-defined]
            message = events.Paste(clean(message.token.text, lines=self._takes_lines()))
        self._deliver(message)

    def _is_somewhere(self, message: Message) -> bool:
        columns, rows = self._app.size
        return not isinstance(message, events.MouseEvent) or (message.x < columns and message.y < rows)

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


def _without_stale_moves(messages: list[Message]) -> list[Message]:
    """Leave out moves of the mouse that another move follows at once: a storm of them is one move."""
    is_move = [isinstance(message, events.MouseMove) for message in messages]
    return [
        message
        for place, message in enumerate(messages)
        if not (is_move[place] and place + 1 < len(messages) and is_move[place + 1])
    ]
