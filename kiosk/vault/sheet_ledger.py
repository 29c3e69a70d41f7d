"""What a clerk does with the ledgers: a sheet is entered before it is printed (MO-11), a record before it is kept.

The standard library only: `kiosk.vault.ledgers` adds to it what the desk does, and what needs SQLModel.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from kiosk.seal.wire import Reason
from kiosk.vault import migrations, statements
from kiosk.vault.appending import transaction
from kiosk.vault.faults import StoreFault, reason_for
from kiosk.vault.file_times import blur_times
from kiosk.vault.private_file import AlreadyThere
from schema.sheet import SHEET_LENGTH, SHEET_LETTERS, SheetState

APPLICATION_ID: Final = 0x4B534C31
"""What `PRAGMA application_id` says of a kiosk's ledgers ("KSL1")."""

STEPS: Final[migrations.Steps] = (
    (
        """CREATE TABLE paper_sheet (
            sheet TEXT NOT NULL PRIMARY KEY,
            state INTEGER NOT NULL,
            CONSTRAINT sheet_letters CHECK (length(sheet) = 5 AND sheet NOT GLOB '*[^23456789CDFGHJKMNPQRTVWX]*'),
            CONSTRAINT sheet_state CHECK (state IN (0, 1, 2, 3))
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE paper_count (
            state INTEGER NOT NULL PRIMARY KEY,
            sheets INTEGER NOT NULL,
            CONSTRAINT count_state CHECK (state IN (1, 2, 3)),
            CONSTRAINT count_sheets CHECK (sheets BETWEEN 1 AND 999999999)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE staff_training (
            code TEXT NOT NULL,
            item TEXT NOT NULL,
            day TEXT NOT NULL,
            trained_by TEXT NOT NULL,
            PRIMARY KEY (code, item, day),
            CONSTRAINT staff_code CHECK (length(code) BETWEEN 2 AND 12 AND code NOT GLOB '*[^A-Z0-9-]*'),
            CONSTRAINT training_item CHECK (item IN ('dv-sv', 'vawa-transfers')),
            CONSTRAINT training_day CHECK (length(day) = 10 AND day GLOB '20[0-9][0-9]-[01][0-9]-[0-3][0-9]'),
            CONSTRAINT training_by CHECK (length(trained_by) BETWEEN 2 AND 12 AND trained_by NOT GLOB '*[^A-Z0-9-]*')
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE today (
            place INTEGER NOT NULL PRIMARY KEY,
            tag INTEGER NOT NULL,
            records INTEGER NOT NULL,
            CONSTRAINT today_place CHECK (place = 0),
            CONSTRAINT today_tag CHECK (tag BETWEEN 0 AND 15),
            CONSTRAINT today_records CHECK (records BETWEEN 0 AND 9999)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO today VALUES (0, 0, 0)",
    ),
    (
        """CREATE TABLE entered (
            place INTEGER NOT NULL PRIMARY KEY,
            people INTEGER NOT NULL,
            CONSTRAINT entered_place CHECK (place = 0),
            CONSTRAINT entered_people CHECK (people BETWEEN 0 AND 999999999)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO entered VALUES (0, 0)",
    ),
)
"""Step `i` takes the ledgers from version `i` to `i + 1`; a step that was released never changes."""

_TRIES: Final = 100


class EnoughToday(StoreFault):
    """This station has kept as many records today as it may."""

    def __init__(self) -> None:
        super().__init__(Reason.REFUSED)


def day_tag(station_secret: bytes) -> int:
    """Four bits that change with the day: enough to begin a new count, and too few to tell which day it was."""
    today = date.today().isoformat().encode()
    return hmac.digest(station_secret, b"kiosk day" + today, "sha256")[0] >> 4


def create(path: Path) -> None:
    """Make empty ledgers, 0600. Raises AlreadyThere or KioskError."""
    migrations.create(path, STEPS, APPLICATION_ID)


class SheetLedger:
    """The ledgers at `path`, made at their first use. Methods raise StoreFault, which names a reason and no value."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def new_sheet(self) -> str:
        """Enter a sheet that is about to be printed; returns its id, drawn at random."""
        for _ in range(_TRIES):
            sheet = "".join(secrets.choice(SHEET_LETTERS) for _ in range(SHEET_LENGTH))
            try:
                self._enter(sheet)
            except StoreFault as fault:
                if fault.reason is not Reason.REFUSED:
                    raise
            else:
                return sheet
        raise StoreFault(Reason.OTHER)

    def count_a_record(self, tag: int, most: int) -> None:
        """Count one more record of the day that `tag` stands for, up to `most`. Raises EnoughToday or StoreFault."""
        self._make()
        with self._faults(), transaction(self._path) as connection:
            if connection.execute(statements.COUNT_ON, (tag, most)).rowcount:
                return
            if not connection.execute(statements.BEGIN_DAY, (tag, tag)).rowcount:
                raise EnoughToday

    def count_entered(self) -> None:
        """Count one more person whom staff entered in the general list: no day, no person. Raises StoreFault."""
        self._make()
        with self._faults(), transaction(self._path) as connection:
            connection.execute(statements.COUNT_ENTERED)
        blur_times(self._path)

    def _enter(self, sheet: str) -> None:
        self._make()
        with self._faults(), transaction(self._path) as connection:
            connection.execute(statements.INSERT_SHEET, (sheet, int(SheetState.OPEN)))
        blur_times(self._path)

    def _make(self) -> None:
        """Make the ledgers where there are none; finish what somebody else began to make."""
        if not self._path.exists():
            try:
                create(self._path)
            except AlreadyThere:
                pass
            else:
                return
        with self._faults(), closing(migrations.connect(self._path, write=False)) as connection:
            found = migrations.identity(connection)
        if found[:2] != (APPLICATION_ID, len(STEPS)):
            migrations.upgrade(self._path, STEPS, APPLICATION_ID)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreFault(reason_for(error, self._path)) from None
        except MemoryError:
            raise StoreFault(Reason.OTHER) from None
