"""How long a durable append takes, read-back and all, beside the same rows through sqlite3 alone."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, in_turn, options, ratio, table

from kiosk.desk.keys.derivation import recipient
from kiosk.seal.record import seal
from kiosk.seal.sealed import SealedRecord
from kiosk.vault import migrations
from kiosk.vault.appending import Appender, mac_of
from kiosk.vault.migrations import connect
from kiosk.vault.numbers import draw
from schema.later import Withdrawal

KEY = bytes(32)
INSERT = "INSERT INTO sealed_summary VALUES (?, ?, ?)"
Row = tuple[int, SealedRecord, bytes]


def a_row() -> Row:
    """One row, drawn and sealed before the clock starts."""
    number = draw(range(4096), KEY, lambda _: False)
    sealed = seal(Withdrawal(number, bytes(8), 1), number, [recipient(KEY)])
    return number, sealed, mac_of(KEY, number, sealed)


def ours(path: Path) -> Callable[[Row], None]:
    """The clerk's append: a new connection, checks, a commit, and the row read back on another connection."""
    appender = Appender(path, KEY)
    return lambda row: appender.append(*row)


def kept_open(path: Path) -> Callable[[Row], None]:
    """sqlite3 alone on a connection that stays open, same PRAGMAs, one transaction a row, nothing read back."""
    connection = connect(path)

    def work(row: Row) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, (row[0], bytes(row[1]), row[2]))
        connection.execute("COMMIT")

    return work


def with_read_back(path: Path) -> Callable[[Row], None]:
    """sqlite3 alone doing what the clerk does: a new connection for the row, another for the read-back."""

    def work(row: Row) -> None:
        writing = connect(path)
        writing.execute("BEGIN IMMEDIATE")
        writing.execute(INSERT, (row[0], bytes(row[1]), row[2]))
        writing.execute("COMMIT")
        writing.close()
        reading = connect(path, write=False)
        found = reading.execute("SELECT sealed, mac FROM sealed_summary WHERE number = ?", row[:1]).fetchone()
        reading.close()
        assert found == (bytes(row[1]), row[2])

    return work


CASES = {
    "the clerk's append, read back": ours,
    "sqlite3, connection kept open, no read-back": kept_open,
    "sqlite3, new connection, read back": with_read_back,
}


def main() -> None:
    """Measure every case in turn, each on a file of its own, and print one table."""
    parser = options(__doc__, trials=500)
    parser.add_argument("--folder", type=Path, default=None, help="where the files go; the disk is what is measured")
    arguments = parser.parse_args()
    samples = {name: Sample() for name in CASES}
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        works = {}
        for at, (name, make) in enumerate(CASES.items()):
            migrations.create(Path(folder, f"{at}.db"))
            works[name] = make(Path(folder, f"{at}.db"))
        for name in in_turn(list(CASES), arguments.trials):
            row = a_row()
            start = time.perf_counter_ns()
            works[name](row)
            samples[name].add(time.perf_counter_ns() - start)
    print(host() + f", SQLite {sqlite3.sqlite_version}")
    base = samples["sqlite3, connection kept open, no read-back"].at(50)
    rows = [[name, *sample.columns(), ratio(sample.at(50), base)] for name, sample in samples.items()]
    table("A durable append", ["ms", "p50", "p99", "max", "p50 / kept open"], rows)


if __name__ == "__main__":
    main()
