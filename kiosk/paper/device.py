"""Writing to a printer that may be slow, out of paper or gone, without ever waiting inside a call."""

from __future__ import annotations

import asyncio
import errno
import os
import select
import stat
import time
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

STUCK_SECONDS: Final = 8.0
"""Seconds without a byte taken after which a printer counts as stuck: no paper, an open cover, a full buffer."""

LINE_SECONDS: Final = 0.06
"""Seconds between lines: about what a receipt printer takes for one, so that few of them wait inside it."""

_LOOK_SECONDS: Final = 0.02


class Printed(Enum):
    """How printing ended."""

    DONE = 1
    """Every byte went."""
    STUCK = 2
    """It takes no more for now."""
    GONE = 3
    """It is not there, or was unplugged."""


def there(descriptor: int) -> bool:
    """Whether a printer is at the other end: a device that does not say that it hung up."""
    try:
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            return False
        watch = select.poll()
        watch.register(descriptor, select.POLLOUT)
        return not any(mask & (select.POLLERR | select.POLLHUP | select.POLLNVAL) for _, mask in watch.poll(0))
    except OSError:
        return False


async def send(
    pieces: Sequence[bytes],
    tell: Callable[[int], None],
    *,
    descriptor: int,
    stuck_seconds: float = STUCK_SECONDS,
    line_seconds: float = LINE_SECONDS,
) -> Printed:
    """Write piece by piece, and tell how many went. Whoever ends this process ends the printing with it.

    The descriptor does not block. Never raises for what a printer does.
    """
    if not there(descriptor):
        return Printed.GONE
    for count, piece in enumerate(pieces, start=1):
        try:
            if not await _write(piece, descriptor, stuck_seconds):
                return Printed.STUCK
        except OSError:
            return Printed.GONE
        tell(count)
        await asyncio.sleep(line_seconds)
    return Printed.DONE


async def _write(piece: bytes, descriptor: int, stuck_seconds: float) -> bool:
    """Write one piece whole; `False` when nothing of it went for too long. Raises OSError where a printer is gone."""
    rest, last = memoryview(piece), time.monotonic()
    while rest:
        try:
            taken = os.write(descriptor, rest)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EINTR, errno.ENOSPC):
                raise
            taken = 0
        if taken:
            rest, last = rest[taken:], time.monotonic()
        elif time.monotonic() - last > stuck_seconds:
            return False
        else:
            await asyncio.sleep(_LOOK_SECONDS)
    return True
