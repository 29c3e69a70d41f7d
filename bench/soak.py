"""`make soak`: random visits, panics, kills and storms for a while; every record said to be kept must be there.

    make soak ARGS="--seconds 60 --seed 7"

Two terminals work on one data folder and a third on a disk that is full at each Keep. Prints a table, and ends with 1
when a record was lost, stored by half or kept without Keep, when a visit failed, when a process or a file was left
behind, or when the memory or the descriptors of the kiosk whose supervisor nobody killed grew.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import secrets
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from resident import table  # noqa: E402  # the tests are no package of the product
from soaking import WARM, AtWork, OnAFullDisk, Worker  # noqa: E402

from kiosk.launch import running_kiosks  # noqa: E402
from tests.faults import station  # noqa: E402
from tests.faults.rounds import Seen  # noqa: E402
from tests.faults.sound import sound  # noqa: E402
from tests.terminal import glass, proc  # noqa: E402

BELONGS = ("*/run/kiosks.lock", "*/packs/*.json")
"""What a data folder has beside what set-up made: the lock, and the pack as it is read faster."""
GROWTH = 1.10
"""Need at the end over need at the start that still counts as flat."""
PATIENT = 240.0
"""Seconds without an answer after which a visit has failed: a soak shares its machine."""
LEAVE_MOST = ("sitting", "clerk", "standby")
SUBREAPER = 36
"""Of prctl(2): whoever loses its parent becomes ours, so that a process left behind is seen."""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to go on (default 600)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    return parser.parse_args()


def names(folder: Path) -> set[Path]:
    """Every file below a folder, but for what belongs there."""
    return {path for path in folder.rglob("*") if path.is_file() and not any(map(path.match, BELONGS))}


def main() -> int:
    """Soak, hold the lists against what was seen, and print what came of it."""
    told = options()
    print(f"seed {told.seed}, {told.seconds:.0f} seconds, {os.cpu_count()} processors", flush=True)
    os.environ.setdefault("TERM", "xterm-256color")
    glass.PATIENCE = PATIENT
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="kiosk-soak-") as name:
        desk = Path(name, "desk")
        desk.mkdir()
        home, alone, own = desk / "short", desk / "alone", Path(name, "own")
        for each in ("own", "tmp", "disk"):
            Path(name, each).mkdir()
        os.environ |= {"HOME": str(own), "TMPDIR": str(Path(name, "tmp"))}
        station.shorten(station.copy(station.set_up(desk), home))
        station.copy(home, alone)
        before = names(Path(name))
        workers, seen = work(Path(name), home, alone, told)
        running_kiosks.sweep(home / "run")  # as the next start does
        left = names(Path(name)) - before - names(Path(name, "disk"))
        return report(workers, seen, hold(home, desk, workers, seen), left)


def work(folder: Path, home: Path, alone: Path, told: argparse.Namespace) -> tuple[list[Worker], list[Seen]]:
    """Let the terminals work until the time is over."""
    end, dice = time.monotonic() + told.seconds, [random.Random(told.seed + each) for each in range(3)]
    seen = [Seen(), Seen()]
    workers = [
        AtWork(home, seen[0], end, dice[0], victims=LEAVE_MOST, measured=True),
        AtWork(home, seen[0], end, dice[1], victims=(*LEAVE_MOST, "supervisor"), measured=False),
        OnAFullDisk(alone, folder / "disk", seen[1], end, dice[2]),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [*workers], seen


def hold(home: Path, desk: Path, workers: list[Worker], seen: list[Seen]) -> list[tuple[set[int], int]]:
    """Of each list its numbers, and how many rows its files have by themselves. Fails where something is lost."""
    found = [(sound(home, desk, seen[0]), rows(home))]
    copies = [copy for worker in workers if isinstance(worker, OnAFullDisk) for copy in worker.copies]
    for copy in copies:
        own = Seen(seen[1].acknowledged if len(copies) == 1 else set(), seen[1].tried, seen[1].never)
        found.append((sound(copy, desk, own), rows(copy)))
    return found


def rows(home: Path) -> int:
    """How many rows a data folder's database has, whatever opens."""
    with closing(sqlite3.connect(home / "summaries.db")) as base:
        return int(base.execute("SELECT count(*) FROM sealed_summary").fetchone()[0])


def left_running() -> list[bytes]:
    """The processes below this one that still run, by their commands."""
    return [proc.command(pid) for pid in proc.family(os.getpid()) if proc.alive(pid)]


def report(workers: list[Worker], seen: list[Seen], found: list[tuple[set[int], int]], left: set[Path]) -> int:
    """Print the tables. Returns 1 when something was lost, left or grew."""
    numbers = {number for each, _ in found for number in each}
    kept = {number for each in seen for number in each.acknowledged}
    never = {number for each in seen for number in each.never}
    faults = sum((worker.faults for worker in workers), Counter(f"kill -9 of the {each}" for each in seen[0].killed))
    alive, failed = left_running(), [each for worker in workers for each in worker.failed]
    counts = {
        "sittings served": sum(each.visits for each in seen),
        "panics": sum(each.panics for each in seen),
        "faults injected": sum(faults.values()),
        **{f"- {name}": count for name, count in sorted(faults.items())},
        "records acknowledged": len(kept),
        "of these found again, by number": len(kept & numbers),
        "rows that the files hold, by count": sum(count for _, count in found),
        "rows that open": sum(len(each) for each, _ in found),
        "of these not acknowledged before the fault": len(numbers - kept),
        "kept without Keep": len(numbers & never),
        "visits that failed": len(failed),
        "processes left": len(alive),
        "files left": len(left),
    }
    print(table([["soak", "count"], *([name, str(count)] for name, count in counts.items())]), flush=True)
    for each in (*failed, *alive, *left):
        print(each, file=sys.stderr)
    lost = kept - numbers or numbers & never or any(count != len(each) for each, count in found)
    return int(bool(lost or failed or alive or left) | grown(workers[0].memory))


def grown(memory: list[dict[str, float]]) -> bool:
    """Print what a kiosk needed at the start and at the end; whether that grew."""
    if len(memory) < 2 * WARM:
        print("Too short to say anything about memory.")
        return False
    first, last = _middle(memory[:WARM]), _middle(memory[-WARM:])
    head = [f"on the home page, over {len(memory)} sittings", "at the start", "at the end", "ratio"]
    need = [[kind, f"{first[kind]:.1f}", f"{last[kind]:.1f}", f"{last[kind] / first[kind]:.2f}"] for kind in first]
    print("\n" + table([head, *need]))
    return any(last[kind] > first[kind] * GROWTH for kind in first)


def _middle(memory: list[dict[str, float]]) -> dict[str, float]:
    """The middle value of each kind."""
    return {kind: sorted(each[kind] for each in memory)[len(memory) // 2] for kind in memory[0]}


if __name__ == "__main__":
    sys.exit(main())
