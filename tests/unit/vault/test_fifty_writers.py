from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

from kiosk.desk.records.listing import list_records
from kiosk.seal import wire
from kiosk.seal.record import seal
from kiosk.vault.clerk import Clerk
from kiosk.vault.rebuild import rebuild
from tests.made_up import SEEDS, Made, a_summary, made_at

WRITERS = 50
EACH = 4


def write(made: Made, start: Any, kept: SimpleQueue[list[int] | str]) -> None:
    """One clerk among fifty: keep some records; report their numbers, or what went wrong."""
    clerk = Clerk(made.key, made.store, made.ledgers, most_a_day=9_999)
    numbers: list[int] = []
    start.wait()
    while len(numbers) < EACH:
        aside = clerk.answer(wire.pack_ask())
        if not isinstance(aside, wire.Number):
            return kept.put(repr(aside))
        number = aside.number
        answer = clerk.answer(wire.pack_keep(number, seal(a_summary(number), number, made.key.recipients)))
        if isinstance(answer, wire.Kept):
            numbers.append(number)
        elif not isinstance(answer, wire.Clash):
            return kept.put(repr(answer))
    return kept.put(numbers)


def test_fifty_writers_on_one_file(tmp_path: Path) -> None:
    """P8, E12: fifty processes keep records at once, the file rebuilt meanwhile: all kept, all distinct, all whole."""
    made = made_at(tmp_path / "k")
    fork = multiprocessing.get_context("fork")
    start, kept = fork.Barrier(WRITERS + 1), fork.SimpleQueue()
    writers = [fork.Process(target=write, args=(made, start, kept)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    start.wait()
    rebuild(made.place.summaries)
    told = [kept.get() for _ in writers]
    for writer in writers:
        writer.join()
    assert not [each for each in told if isinstance(each, str)]
    numbers = [number for each in told for number in each]
    assert len(numbers) == len(set(numbers)) == WRITERS * EACH
    listing = list_records(made.place, SEEDS)
    assert {row.number for row in listing.rows} == set(numbers) and not listing.apart
    with closing(sqlite3.connect(made.place.summaries)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
