"""What all benches share: options, trials in turn, percentiles, tables that can be pasted into `docs/figures.md`."""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version


def options(description: str | None, *, trials: int) -> argparse.ArgumentParser:
    """A parser with `--trials`, whose default is what the figures are published with."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--trials", type=_positive, default=trials, help=f"how many of each (default {trials})")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


@dataclass(slots=True)
class Sample:
    """Durations of one thing, in nanoseconds; a trial without an answer counts as tried."""

    values: list[int] = field(default_factory=list)
    tried: int = 0

    def add(self, nanoseconds: int | None) -> None:
        """Take in one trial; `None` when nothing came."""
        self.tried += 1
        if nanoseconds is not None:
            self.values.append(nanoseconds)

    def at(self, percent: float) -> float:
        """The smallest value that `percent` of all answers do not exceed (nearest rank); NaN without answers."""
        if not self.values:
            return float("nan")
        ordered = sorted(self.values)
        return ordered[max(0, -int(-percent / 100 * len(ordered) // 1) - 1)]

    @property
    def answered(self) -> str:
        """How many of the trials were answered."""
        return f"{len(self.values)}/{self.tried}"

    def columns(self, digits: int = 2) -> list[str]:
        """p50, p99 and max in milliseconds; a dash without answers."""
        if not self.values:
            return ["-", "-", "-"]
        return [f"{value / 1e6:.{digits}f}" for value in (self.at(50), self.at(99), max(self.values))]


def ratio(ours: float, theirs: float) -> str:
    """How many times `theirs` ours is; a dash where either is missing."""
    return f"{ours / theirs:.2f}" if ours == ours and theirs and theirs == theirs else "-"


def in_turn(names: Sequence[str], trials: int) -> Iterator[str]:
    """Every name once a round, in an order drawn afresh each round, so that slow drifts hit all alike."""
    for done in range(trials):
        yield from random.sample(names, len(names))
        _progress(done + 1, trials)


def _progress(done: int, trials: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{trials} " + ("\r\x1b[K" if done == trials else ""))
        sys.stderr.flush()


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table, at once."""
    print(f"\n**{title}**\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def host() -> str:
    """What was measured on, in one line that tells nothing about whose it is."""
    return (
        f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Textual {version('textual')}, load before: {os.getloadavg()[0]:.1f}"
    )


@contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy with a process of its own meanwhile."""
    ours = os.getpid()
    spinning = []
    for _ in range(os.cpu_count() or 1):
        pid = os.fork()
        if pid == 0:
            while os.getppid() == ours:
                end = time.monotonic() + 0.1
                while time.monotonic() < end:
                    pass
            os._exit(0)
        spinning.append(pid)
    try:
        yield
    finally:
        for pid in spinning:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
