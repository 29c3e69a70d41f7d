"""The guardian: how soon the glass is clear after the supervisor was killed, and what it weighs.

    python bench/guardian.py --trials 100

A kiosk for practice on a pseudo-terminal, a page with typed words on it, then the signal: milliseconds from `kill`
until the last of the bytes that clear both screens has arrived on the terminal.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from measure import Sample, host, in_turn, options, table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kiosk.supervisor.terminal import RESET  # noqa: E402
from tests.terminal.console import Console  # noqa: E402  # tests are no package of the product
from tests.terminal.way import START, go, routes  # noqa: E402

SIGNALS = {"SIGKILL": signal.SIGKILL, "SIGSEGV": signal.SIGSEGV}


def killed(number: signal.Signals) -> tuple[int | None, float, float]:
    """One kiosk killed: nanoseconds, and the guardian's PSS and private memory in MiB."""
    with tempfile.TemporaryDirectory(prefix="kiosk-guardian-") as name:
        console = Console(Path(name) / "kiosk", "run", "--practice")
        try:
            console.wait_for(START)
            go(console, routes("xylophone")["county list"][:1])
            weight = _rollup(console.process.pid)
            supervisor, mark = console.pid, len(console.log)
            begun = time.perf_counter_ns()
            os.kill(supervisor, number)
            with console.came:
                while console.log.find(RESET, mark) < 0:
                    if not console.came.wait(5.0):
                        return None, *weight
            return time.perf_counter_ns() - begun, *weight
        finally:
            console.close()


def _rollup(pid: int) -> tuple[float, float]:
    """PSS and private memory of a process, in MiB."""
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, amount = line.split(":")
        found[name] = int(amount.split()[0]) / 1024
    return found["Pss"], found["Private_Clean"] + found["Private_Dirty"]


def main() -> int:
    """Print the table."""
    trials = options(__doc__, trials=100).parse_args().trials
    print(host())
    samples = {name: Sample() for name in SIGNALS}
    weights = []
    for name in in_turn(list(SIGNALS), trials):
        took, *weight = killed(SIGNALS[name])
        samples[name].add(took)
        weights.append(weight)
    rows = [[name, each.answered, *each.columns()] for name, each in samples.items()]
    table("From the signal to a clear glass (ms)", ["supervisor killed by", "cleared", "p50", "p99", "max"], rows)
    most = [f"{max(each):.2f}" for each in zip(*weights, strict=True)]
    table("The guardian's memory (MiB, the most seen)", ["PSS", "its own alone"], [most])
    return 0


if __name__ == "__main__":
    sys.exit(main())
