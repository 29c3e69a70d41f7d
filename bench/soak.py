"""`make soak`: random visits, panics and kills for a while; every record that was said to be kept must be there.

    make soak ARGS="--seconds 60 --seed 7"

Two terminals work on one data folder. Prints a table, and ends with 1 when a record was lost, stored by half, or kept
without Keep, or when the memory of the kiosk that nobody killed grew.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from resident import of_kiosk, table  # noqa: E402  # the tests are no package of the product

from tests.faults import station  # noqa: E402
from tests.faults.rounds import SAVE, Seen, Terminal  # noqa: E402
from tests.faults.sound import sound  # noqa: E402
from tests.faults.visitor import HOME  # noqa: E402

GROWTH = 1.10
"""Memory at the end over memory at the start that still counts as flat."""
WARM = 3
"""Visits before the first look at memory."""
KINDS = {"keep": 5, "panic before Keep": 3, "panic after Keep": 4, "kill": 4}
"""Visits, and how often one is drawn."""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to go on (default 600)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    return parser.parse_args()


def visit(terminal: Terminal, dice: random.Random, victims: tuple[str, ...]) -> None:
    """One visit of a kind that is drawn."""
    match dice.choices(list(KINDS), list(KINDS.values()))[0]:
        case "keep":
            terminal.keep()
        case "panic before Keep":
            terminal.panic_before_keeping()
        case "panic after Keep":
            terminal.panic_while_keeping(dice.uniform(0, SAVE))
        case _:
            terminal.kill_while_keeping(dice.choice(victims))


class Worker(threading.Thread):
    """One terminal at work until the time is over."""

    def __init__(self, home: Path, seen: Seen, end: float, dice: random.Random, victims: tuple[str, ...]) -> None:
        super().__init__()
        self.terminal = Terminal(home, seen, dice)
        self._end, self._dice, self._victims = end, dice, victims
        self.memory: list[dict[str, float]] = []
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Visit after visit; memory is looked at after each, on the home page."""
        try:
            count = 0
            while time.monotonic() < self._end:
                visit(self.terminal, self._dice, self._victims)
                count += 1
                if "supervisor" not in self._victims and count >= WARM:
                    self.terminal.visitor.wait_for(HOME)
                    self.memory.append(of_kiosk(self.terminal.visitor))
        except BaseException as error:
            self.failed = error
        finally:
            self.terminal.close()


def main() -> int:
    """Soak, hold the list against what was seen, and print what came of it."""
    told = options()
    print(f"seed {told.seed}, {told.seconds:.0f} seconds, {os.cpu_count()} processors", flush=True)
    os.environ.setdefault("TERM", "xterm-256color")
    with tempfile.TemporaryDirectory(prefix="kiosk-soak-") as name:
        desk = Path(name)
        home = station.copy(station.set_up(desk), desk / "short")
        station.shorten(home)
        seen, end = Seen(), time.monotonic() + told.seconds
        calm = Worker(home, seen, end, random.Random(told.seed), ("sitting", "clerk", "standby"))
        wild = Worker(home, seen, end, random.Random(told.seed + 1), ("sitting", "clerk", "standby", "supervisor"))
        for worker in (calm, wild):
            worker.start()
        for worker in (calm, wild):
            worker.join()
        for worker in (calm, wild):
            if worker.failed:
                print(f"A visit failed: {worker.failed}", file=sys.stderr)
        numbers = sound(home, desk, seen)
    return report(seen, numbers, calm.memory) or int(bool(calm.failed or wild.failed))


def report(seen: Seen, numbers: set[int], memory: list[dict[str, float]]) -> int:
    """Print the tables. Returns 1 when memory grew."""
    counts = {
        "sittings served": seen.visits,
        "panics": seen.panics,
        "processes killed": len(seen.killed),
        "records acknowledged": len(seen.acknowledged),
        "of these found again": len(seen.acknowledged & numbers),
        "whole, but not acknowledged in time": len(numbers - seen.acknowledged),
        "kept without Keep": len(numbers & seen.never),
    }
    print(table([["soak", "count"], *([name, str(count)] for name, count in counts.items())]))
    if len(memory) < 2 * WARM:
        print("Too short to say anything about memory.")
        return 0
    first, last = _middle(memory[:WARM]), _middle(memory[-WARM:])
    rows = [[kind, f"{first[kind]:.1f}", f"{last[kind]:.1f}", f"{last[kind] / first[kind]:.2f}"] for kind in first]
    print("\n" + table([["memory on the home page, MiB", "at the start", "at the end", "ratio"], *rows]))
    return int(any(last[kind] > first[kind] * GROWTH for kind in first))


def _middle(memory: list[dict[str, float]]) -> dict[str, float]:
    """The middle value of each kind."""
    return {kind: sorted(each[kind] for each in memory)[len(memory) // 2] for kind in memory[0]}


if __name__ == "__main__":
    sys.exit(main())
