"""The desk while it opens very many records: from a key to its paint, the time until all are open, and the memory."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import random
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, options, table
from opening import SEED, SUMMARY

from kiosk import config
from kiosk.desk.keys.derivation import Cost, wrap
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.storage import FileStore
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.priority.profile import load
from kiosk.seal.record import seal
from kiosk.vault import migrations
from kiosk.vault.numbers import damm
from kiosk.vault.store import mac_of
from schema.answers import FACTOR_CODES
from schema.summary import Factors

PASSPHRASE = "seven made up words"
DOWN = b"\x1b[B"
"""The key that always has something to paint: at the top of the list, Up has not."""
A_ROW = b"2026-"
"""How the month of any record begins."""
BETWEEN_KEYS = 0.05
"""Seconds from one paint to the next key: a person who scrolls quickly."""
PATIENCE = 2.0
_CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def made(folder: Path, count: int) -> Place:
    """A desk of a region of 64 stations, with so many made-up records."""
    folder.mkdir(mode=0o700)
    place = Place(folder)
    region = Region.new("MO-606", SEED)
    for station in range(64):
        region, key = region.deal(f"STATION-{station}", Seeds(SEED))
    region.write(place.desk_toml, SEED)
    key.write(place.station_key)
    migrations.create(place.summaries)
    FileStore(place.provider_key).put(wrap(SEED, PASSPHRASE, _CHEAP))
    settings = {"pack": "us-mo", "language": "en", "role": "advocate", "station": "DESK1", "region": "MO-606"}
    config.write(place.station_toml, config.Station(**settings, agency="AGENCY1", allow_recorder=True))  # type: ignore[arg-type]
    with closing(sqlite3.connect(place.summaries)) as database, database:
        database.executemany("INSERT INTO sealed_summary VALUES (?, ?, ?)", rows(region, count))
    return place


def rows(region: Region, count: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Made-up records with every kind of answer, each vouched for by the station that its number was dealt to."""
    chance, fingerprint, seen = random.Random(1), load().fingerprint, set[int]()
    while len(seen) < count:
        payload = chance.randrange(1_000_000, 10_000_000)
        number = payload * 10 + damm(str(payload))
        station = region.station_of(number)
        if station is None or number in seen:
            continue
        seen.add(number)
        codes = {field.name: chance.choice(sorted(FACTOR_CODES[field.name])) for field in fields(Factors)}
        month = f"2026-{chance.randint(1, 12):02d}"
        summary = replace(SUMMARY, factors=Factors(**codes), month=month, profile=fingerprint)
        sealed = seal(summary, number, region.recipients)
        yield number, bytes(sealed), mac_of(station.secret, number, sealed)


class Screen:
    """A terminal with a program on it, read as it comes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.seen = b""

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; empty when nothing does."""
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            came = os.read(self.master, 1 << 16)
        except OSError:  # it has ended, and nobody holds the other end
            return b""
        self.seen = (self.seen + came)[-20_000:]
        return came

    def wait_for(self, words: bytes) -> None:
        """Read until `words` come."""
        end = time.monotonic() + 300
        while words not in self.seen:
            if time.monotonic() > end:
                raise SystemExit(f"{words!r} never came")
            self.read(0.5)

    def quiet(self, seconds: float) -> None:
        """Read until nothing comes for so long."""
        while self.read(seconds):
            pass

    def key(self, typed: bytes, row: bytes) -> int | None:
        """Nanoseconds from a key to the paint in which the cursor's mark stands in `row`."""
        self.seen = b""
        start = time.perf_counter_ns()
        os.write(self.master, typed)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.read(0.05) and row in self.seen:
                return time.perf_counter_ns() - start
        return None

    def close(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        while self.process.poll() is None:
            self.read(0.05)
        os.close(self.master)


@contextmanager
def screen(place: Place) -> Iterator[Screen]:
    """The desk on a terminal, locked."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(place.home.parent), "KIOSK_HOME": str(place.home)}
    environment |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    glass = Screen([sys.executable, "-m", "kiosk", "desk"], environment)
    try:
        yield glass
    finally:
        glass.close()


def children(pid: int) -> list[int]:
    """Processes below `pid`."""
    own = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return own + [each for child in own for each in children(child)]


def peak(pid: int) -> int:
    """The most MiB that a process, of those below `pid`, has held."""
    most = 0
    for each in children(pid):
        try:
            lines = Path(f"/proc/{each}/status").read_text().splitlines()
        except OSError:
            continue
        most = max([most, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
    return most // 1024


def one_run(place: Place) -> tuple[Sample, Sample, float, int]:
    """Key to paint while records open and afterwards, seconds until all are open, peak memory in MiB."""
    opening, after = Sample(), Sample()
    with screen(place) as glass:
        glass.wait_for(b"Ctrl+Q")
        glass.quiet(0.5)
        start = time.perf_counter()
        os.write(glass.master, PASSPHRASE.encode() + b"\r")
        glass.wait_for(A_ROW)  # before, there is nothing to move on, and nothing to paint
        while b"on the list" not in glass.seen:
            opening.add(glass.key(DOWN, b"\x1b["))
            end = time.monotonic() + BETWEEN_KEYS
            while time.monotonic() < end and b"on the list" not in glass.seen:
                glass.read(0.01)
        spent = time.perf_counter() - start
        most = peak(glass.process.pid)
        glass.quiet(0.5)
        for _ in range(100):
            after.add(glass.key(DOWN, b"\x1b["))
            glass.quiet(BETWEEN_KEYS)
    return opening, after, spent, most


_CELLS = ("123 456 78", "12", "0 0 0 0", "adults", "2026-11", "MO-606")


async def as_data_table(count: int) -> tuple[Sample, float]:
    """The peer: Textual's own table, fed 500 rows at a time; key to a moved cursor while it fills, and the time."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable

    class Peer(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

    app, keys = Peer(), Sample()
    async with app.run_test(size=(80, 24)) as pilot:
        rows = app.query_one(DataTable)
        rows.add_columns(*("rank", "number", "score", "bands", "household", "month", "region"))
        start = time.perf_counter()
        for first in range(0, count, 500):
            pressed = time.perf_counter_ns()
            rows.add_rows(
                (str(at), "123 456 78", "12", "0 0 0 0", "adults", "2026-11", "MO-606")
                for at in range(first, first + 500)
            )
            await pilot.press("down")
            keys.add(time.perf_counter_ns() - pressed)
        return keys, time.perf_counter() - start


def main() -> None:
    """Make the records, run the desk on a pseudo-terminal, print one table."""
    parser = options(__doc__, trials=3)
    parser.add_argument("--records", type=int, default=100_000, help="records on the desk (default 100000)")
    parser.add_argument("--peer", type=int, default=10_000, help="rows of Textual's own table (default 10000; 0: none)")
    arguments = parser.parse_args()
    print(host())
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        place = made(Path(folder, "desk"), arguments.records)
        for trial in range(arguments.trials):
            opening, after, spent, most = one_run(place)
            for name, sample in (("while they open", opening), ("afterwards", after)):
                shown.append([str(trial + 1), name, sample.answered, *sample.columns(), f"{spent:.1f}", str(most)])
    if arguments.peer:
        keys, spent = asyncio.run(as_data_table(arguments.peer))
        name = f"DataTable, {arguments.peer:,} rows in slices of 500, no terminal"
        shown.append(["peer", name, keys.answered, *keys.columns(), f"{spent:.1f}", ""])
    head = ["run", "key to paint, ms", "answered", "p50", "p99", "max", "all open after, s", "peak of the desk, MiB"]
    table(f"{arguments.records:,} records", head, shown)


if __name__ == "__main__":
    main()
