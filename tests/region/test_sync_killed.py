"""A sync that is killed, at each step it takes with the server: nothing is lost, doubled or half there."""

from __future__ import annotations

import os
import signal
from typing import Any

import psycopg
import pytest

from kiosk.vault.postgres import sync as syncing
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.sync import Outcome, sync
from tests.made_up import Made
from tests.postgres import Database
from tests.region.kiosks import belonging_of

pytestmark = pytest.mark.tool("postgres")
RECORDS = 7
BATCH = 3


def killed_at(step: int, made: Made, address: Address) -> bool:
    """Sync in a child that is killed as it comes to its `step`-th call; says whether it came that far."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(step)
            vars(syncing)["BATCH"] = BATCH
            sync(made.place, belonging_of(made), address)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def _die_at(step: int) -> None:
    left = [step]

    def watch(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return original(*arguments, **named)

        setattr(owner, name, counted)

    for name in ("execute", "executemany", "copy"):
        watch(psycopg.Cursor, name)
    watch(psycopg.Copy, "write")
    watch(psycopg.Copy, "finish")
    watch(psycopg.Transaction, "__exit__")


def test_killed_at_every_step(made: Made, region: Database) -> None:
    """E1: killed anywhere, what is there is whole batches of our records; the next run brings the rest and no more."""
    removed = made.keep()
    for _ in range(RECORDS):
        made.keep()
    made.store.retire([removed])
    address, rows = Address.parse(region.url()), made.store.rows()
    step = 0
    while killed_at(step, made, address):
        found = region.rows()
        assert found == rows[: len(found)] and len(found) in (0, 3, 6, 7), f"killed at {step}"
        outcome = sync(made.place, belonging_of(made), address)
        assert (outcome.here, outcome.new, outcome.clashes) == (RECORDS, RECORDS - len(found), [])
        assert region.rows() == rows
        with region.superuser() as connection:
            connection.execute("TRUNCATE sealed_summary, station_says")
        step += 1
    assert step > 8
    assert sync(made.place, belonging_of(made), address) == Outcome(here=RECORDS)
