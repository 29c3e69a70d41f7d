"""A key's echo: through the supervisor, and the same sitting on a bare terminal, in turn.

Measured from the write of a key on the terminal's side to the read of the first byte that answers it. "Bare" is the
same process with the same jail, environment and lines, only that its own pseudo-terminal is the one we sit at; a second
one shows what two equal things differ by on this machine.
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import select
import termios
import time
from collections.abc import Iterator

from glass import COLUMNS, ROWS, Glass, NeverCame
from measure import Sample, host, in_turn, options, ratio, table
from station import Kiosk, real, set_up, supervisor_settings, toy

from kiosk.launch.become_supervisor import Plan
from kiosk.supervisor import clock
from kiosk.supervisor.children import Sitting

SUPERVISED, BARE, AGAIN = "through the supervisor", "bare", "bare, a second one"
LIMIT = 2.0


class BareGlass(Glass):
    """A glass that is the sitting's own pseudo-terminal; we say what a supervisor would."""

    def __init__(self, plan: Plan, snapshot: bytes | None) -> None:
        super().__init__()
        modes = termios.tcgetattr(self.slave)
        self.close()
        settings, opened = supervisor_settings(plan, snapshot)
        self.sitting = Sitting.start(settings.sitting, settings.snapshot_fd, modes, (COLUMNS, ROWS), clock.now())
        for descriptor in opened:
            os.close(descriptor)
        self.master, self.slave = self.sitting.master, -1
        self._await_ready()

    def _await_ready(self) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if select.select([self.master, self.sitting.control], [], [], 0.5)[0]:
                self.read()
            heard = self.sitting.hear()
            if b"h" in heard:
                self.sitting.greet()
                self.sitting.say(b"l")
            if b"p" in heard:
                self.settle(0.1)
                return
        raise NeverCame("a bare sitting")

    def end(self) -> None:
        """End the sitting."""
        self.sitting.kill(wipe=False)
        self.sitting.reap()
        self.sitting.close()


def key_to_echo(glass: Glass, key: bytes) -> int | None:
    """Hit `key` and wait for the first byte that comes of it (ns)."""
    watch = select.poll()
    watch.register(glass.master, select.POLLIN)
    gc.disable()
    at = time.perf_counter_ns()
    glass.type(key)
    came = watch.poll(LIMIT * 1000)
    took = time.perf_counter_ns() - at
    gc.enable()
    return took if came else None


@contextlib.contextmanager
def three(plan: Plan, snapshot: bytes | None) -> Iterator[dict[str, Glass]]:
    """The same sitting under the supervisor and twice without."""
    with contextlib.ExitStack() as stack:
        kiosk = Kiosk(plan, snapshot)
        stack.callback(kiosk.close)
        glasses: dict[str, Glass] = {SUPERVISED: kiosk.glass}
        for name in (BARE, AGAIN):
            bare = BareGlass(plan, snapshot)
            stack.callback(bare.end)
            glasses[name] = bare
        yield glasses


def measure(plan: Plan, snapshot: bytes | None, keys: tuple[bytes, bytes], trials: int) -> dict[str, Sample]:
    """Hit `keys[0]`, timed, and `keys[1]` to take it back, on one glass after the other."""
    samples = {name: Sample() for name in (BARE, AGAIN, SUPERVISED)}
    with three(plan, snapshot) as glasses:
        for name in in_turn(list(samples), trials):
            glass = glasses[name]
            time.sleep(random.random() * 0.02)
            samples[name].add(key_to_echo(glass, keys[0]))
            glass.settle()
            key_to_echo(glass, keys[1])
            glass.settle()
    return samples


def show(title: str, samples: dict[str, Sample]) -> None:
    """The table, and how each compares with the first bare one."""
    bare = samples[BARE]
    head = ["", "answered", "p50", "p99", "max", "p50 / bare", "p99 / bare"]
    rows = [
        [name, one.answered, *one.columns(), ratio(one.at(50), bare.at(50)), ratio(one.at(99), bare.at(99))]
        for name, one in samples.items()
    ]
    table(title, head, rows)


def main() -> None:
    """Measure a letter in a field, and a move of the focus on the real home page."""
    chosen = options(__doc__, trials=1000).parse_args()
    print(host())
    typed = measure(toy(), None, (b"Q", b"\x7f"), chosen.trials)
    show("Echo: a letter in a text field (the bench's sitting; ms)", typed)
    with set_up() as place:
        told = real(place)
        shown = measure(*told, (b"\t", b"\x1b[Z"), chosen.trials)
    show("Echo: Tab on the home page (the real sitting, Missouri pack; ms)", shown)


if __name__ == "__main__":
    main()
