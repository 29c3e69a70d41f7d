"""A printer that is slow, full, gone or none: told in a word, and nothing ever hangs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest

from kiosk.paper.device import Printed, send, there
from tests.pace import tries
from tests.printer import Printer


@pytest.fixture
def printer() -> Iterator[Printer]:
    """A printer of this test's own."""
    made = Printer()
    yield made
    made.close()


async def test_every_piece_arrives_in_order(printer: Printer) -> None:
    """Printing: all bytes, in order, and a count after each piece."""
    device = printer.device
    told: list[int] = []
    pieces = [b"one\n", b"two\n", b"\x1bd\x06\x1dV\x00"]
    assert await send(pieces, told.append, descriptor=device, line_seconds=0) is Printed.DONE
    for _ in tries("every piece"):
        if len(printer.read()) >= len(b"".join(pieces)):
            break
        await asyncio.sleep(0)
    assert printer.came == b"".join(pieces)
    assert told == [1, 2, 3]


async def test_a_printer_without_paper_is_told_as_stuck(printer: Printer) -> None:
    """Printing: a device that takes no more ends the print, while everything else in the sitting goes on."""
    device = printer.device
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        for _ in tries("the end of a print"):
            ticks += 1
            await asyncio.sleep(0.005)

    beside = asyncio.create_task(tick())
    pieces = [b"x" * 1000] * 100
    ended = await send(pieces, lambda count: None, descriptor=device, stuck_seconds=0.2, line_seconds=0)
    beside.cancel()
    assert ended is Printed.STUCK
    assert ticks > 3


async def test_a_slow_printer_gets_everything(printer: Printer) -> None:
    """Printing: a device that takes bytes now and then is waited for."""
    device = printer.device
    pieces = [b"%03d" % number * 300 for number in range(40)]
    printing = asyncio.create_task(send(pieces, lambda count: None, descriptor=device, line_seconds=0))
    for _ in tries("every piece"):
        if len(printer.read()) >= 36_000 and printing.done():
            break
        await asyncio.sleep(0)
    assert await printing is Printed.DONE
    assert printer.came == b"".join(pieces)


async def test_an_unplugged_printer_is_told_as_gone(printer: Printer) -> None:
    """Printing: a device that vanishes in the middle ends the print."""
    device = printer.device

    def unplug(count: int) -> None:
        if count == 1:
            printer.unplug()

    assert there(device)
    assert await send([b"one\n"] * 9, unplug, descriptor=device, line_seconds=0) is Printed.GONE
    assert not there(device)


async def test_what_is_no_device_is_not_printed_on() -> None:
    """Printing: a pipe, or a descriptor that takes nothing, is told as gone."""
    reading, writing = os.pipe()
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        for descriptor in (writing, nothing):
            assert await send([b"one\n"], lambda count: None, descriptor=descriptor) is Printed.GONE
    finally:
        for descriptor in (reading, writing, nothing):
            os.close(descriptor)
