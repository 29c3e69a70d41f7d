"""How long a sync of many records takes, beside a raw binary COPY of the same rows into the same table."""

from __future__ import annotations

import os
import random
import struct
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import host, options, table

from kiosk.seal.sealed import MAGIC, SEALED_LENGTH
from kiosk.vault import migrations
from kiosk.vault.postgres import sync as syncing
from kiosk.vault.postgres.address import Address
from tests.made_up import Made, made_at
from tests.postgres import Database, running
from tests.region.kiosks import belonging_of

COPY = "COPY sealed_summary (number, sealed, mac) FROM STDIN (FORMAT BINARY)"
BLOCK = 1 << 20


def fill(made: Made, count: int) -> list[syncing.Row]:
    """Put `count` rows into the kiosk's file, and return them by number."""
    bodies = [MAGIC + os.urandom(SEALED_LENGTH[1] - len(MAGIC)) for _ in range(1000)]
    numbers = sorted(random.sample(range(10_000_000, 100_000_000), count))
    rows = [(number, bodies[at % 1000], bodies[at % 1000][-32:]) for at, number in enumerate(numbers)]
    with closing(migrations.connect(made.place.summaries)) as file:
        file.execute("BEGIN")
        file.executemany("INSERT INTO sealed_summary VALUES (?, ?, ?)", rows)
        file.execute("COMMIT")
    return rows


_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_ROW = struct.Struct(">hiii")
_LENGTH = struct.Struct(">i")


def binary(rows: list[tuple[int, bytes, bytes]]) -> bytes:
    """Rows in the form that COPY takes (PostgreSQL, COPY, Binary Format)."""
    parts = [_SIGNATURE]
    for number, sealed, mac in rows:
        parts += (_ROW.pack(3, 4, number, len(sealed)), sealed, _LENGTH.pack(len(mac)), mac)
    parts.append(b"\xff\xff")
    return b"".join(parts)


def copied(region: Database, data: bytes) -> float:
    """Seconds of a COPY of rows that lie ready in memory, in COPY's own form; nothing is read and nothing compared."""
    start = time.perf_counter()
    with region.superuser() as connection, connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for at in range(0, len(data), BLOCK):
            copy.write(data[at : at + BLOCK])
    return time.perf_counter() - start


def synced(region: Database, made: Made, count: int, new: int) -> float:
    """Seconds of a whole sync."""
    start = time.perf_counter()
    outcome = syncing.sync(made.place, belonging_of(made), Address.parse(region.url()))
    seconds = time.perf_counter() - start
    assert (outcome.here, outcome.new, outcome.clashes) == (count, new, [])
    return seconds


def emptied(region: Database) -> None:
    with region.superuser() as connection:
        connection.execute("TRUNCATE sealed_summary")
        connection.execute("CHECKPOINT")


def main() -> None:
    """Measure both in turn, each on an empty table, and a second sync, which finds everything there."""
    parser = options(__doc__, trials=3)
    parser.add_argument("--records", type=int, default=1_000_000)
    arguments = parser.parse_args()
    found: dict[str, list[float]] = {"raw binary COPY": [], "kiosk sync": [], "kiosk sync, all there": []}
    with tempfile.TemporaryDirectory() as folder, running() as server:
        made, region = made_at(Path(folder, "k")), Database(server)
        rows = fill(made, arguments.records)
        data = binary(rows)
        for _ in range(arguments.trials):
            emptied(region)
            found["raw binary COPY"].append(copied(region, data))
            emptied(region)
            found["kiosk sync"].append(synced(region, made, len(rows), len(rows)))
            found["kiosk sync, all there"].append(synced(region, made, len(rows), 0))
    print(host())
    base = min(found["raw binary COPY"])
    table(
        f"{arguments.records:,} records to PostgreSQL",
        ["s", "best", "worst", "best / COPY"],
        [[name, f"{min(each):.2f}", f"{max(each):.2f}", f"{min(each) / base:.2f}"] for name, each in found.items()],
    )


if __name__ == "__main__":
    main()
