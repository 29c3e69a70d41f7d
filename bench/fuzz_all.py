"""`make fuzz`: everything that is fuzzed, one after the other, for so many seconds each; then a table.

    make fuzz ARGS="--seconds 300"
    make fuzz ARGS="--seconds 60 tokenizer stick_file"

The targets of `tests/fuzz/targets.py` go by atheris where it is installed (dependency group `fuzz`), led by coverage;
else by the seeded mutations that the tests use. Beside them: `sitting`, the walk of a visit by hypothesis, and `kiosk`,
noise against a whole one; and `schedules`, 100,000 of the supervisor under a made-up kernel, whatever the seconds. Ends
with 1 when anything was found; the input is printed by whoever found it.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FUZZ = Path(__file__).with_name("fuzz.py")
_STATS = {
    "executions": re.compile(rb"number_of_executed_units:\s*(\d+)"),
    "new": re.compile(rb"new_units_added:\s*(\d+)"),
    "coverage": re.compile(rb"cov: (\d+)"),
}
AT_ONCE = 500
"""Inputs, or walks, between two looks at the clock."""

SCHEDULES = 100_000
"""Of the simulated supervisor: about ten minutes."""


@dataclass
class Found:
    """What came of one target."""

    target: str
    by: str
    executions: int = 0
    coverage: str = "-"
    new: str = "-"
    crashes: int = 0

    def row(self) -> str:
        """A row of the table."""
        return f"| {self.target} | {self.by} | {self.executions:,} | {self.coverage} | {self.new} | {self.crashes} |"


def by_coverage(target: str, seconds: int) -> Found:
    """One target under atheris, in a process and a folder of its own: it ends the process, and writes what it found."""
    with tempfile.TemporaryDirectory(prefix="kiosk-fuzz-") as folder:
        done = subprocess.run(
            [sys.executable, str(FUZZ), "--seconds", str(seconds), target], cwd=folder, capture_output=True, check=False
        )
        crashes = [path for path in Path(folder).iterdir() if path.is_file()]
        for path in crashes:
            print(f"{target}: {path.name}: {path.read_bytes()!r}", file=sys.stderr)
    said = {name: pattern.findall(done.stderr + done.stdout) for name, pattern in _STATS.items()}
    last = {name: int(each[-1]) if each else 0 for name, each in said.items()}
    if done.returncode:
        print(done.stderr.decode(errors="replace")[-4000:], file=sys.stderr)
    return Found(
        target,
        "coverage",
        last["executions"],
        f"{last['coverage']:,}",
        f"{last['new']:,}",
        max(len(crashes), int(done.returncode != 0)),
    )


def by_chance(target: str, seconds: int) -> Found:
    """One target by seeded mutations of its corpus, seed after seed."""
    from tests.fuzz.mutation import inputs
    from tests.fuzz.targets import TARGETS, WORDS

    found, end = Found(target, "chance"), time.monotonic() + seconds
    while time.monotonic() < end and not found.crashes:
        seed = secrets.randbelow(1 << 31)
        for untrusted in inputs(target, WORDS[target], seed, AT_ONCE):
            try:
                TARGETS[target](untrusted)
            except Exception as error:
                print(f"{target}, seed {seed}: {error!r} by {untrusted!r}", file=sys.stderr)
                found.crashes += 1
                break
            found.executions += 1
    return found


def sitting(seconds: int) -> Found:
    """The walk of a visit, by hypothesis."""
    from hypothesis import settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.fuzz.test_sitting import Sitting

    found, end = Found("sitting", "hypothesis"), time.monotonic() + seconds
    few = AT_ONCE // 10
    chosen = settings(max_examples=few, stateful_step_count=80, deadline=None, database=None)
    while time.monotonic() < end and not found.crashes:
        try:
            run_state_machine_as_test(Sitting, settings=chosen)
        except AssertionError as error:
            print(f"sitting: {error!r}", file=sys.stderr)
            found.crashes += 1
        found.executions += few
    return found


def kiosk(seconds: int) -> Found:
    """Streams of noise against a whole kiosk on a terminal."""
    command = [sys.executable, str(FUZZ), "--minutes", str(seconds / 60)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    streams = re.findall(r"^(\d+) streams, ", done.stdout, re.M)
    if done.returncode:
        print(done.stdout, done.stderr, file=sys.stderr)
    return Found("kiosk", "noise", int(streams[-1]) if streams else 0, crashes=int(done.returncode != 0))


def schedules(_: int) -> Found:
    """The supervisor under a made-up kernel (`tests/simulated/`): so many schedules, whatever the seconds."""
    from tests.simulated.schedules import Failed, run_many

    found, first = Found("schedules", "chance"), secrets.randbelow(1 << 31)
    try:
        run_many(first, SCHEDULES)
        found.executions = SCHEDULES
    except Failed as failed:
        print(failed, file=sys.stderr)
        found.crashes = 1
    return found


def main() -> int:
    """Fuzz, and print the table."""
    from tests.fuzz.targets import TARGETS

    led = importlib.util.find_spec("atheris") is not None
    whole: dict[str, Callable[[int], Found]] = {"sitting": sitting, "kiosk": kiosk, "schedules": schedules}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default 60)")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join([*TARGETS, *whole])}; all where none is named")
    told = parser.parse_args()
    if unknown := set(told.targets) - {*TARGETS, *whole}:
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    print("| target | led by | executions | coverage | new corpus | crashes |\n|---|---|---|---|---|---|", flush=True)
    crashes = 0
    for target in told.targets or [*TARGETS, *whole]:
        ask = whole.get(target)
        found = ask(told.seconds) if ask else (by_coverage if led else by_chance)(target, told.seconds)
        print(found.row(), flush=True)
        crashes += found.crashes
    return int(crashes > 0)


if __name__ == "__main__":
    sys.exit(main())
