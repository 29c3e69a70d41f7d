"""Many visitors at once over SSH: the memory that each further session costs, all of its processes counted.

    python bench/sessions.py --sessions 50

Proportional memory (PSS): what processes share is counted once, in parts. Looking into other processes
needs root. Each visitor then goes to the review page, and each panics alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from measure import host  # noqa: E402  # the tests are no package of the product

from tests.faults import station  # noqa: E402
from tests.faults.visitor import HOME, SITTING, Visitor  # noqa: E402
from tests.hosts.server import Server  # noqa: E402
from tests.terminal import proc  # noqa: E402

STEPS = (1, 10)
AT_ONCE = 4


def pss(server: Server) -> float:
    """Proportional memory of everything below the listener, in MiB."""
    return sum(_pss(pid) for pid in proc.family(server.process.pid)) / 1024


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def sittings(server: Server) -> set[int]:
    return {pid for pid in proc.family(server.process.pid) if SITTING in proc.command(pid) and proc.alive(pid)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    wanted = parser.parse_args().sessions
    if os.geteuid() != 0:
        print("Only root may read the memory of other sessions.", file=sys.stderr)
        return 4
    print(host())
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        home = station.copy(station.set_up(folder), folder / "kiosk")
        station.shorten(home)
        (folder / "sshd").mkdir(mode=0o700)
        server = stack.enter_context(Server(folder / "sshd", home))

        def one(_: int) -> Visitor:
            visitor = stack.enter_context(server.visitor())
            visitor.wait_for(HOME)
            return visitor

        visitors: list[Visitor] = []
        memory: dict[int, float] = {}
        for step in sorted({*(each for each in STEPS if each < wanted), wanted}):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                visitors += list(pool.map(one, range(step - len(visitors))))
            memory[step] = pss(server)
        for visitor in visitors:
            visitor.go_to_review()
        at_review = pss(server)
        served, alone = len(sittings(server)), 0
        for visitor in visitors:
            before = sittings(server)
            visitor.press("f12")
            visitor.ended()
            alone += len(before - sittings(server)) == 1
    steps = sorted(memory)
    each = (memory[steps[-1]] - memory[steps[-2]]) / (steps[-1] - steps[-2])
    print("\n**Sessions over SSH on one host (PSS of all their processes, MiB)**\n")
    print("| sessions | in all | each further one |")
    print("|---|---|---|")
    for step in steps[:-1]:
        print(f"| {step}, home page | {memory[step]:.0f} | - |")
    print(f"| {steps[-1]}, home page | {memory[steps[-1]]:.0f} | {each:.1f} |")
    print(f"| {steps[-1]}, review page, with clerks | {at_review:.0f} | {at_review / steps[-1]:.1f} on average |")
    print(f"\nServed at once: {served} of {wanted}. Panicked alone, without ending another: {alone} of {wanted}.")
    return 0 if served == alone == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
