"""What the supervisor and its sittings cost while nobody types: memory, processor time, wake-ups."""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from glass import Glass, end
from measure import host, options, table
from panic import F12
from start import HELLO
from station import TERMINAL, Kiosk, real, set_up

from kiosk.launch.environment import for_child, for_sitting

WAY_IN = b"\x1b[B1"
"""A key that wakes the home page, and the way in."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost over a while."""

    rss: int
    """Resident memory, KiB."""
    pss: int
    """The same, shared pages divided among those who share them, KiB; -1 where the kernel does not let us see."""
    processor: int
    """Time on a processor, ns."""
    wakes: int
    """How often it was woken."""


def _processor(pid: int) -> int:
    return sum(int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir())


def _wakes(pid: int) -> int:
    wanted = "voluntary_ctxt_switches:"
    found = [(task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int(line.split()[1]) for text in found for line in text.splitlines() if line.startswith(wanted))


def _memory(pid: int) -> tuple[int, int]:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    rss = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return rss, -1
    return rss, next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def watch(processes: dict[str, int], seconds: float) -> dict[str, Cost]:
    """Leave them alone for `seconds` and see what each took."""
    before = {name: (_processor(pid), _wakes(pid)) for name, pid in processes.items()}
    time.sleep(seconds)
    costs = {}
    for name, pid in processes.items():
        processor, wakes = before[name]
        costs[name] = Cost(*_memory(pid), _processor(pid) - processor, _wakes(pid) - wakes)
    return costs


def alone(command: list[str], env: dict[str, str]) -> tuple[Glass, int]:
    """A peer on a glass of its own."""
    glass = Glass()
    pid = os.fork()
    if pid == 0:
        try:
            glass.hand_over()
            os.closerange(3, 256)
            os.execve(command[0], command, env)
        finally:
            os._exit(127)
    return glass, pid


def main() -> None:
    """Look at rest, several times, each time after a panic, and print what was the most."""
    parser = options(__doc__, trials=3)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to look each time (default 20)")
    chosen = parser.parse_args()
    print(host())
    looks: dict[str, list[Cost]] = defaultdict(list)
    peers = {
        "bare Python, asleep": alone(
            [sys.executable, "-I", "-S", "-c", "import time; time.sleep(1e6)"], for_child(TERMINAL)
        ),
        "bare Textual hello": alone([sys.executable, "-s", "-P", str(HELLO)], for_sitting(TERMINAL)),
    }
    with set_up() as place:
        kiosk = Kiosk(*real(place))
        for _ in range(chosen.trials):
            kiosk.glass.type(WAY_IN)
            kiosk.glass.settle(0.2)
            kiosk.glass.type(F12)
            kiosk.await_next()
            for glass, _ in peers.values():
                glass.settle(1.0)
            live, standby = kiosk.sittings
            ours = {"supervisor": kiosk.pid, "sitting": live, "standby": standby}
            for name, cost in watch(ours | {name: pid for name, (_, pid) in peers.items()}, chosen.seconds).items():
                looks[name].append(cost)
        kiosk.close()
    for glass, pid in peers.values():
        end(pid)
        glass.close()
    head = ["the most in " + str(chosen.trials) + " looks", "RSS MiB", "PSS MiB", "processor ms", "wake-ups"]
    table(f"At rest for {chosen.seconds:.0f} s, home page, nobody types", head, [_row(*each) for each in looks.items()])


def _row(name: str, costs: list[Cost]) -> list[str]:
    pss = max(cost.pss for cost in costs)
    return [
        name,
        f"{max(cost.rss for cost in costs) / 1024:.1f}",
        f"{pss / 1024:.1f}" if pss >= 0 else "not shown to this user",
        f"{max(cost.processor for cost in costs) / 1e6:.1f}",
        str(max(cost.wakes for cost in costs)),
    ]


if __name__ == "__main__":
    main()
