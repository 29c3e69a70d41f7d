from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from kiosk.desk.records.listing import list_records
from kiosk.seal import wire
from kiosk.seal.record import seal
from kiosk.vault.clerk import MOST_KEPT
from tests.clerk_process import clerk_at
from tests.made_up import SEEDS, Made, a_summary, made_at

TRIALS = 16


def keep_until_killed(made: Made, first: int, seconds: float) -> list[int]:
    """Keep `first` records, then more until the clerk is killed `seconds` later; the acknowledged numbers."""
    kept: list[int] = []
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        killer = threading.Timer(seconds, clerk.kill)
        try:
            while True:
                sealed = seal(a_summary(number), number, made.key.recipients)
                assert clerk.keep(number, sealed) == wire.Kept()
                kept.append(number)
                if len(kept) == first:
                    killer.start()
                if len(kept) == MOST_KEPT:  # a visit keeps no more
                    killer.join()
                    return kept
                number = clerk.number()
        except (EOFError, OSError):
            return kept
        finally:
            killer.cancel()


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """P8, E1: the clerk killed at random moments: every acknowledged record is there, whole, and opens; the file
    is sound;
    besides them there is at most the one record whose answer was on its way.
    """
    made = made_at(tmp_path / "k")
    chance = random.Random(7)
    acknowledged: set[int] = set()
    for trial in range(1, TRIALS + 1):
        acknowledged |= set(keep_until_killed(made, chance.randint(1, 3), chance.uniform(0, 0.02)))
        with closing(sqlite3.connect(made.place.summaries)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        listing = list_records(made.place, SEEDS)
        listed = {row.number for row in listing.rows}
        assert not listing.apart
        assert acknowledged <= listed and len(listed - acknowledged) <= trial
    assert len(acknowledged) >= TRIALS
