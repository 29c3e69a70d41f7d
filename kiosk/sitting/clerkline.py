"""The sitting's end of the clerk's line: a number, a sheet or a sealed record, and an answer; nothing else fits."""

from __future__ import annotations

import asyncio
import socket

from kiosk.seal import wire
from kiosk.seal.sealed import SealedRecord

CLERK_FD = 5
"""The descriptor of the line, given by the supervisor."""

PATIENCE_SECONDS = 30.0
"""Seconds after which a silent clerk counts as one that kept nothing; its own wait for the file is 10."""


class ClerkSilent(Exception):
    """The clerk did not answer, or is gone."""


class ClerkLine:
    """Asks the clerk, one question at a time."""

    def __init__(self, descriptor: int = CLERK_FD) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.setblocking(False)
        self._one_at_a_time = asyncio.Lock()
        self._asking: asyncio.Task[wire.Answer] | None = None
        """The last question, held on to until it is answered."""
        self._owed = 0
        """Questions that were not answered in time: their answers come ahead of any later one."""

    async def _ask(self, message: bytes) -> wire.Answer:
        """Send and wait. Raises `ClerkSilent`.

        Whoever asks may be cut short by another page. The answer is waited for all the same: it would be taken for
        the answer to the next question.
        """
        self._asking = asyncio.get_running_loop().create_task(self._exchange(message), name="clerk")
        self._asking.add_done_callback(_noted)
        return await asyncio.shield(self._asking)

    async def _exchange(self, message: bytes) -> wire.Answer:
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await loop.sock_sendall(self._socket, message)
                    self._owed += 1
                    while self._owed:
                        answer = await loop.sock_recv(self._socket, wire.LONGEST + 1)
                        self._owed -= 1
                    return wire.unpack_answer(answer)
            except (OSError, TimeoutError, wire.WireFault):
                raise ClerkSilent from None

    async def number(self) -> int:
        """Have a number put aside. Raises `ClerkSilent`."""
        answer = await self._ask(wire.pack_ask())
        if isinstance(answer, wire.Number):
            return answer.number
        raise ClerkSilent

    async def sheet_number(self) -> int:
        """Have a number drawn for the foot of a sheet of services, which is nobody's. Raises `ClerkSilent`."""
        answer = await self._ask(wire.pack_draw())
        if isinstance(answer, wire.Number):
            return answer.number
        raise ClerkSilent

    async def sheet(self) -> str:
        """Have a sheet entered that is about to be printed; returns its id. Raises `ClerkSilent`."""
        answer = await self._ask(wire.pack_paper())
        if isinstance(answer, wire.Sheet):
            return answer.sheet
        raise ClerkSilent

    async def entered(self) -> None:
        """Have it counted that staff entered somebody in the general list. Raises `ClerkSilent`."""
        if not isinstance(await self._ask(wire.pack_entered()), wire.Counted):
            raise ClerkSilent

    async def keep(self, number: int, sealed: SealedRecord) -> wire.Answer:
        """Have a record kept: kept, a clash with a new number, or why not. Raises `ClerkSilent`."""
        return await self._ask(wire.pack_keep(number, sealed))


def _noted(asked: asyncio.Task[wire.Answer]) -> None:
    """Look at how a question ended, so that one that nobody waits for any more is not complained about."""
    if not asked.cancelled():
        asked.exception()
