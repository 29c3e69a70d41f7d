"""Many stations keeping records in one region at once: real clerks in processes of their own, in their jails."""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, options, table

from kiosk.seal import wire
from kiosk.seal.record import seal
from tests.clerk_process import ClerkProcess, clerk_at
from tests.made_up import Made, a_summary, made_at
from tests.postgres import Database, running
from tests.region.kiosks import point_at

Told = tuple[list[int], list[int], list[str], int]
"""Numbers kept, nanoseconds of each save, what went wrong, clashes."""


def station(home: Path, made: Made, each: int, start: Any, told: SimpleQueue[Told]) -> None:
    """One station: its clerk keeps `each` records, one after the other."""
    numbers: list[int] = []
    took: list[int] = []
    wrong: list[str] = []
    clashes = 0
    with clerk_at(home) as clerk:
        clerk.line.settimeout(300)
        clerk.number()
        start.wait()
        for _ in range(each):
            number, answer, nanoseconds, more = _save(clerk, made)
            clashes += more
            if isinstance(answer, wire.Kept):
                numbers.append(number)
                took.append(nanoseconds)
            else:
                wrong.append(type(answer).__name__)
    told.put((numbers, took, wrong, clashes))


def _save(clerk: ClerkProcess, made: Made) -> tuple[int, wire.Answer, int, int]:
    """Ask for a number, seal, keep; a clash is answered with another try, as a sitting does."""
    number, clashes = clerk.number(), 0
    while True:
        sealed = seal(a_summary(number), number, made.key.recipients)
        start = time.perf_counter_ns()
        answer = clerk.keep(number, sealed)
        if not isinstance(answer, wire.Clash):
            return number, answer, time.perf_counter_ns() - start, clashes
        number, clashes = answer.number, clashes + 1


def main() -> None:
    """Run all stations at once; all draw from one set of number classes, so that nothing but the region parts them."""
    parser = options(__doc__, trials=80)
    parser.add_argument("--stations", type=int, default=50)
    arguments = parser.parse_args()
    fork = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder, running() as server:
        made, region = made_at(Path(folder, "k")), Database(server)
        point_at(made, region.url())
        start, told = fork.Barrier(arguments.stations + 1), fork.SimpleQueue()
        stations = [
            fork.Process(target=station, args=(made.place.home, made, arguments.trials, start, told))
            for _ in range(arguments.stations)
        ]
        for each in stations:
            each.start()
        start.wait()
        began = time.perf_counter()
        found: list[Told] = [told.get() for _ in stations]
        seconds = time.perf_counter() - began
        for each in stations:
            each.join()
        stored = [row[0] for row in region.rows()]
    _report(found, stored, seconds, arguments.stations)


def _report(found: list[Told], stored: list[int], seconds: float, stations: int) -> None:
    numbers = [number for each in found for number in each[0]]
    wrong = [word for each in found for word in each[2]]
    sample = Sample()
    for each in found:
        for nanoseconds in each[1]:
            sample.add(nanoseconds)
    print(host())
    table(
        f"{stations} stations at once",
        ["kept", "distinct", "in the region", "errors", "clashes", "a second", "ms: p50", "p99", "max"],
        [
            [
                *(str(len(each)) for each in (numbers, set(numbers), stored, wrong)),
                str(sum(each[3] for each in found)),
                f"{len(numbers) / seconds:.0f}",
                *sample.columns(1),
            ]
        ],
    )
    if wrong or sorted(numbers) != stored or len(set(numbers)) < len(numbers):
        sys.exit("A number was given twice, or a save failed.")


if __name__ == "__main__":
    main()
