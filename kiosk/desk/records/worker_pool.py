"""Opening on every core: worker processes are started, fed, listened to and ended, while the screen stays alive."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.unsealing import NotOpened, private_parts
from kiosk.desk.records.unsealing_worker import ANSWER_LENGTH, answers, ask, begin
from kiosk.errors import KioskError

MOST_WORKERS: Final = 8
"""Worker processes at most, however many cores there are."""
BATCH: Final = 32
"""Records in one question to a worker: about 2 ms of its work, and less than 0.5 ms of the desk's afterwards.

A key takes a dozen turns of the event loop to its paint, and in each of them a batch may come first.
"""
_AHEAD: Final = 2
"""Questions a worker has at a time, so that it never waits for the desk."""
_WORTH_A_WORKER: Final = 512
"""Records below which one more process takes longer to start than it saves."""
_MOST_DEATHS: Final = 5
_COMMAND: Final = (sys.executable, "-s", "-P", "-m", "kiosk.desk.records.unsealing_worker")

Batch = Sequence[tuple[int, bytes]]
"""Numbers with their sealed bytes."""
Outcome = bytes | type[NotOpened]
"""The inside of a record, which nobody has read yet, or why there is none."""
Take = Callable[[Batch, Sequence[Outcome]], None]
"""Hears what became of a batch."""


class WorkersGone(KioskError):
    """The processes that open records do not stay alive."""

    hint = "Look whether this machine has memory left; then unlock the desk again."


class WorkerDied(NotOpened):
    """A record during whose opening a worker ended, alone with it."""


def how_many(records: int, cores: int | None = None) -> int:
    """Worker processes for so many records: one a core, 8 at most, one at least."""
    cores = len(os.sched_getaffinity(0)) if cores is None else cores
    return max(1, min(cores, MOST_WORKERS, -(-records // _WORTH_A_WORKER)))


class _Jobs:
    """What is still to be opened: batches that came back from a dead worker first, then those to come."""

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._batches = batches
        self._again: deque[Batch] = deque()
        self._deaths = 0

    def next(self) -> Batch | None:
        """The next batch, `None` when there is none."""
        return self._again.popleft() if self._again else next(self._batches, None)

    def died(self, unanswered: Sequence[Batch], take: Take) -> None:
        """A worker died over the first of these: its records are tried one by one; one alone is told of.

        Raises WorkersGone where workers die again and again.
        """
        self._deaths += 1
        at_work, *behind = unanswered
        if len(at_work) == 1:
            take(at_work, [WorkerDied])
        else:
            self._again.extend([each] for each in at_work)
        self._again.extend(behind)
        if self._deaths > _MOST_DEATHS:
            raise WorkersGone("The processes that open records end again and again.")


async def open_all(
    batches: Iterator[Batch], seeds: Seeds, take: Take, count: int, *, command: Sequence[str] = _COMMAND
) -> None:
    """Open every batch in `count` processes and tell `take` of each. No process is left afterwards, however it ends.

    `batches` is asked for more only when a worker is free. Raises WorkersGone.
    """
    jobs = _Jobs(batches)
    parts = private_parts(seeds)
    tasks = [asyncio.create_task(_serve(jobs, parts, take, command)) for _ in range(count)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _serve(jobs: _Jobs, parts: bytes, take: Take, command: Sequence[str]) -> None:
    """Keep one worker busy until nothing is left to open; a dead one is replaced."""
    while (first := jobs.next()) is not None:
        waiting: deque[Batch] = deque([first])
        try:
            async with _worker(command) as (asked, told):
                asked.write(begin(parts) + ask(first))
                await _keep_busy(jobs, waiting, asked, told, take)
        except (asyncio.IncompleteReadError, OSError):
            jobs.died(waiting, take)


async def _keep_busy(
    jobs: _Jobs, waiting: deque[Batch], asked: asyncio.StreamWriter, told: asyncio.StreamReader, take: Take
) -> None:
    while waiting:
        while len(waiting) < _AHEAD and (batch := jobs.next()) is not None:
            waiting.append(batch)
            asked.write(ask(batch))
        said = await told.readexactly(ANSWER_LENGTH * len(waiting[0]))
        take(waiting.popleft(), answers(said))


@asynccontextmanager
async def _worker(command: Sequence[str]) -> AsyncIterator[tuple[asyncio.StreamWriter, asyncio.StreamReader]]:
    """One worker process and its two pipes; killed and reaped at the end."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=ANSWER_LENGTH * BATCH * _AHEAD
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdin, process.stdout
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
