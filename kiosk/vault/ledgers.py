"""The ledgers of paper and training: codes and counts beside the sealed records, in a database of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import SQLModel

from kiosk.errors import Refused
from kiosk.seal.wire import Reason
from kiosk.vault.faults import StoreFault, reason_for
from kiosk.vault.file_times import blur_times
from kiosk.vault.sheet_ledger import APPLICATION_ID, STEPS, SheetLedger, create
from kiosk.vault.store import engine_for
from schema.ledgers import EnteredCount, PaperCount, PaperSheet, StaffTraining
from schema.sheet import SheetState
from schema.training import Training

__all__ = ["APPLICATION_ID", "STEPS", "Ledgers", "NoSuchSheet", "create"]

_SHEETS: Final = SQLModel.metadata.tables[str(PaperSheet.__tablename__)]
_COUNTS: Final = SQLModel.metadata.tables[str(PaperCount.__tablename__)]
_ENTERED: Final = SQLModel.metadata.tables[str(EnteredCount.__tablename__)]
_TRAININGS: Final = SQLModel.metadata.tables[str(StaffTraining.__tablename__)]


class NoSuchSheet(Refused):
    """No sheet of this id is in the ledger."""

    hint = "`kiosk paper` lists the sheets that are open."


class Ledgers(SheetLedger):
    """The ledgers at `path`, made at their first use. Methods raise StoreFault, which names a reason and no value."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._writing = engine_for(path)
        self._reading = engine_for(path, write=False)

    # Paper (MO-11)

    def sheets(self) -> dict[str, SheetState]:
        """Every sheet that was not forgotten, by its id."""
        with self._read() as connection:
            rows = connection.execute(select(_SHEETS.c.sheet, _SHEETS.c.state).order_by(_SHEETS.c.sheet))
            return {sheet: SheetState(state) for sheet, state in rows}

    def reconcile(self, ends: dict[str, SheetState]) -> None:
        """Say what became of sheets, all of it or nothing. Raises NoSuchSheet, or ValueError for opening one again."""
        if SheetState.OPEN in ends.values():
            raise ValueError("a sheet is not opened again")
        with self._write() as connection:
            for sheet, state in ends.items():
                found = connection.execute(update(_SHEETS).where(_SHEETS.c.sheet == sheet).values(state=int(state)))
                if not found.rowcount:
                    raise NoSuchSheet(f"No sheet {sheet} is in the ledger.")

    def forget(self) -> int:
        """Turn sheets whose end is known into counts; returns how many. Rebuild the file afterwards."""
        with self._write() as connection:
            ended = _SHEETS.c.state != int(SheetState.OPEN)
            rows = connection.execute(select(_SHEETS.c.state, func.count()).where(ended).group_by(_SHEETS.c.state))
            for state, many in rows.all():
                more = update(_COUNTS).where(_COUNTS.c.state == state).values(sheets=_COUNTS.c.sheets + many)
                if not connection.execute(more).rowcount:
                    connection.execute(insert(_COUNTS), {"state": state, "sheets": many})
            return int(connection.execute(delete(_SHEETS).where(ended)).rowcount)

    def entered(self) -> int:
        """How many visitors staff entered in the general list."""
        with self._read() as connection:
            return int(connection.execute(select(_ENTERED.c.people)).scalar_one())

    def counts(self) -> dict[SheetState, int]:
        """How many sheets came to each end and were forgotten."""
        with self._read() as connection:
            rows = connection.execute(select(_COUNTS.c.state, _COUNTS.c.sheets))
            return {SheetState(state): sheets for state, sheets in rows}

    # Training (MO-06, MO-07, MO-37)

    def trained(self, training: Training) -> None:
        """Enter a training; the same one again changes who trained."""
        row = {
            "code": training.code,
            "item": training.item,
            "day": training.day.isoformat(),
            "trained_by": training.trained_by,
        }
        with self._write() as connection:
            same = (_TRAININGS.c[name] == row[name] for name in ("code", "item", "day"))
            connection.execute(delete(_TRAININGS).where(*same))
            connection.execute(insert(_TRAININGS), row)

    def trainings(self) -> Sequence[Training]:
        """Every training, by code, item and day."""
        columns = (_TRAININGS.c.code, _TRAININGS.c.item, _TRAININGS.c.day, _TRAININGS.c.trained_by)
        with self._read() as connection:
            rows = connection.execute(select(*columns).order_by(*columns[:3]))
            return [Training(code, item, date.fromisoformat(day), by) for code, item, day, by in rows]

    def left(self, code: str) -> int:
        """Drop every training of somebody who left; returns how many there were."""
        with self._write() as connection:
            return int(connection.execute(delete(_TRAININGS).where(_TRAININGS.c.code == code)).rowcount)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        self._make()
        with self._faults(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        self._make()
        with self._faults(), self._writing.begin() as connection:
            yield connection
        blur_times(self._path)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with super()._faults():
                yield
        except IntegrityError:
            raise StoreFault(Reason.REFUSED) from None
        except DBAPIError as error:
            known = isinstance(error.orig, (sqlite3.Error, OSError))
            raise StoreFault(reason_for(error.orig, self._path) if known else Reason.OTHER) from None  # type: ignore[arg-type]
        except StatementError:
            raise StoreFault(Reason.REFUSED) from None
