"""How long `kiosk merge` takes beside the same rules hand-written in polars, each as a whole process; and its memory.

The peer has no checks, audit, notes and disguise. Why polars and not DuckDB: docs/decisions/polars.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, in_turn, options, ratio, table

from tests.fixtures import external, hmis

ROOT = Path(__file__).parents[1]
PEERS = {name: ROOT / "bench" / "merging" / f"with_{name}.py" for name in ("polars",)}
OURS = "kiosk merge"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
MIB = 1024


def make(folder: Path, rows: int, *, scored: bool) -> None:
    """An export of so many enrollments, and an external list of a tenth of that."""
    hmis.write(folder / "hmis", hmis.Shape(rows=rows, year=2026, scored=scored))
    numbers = {row.list_number: row for row in map(external.made_up, range(rows // 10))}
    external.write(folder / "external.csv", numbers.values())
    (folder / "mapping.toml").write_text(f'[scores]\nuse = ["{hmis.SCORE}"]\n')


def command(name: str, folder: Path, out: Path) -> list[str]:
    """What to run."""
    if name == OURS:
        words = ["--hmis", folder / "hmis", "--external", folder / "external.csv", "--out", out / "list.csv"]
        words += ["--mapping", folder / "mapping.toml"]
        return [sys.executable, "-s", "-P", "-m", "kiosk", "merge", *map(str, words)]
    paths = (PEERS[name], folder / "hmis", folder / "external.csv", out / "list.csv")
    return [sys.executable, "-s", *map(str, paths), date.today().isoformat()]


def run(name: str, folder: Path) -> tuple[int, float, int, int]:
    """Nanoseconds, processor seconds, peak KiB of a run's largest process, and rows that came out."""
    with tempfile.TemporaryDirectory() as out:
        words = command(name, folder, Path(out))
        start = time.perf_counter_ns()
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=ENVIRONMENT, cwd=ROOT)
        _, status, usage = os.wait4(child.pid, 0)
        took = time.perf_counter_ns() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{name} ended with {child.returncode}")
        with (Path(out) / "list.csv").open("rb") as file:
            rows = sum(1 for _ in file) - 1
        return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, rows


def beside(folder: Path, names: list[str], trials: int, rows: int) -> None:
    """All of them in turn."""
    make(folder, rows, scored=True)
    samples = {name: Sample() for name in names}
    processor: dict[str, list[float]] = {name: [] for name in names}
    peaks: dict[str, int] = dict.fromkeys(names, 0)
    listed: dict[str, int] = {}
    for name in names:
        run(name, folder)  # what is compiled on the first run is compiled by now
    for name in in_turn(names, trials):
        took, spent, peak, listed[name] = run(name, folder)
        samples[name].add(took)
        processor[name].append(spent)
        peaks[name] = max(peaks[name], peak)
    ours = samples[OURS].at(50)
    lines = [
        [
            name,
            *samples[name].columns(0),
            f"{min(samples[name].values) / 1e6:.0f}",
            f"{sorted(processor[name])[len(processor[name]) // 2] * 1e3:.0f}",
            f"{peaks[name] / MIB:.0f}",
            str(listed[name]),
            ratio(ours, samples[name].at(50)),
        ]
        for name in names
    ]
    head = ["whole process", "p50 ms", "p99", "max", "min", "processor p50", "peak MiB", "rows out", "kiosk / it"]
    table(f"{rows:,} enrollments and {rows // 10:,} external rows", head, lines)


def memory(folder: Path, rows: int) -> None:
    """One run of a large export: time and peak memory."""
    make(folder, rows, scored=False)
    took, _, peak, listed = run(OURS, folder)
    line = [f"{rows + rows // 10:,}", f"{listed:,}", f"{took / 1e9:.1f}", f"{peak / MIB:.0f}"]
    table("A large list, `kiosk merge` alone", ["rows in", "rows out", "seconds", "peak MiB (goal: under 600)"], [line])


def main() -> None:
    """Measure, and print two tables."""
    parser = options(__doc__, trials=21)
    parser.add_argument("--rows", type=int, default=50_000, help="enrollments beside the peers")
    parser.add_argument("--large", type=int, default=1_000_000, help="enrollments for the memory's peak; 0 for none")
    arguments = parser.parse_args()
    names = [OURS]
    for name in PEERS:
        try:
            print(f"{name} {version(name)}")
            names.append(name)
        except PackageNotFoundError:
            print(f"{name} is not installed, and is left out.")
    print(host())
    with tempfile.TemporaryDirectory() as folder:
        beside(Path(folder) / "beside", names, arguments.trials, arguments.rows)
    if arguments.large:
        with tempfile.TemporaryDirectory() as folder:
            memory(Path(folder) / "large", arguments.large)


if __name__ == "__main__":
    main()
