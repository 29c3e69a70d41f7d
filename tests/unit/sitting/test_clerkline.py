"""The sitting's end of the clerk's line keeps in step, whatever page is left in the middle of a question."""

from __future__ import annotations

import asyncio
import socket

import pytest

from kiosk.seal import wire
from kiosk.sitting import clerkline
from kiosk.sitting.clerkline import ClerkLine, ClerkSilent


async def test_a_page_that_is_left_leaves_no_answer_behind() -> None:
    """P8: a question that was cut short by another page is answered all the same, and the next one gets its own."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    there.setblocking(False)
    loop = asyncio.get_running_loop()
    line = ClerkLine(here.detach())
    first = asyncio.create_task(line.number())
    assert await loop.sock_recv(there, 100) == wire.pack_ask()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    second = asyncio.create_task(line.number())
    await asyncio.sleep(0)
    there.send(wire.pack_answer(wire.Number(12345674)))
    assert await loop.sock_recv(there, 100) == wire.pack_ask()
    there.send(wire.pack_answer(wire.Number(57240286)))
    assert await second == 57240286
    there.close()
    with pytest.raises(ClerkSilent):
        await line.number()


async def test_an_answer_that_comes_too_late_answers_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """P8: what a clerk says to a question that was given up is not taken for its answer to the next one."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line = ClerkLine(here.detach())
    monkeypatch.setattr(clerkline, "PATIENCE_SECONDS", 0.0)
    for _ in range(2):
        with pytest.raises(ClerkSilent):
            await line.number()
    monkeypatch.undo()
    for number in (12345674, 12345674, 57240286):
        there.send(wire.pack_answer(wire.Number(number)))
    assert await line.number() == 57240286
    there.send(wire.pack_answer(wire.Number(31827456)))
    assert await line.number() == 31827456
    there.close()
