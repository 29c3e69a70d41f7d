"""Opening on several cores: the same as opening one by one, whatever becomes of a worker."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import new_seed, recipient
from kiosk.desk.records import worker_pool
from kiosk.desk.records.unsealing import Damaged, NotOpened, NotOurs, Opener, UnknownFormat, WrongKey, read
from kiosk.desk.records.worker_pool import Batch, Outcome, WorkerDied, WorkersGone, how_many, open_all
from kiosk.seal.record import seal
from tests.made_up import SEED, SEEDS, a_summary

NUMBERS = range(10_000_000, 10_000_300)


def records(count: int = len(NUMBERS), seed: bytes = SEED, suite: int = 1) -> list[tuple[int, bytes]]:
    to = [recipient(seed, suite)]
    return [(number, bytes(seal(a_summary(), number, to))) for number in NUMBERS[:count]]


def batches(of: Sequence[tuple[int, bytes]], size: int = 40) -> Iterator[Batch]:
    return (of[start : start + size] for start in range(0, len(of), size))


async def opened(of: Sequence[tuple[int, bytes]], count: int, **named: Sequence[str]) -> dict[int, Outcome]:
    told: dict[int, Outcome] = {}

    def take(batch: Batch, outcomes: Sequence[Outcome]) -> None:
        for (number, _), outcome in zip(batch, outcomes, strict=True):
            assert number not in told, "told of twice"
            told[number] = outcome

    await open_all(batches(of), SEEDS, take, count, **named)
    return told


async def test_workers_open_what_one_process_opens() -> None:
    """Two workers give every record's inside once, the very bytes that opening in this process gives."""
    lot = records()
    opener = Opener(SEEDS)
    told = await opened(lot, 2)
    assert told == {number: opener.plain(number, sealed) for number, sealed in lot}
    assert read(bytes(told[NUMBERS[0]]), 1) == a_summary()  # type: ignore[arg-type]


async def test_each_fault_is_told_and_touches_no_other() -> None:
    """A record altered, moved, sealed to somebody else or of no known format is told of as such; the rest open."""
    lot = records(6)
    altered = bytearray(lot[1][1])
    altered[-1] ^= 1
    lot[1] = (lot[1][0], bytes(altered))
    lot[2] = (lot[2][0], lot[3][1])
    lot[4] = (lot[4][0], records(5, new_seed())[4][1])
    lot[5] = (lot[5][0], b"nothing")
    told = await opened(lot, 1)
    kinds = [kind if isinstance(kind, type) else bytes for kind in told.values()]
    assert kinds == [bytes, Damaged, WrongKey, bytes, NotOurs, UnknownFormat]
    assert all(isinstance(kind, bytes) or issubclass(kind, NotOpened) for kind in told.values())


async def test_both_suites_open() -> None:
    """Records of the X-Wing suite open in a worker as well."""
    told = await opened([*records(2), *[(n + 1_000, s) for n, s in records(1, suite=1)], *xwing(2)], 1)
    assert sum(isinstance(each, bytes) for each in told.values()) == 4


def xwing(count: int) -> list[tuple[int, bytes]]:
    to = [recipient(SEED, 2)]
    return [(number, bytes(seal(a_summary(), number, to))) for number in range(20_000_000, 20_000_000 + count)]


MORTAL = """
import sys
from kiosk.desk.records import unsealing_worker
from kiosk.desk.records.unsealing import Opener
plain = Opener.plain
def dies(self, number, sealed):
    if number == {number}: sys.exit(9)
    return plain(self, number, sealed)
Opener.plain = dies
unsealing_worker.main()
"""


async def test_a_record_that_kills_its_worker_is_told_of_alone() -> None:
    """A worker's death over one record costs that record; every other one is opened by a new worker."""
    command = (sys.executable, "-P", "-c", MORTAL.format(number=NUMBERS[50]))
    os.environ["PYTHONPATH"] = str(Path(worker_pool.__file__).parents[3])
    told = await opened(records(120), 1, command=command)
    assert len(told) == 120
    assert [number for number, outcome in told.items() if not isinstance(outcome, bytes)] == [NUMBERS[50]]
    assert told[NUMBERS[50]] is WorkerDied


async def test_workers_that_cannot_live_end_in_a_sentence() -> None:
    """When workers die at once, again and again, opening stops with a sentence instead of going on for ever."""
    with pytest.raises(WorkersGone) as caught:
        await opened(records(200), 1, command=("/bin/false",))
    assert str(caught.value).endswith(".") and caught.value.hint


@pytest.mark.parametrize(
    ("records", "cores", "processes"),
    [(1, 64, 1), (512, 64, 1), (513, 64, 2), (100_000, 1, 1), (100_000, 2, 2), (100_000, 64, 8), (0, 2, 1)],
)
def test_as_many_workers_as_cores(records: int, cores: int, processes: int) -> None:
    """One process a core, 8 at most, one where there is one core or little to do."""
    assert how_many(records, cores) == processes
