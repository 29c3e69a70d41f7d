"""P2: from the panic key to the cleared screen and to the death of the process, in seven states, beside three designs.

Measured from the write of the key's last byte on the terminal's side to the read that holds the first byte of the
cleared screen, and to the process's end (pidfd). A design that does not answer within 0.5 s has not answered.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import time
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass

import peers
from glass import Glass, end
from measure import Sample, busy_cores, host, in_turn, options, table
from page import BACKTRACK, PAINT, READY, SPIN, STUCK
from station import Kiosk, real, set_up, toy

from kiosk.paths import Place
from kiosk.supervisor.terminal import BLANK

F12 = b"\x1b[24~"
LIMIT = 0.5
"""Seconds after which there is no answer."""
OURS = "supervisor"

WAY_IN = b"\x1b[B1"
"""A key that wakes the home page, and the way in."""


@dataclass(frozen=True, slots=True)
class State:
    """What the process is in when the key comes."""

    name: str
    key: bytes = b""
    """Brings the bench's page into the state; without one the real sitting serves."""
    stopped: bool = False
    busy: bool = False
    unread: bool = False


STATES = {
    "idle": State("idle"),
    "painting": State("painting, 60 times a second", PAINT),
    "python": State("event loop hung in Python", SPIN),
    "c": State("hung in C, interpreter's lock held", BACKTRACK),
    "stopped": State("stopped by SIGSTOP", stopped=True),
    "busy": State("every core busy", busy=True),
    "unread": State("terminal not reading", PAINT, unread=True),
}


class Results:
    """What one design did in one state."""

    def __init__(self) -> None:
        self.first, self.dead, self.own = Sample(), Sample(), Sample()
        self.old: list[int] = []
        """Bytes from before the key that the terminal read after it."""
        self.late: list[int] = []
        """Those of them that had not reached the terminal's side when the key was hit."""


def press(glass: Glass, pidfd: int, *, read: bool) -> tuple[int, int | None, int | None]:
    """Hit the key. Returns when, when the first byte of the cleared screen came, and when the process was dead (ns)."""
    watch = select.poll()
    watch.register(pidfd, select.POLLIN)
    if read:
        watch.register(glass.master, select.POLLIN)
    first, dead, tail = None, None, b""
    gc.disable()
    at = time.perf_counter_ns()
    glass.type(F12)
    while time.perf_counter_ns() < at + LIMIT * 1e9 and (dead is None or (read and first is None)):
        for descriptor, _ in watch.poll(20):
            if descriptor == pidfd:
                dead = time.perf_counter_ns()
                watch.unregister(pidfd)
                continue
            seen = glass.read()
            if first is None and BLANK in tail + seen:
                first = time.perf_counter_ns()
            tail = seen[-len(BLANK) :]
            if not seen:
                watch.unregister(glass.master)
    gc.enable()
    return at, first, dead


def trial(state: State, glass: Glass, pid: int, results: Results) -> int:
    """Bring `pid` on `glass` into the state, hit the key, note what came. Returns when the key was hit."""
    if state.key:
        glass.type(state.key)
        glass.until(STUCK)
        if state.unread:
            glass.fill()
        elif state.key != PAINT:
            time.sleep(0.05)
    if state.stopped:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(0.02)
    there = glass.waiting()
    pidfd = os.pidfd_open(pid)
    at, first, dead = press(glass, pidfd, read=not state.unread)
    os.close(pidfd)
    results.dead.add(None if dead is None else dead - at)
    if state.unread:
        _look_again(glass, there, results)
    else:
        results.first.add(None if first is None else first - at)
    return at


def _look_again(glass: Glass, there: int, results: Results) -> None:
    """The terminal reads again: how much of what was written before the key does it get?"""
    seen = bytearray()
    finish = time.monotonic() + LIMIT
    while BLANK not in seen and time.monotonic() < finish:
        if select.select([glass.master], [], [], 0.05)[0]:
            seen += glass.read()
    old = seen.find(BLANK) if BLANK in seen else len(seen)
    results.old.append(old)
    results.late.append(max(0, old - there))


def ours(state: State, kiosk: Kiosk, results: Results) -> None:
    """One trial under the real supervisor; then wait for the next sitting and its standby."""
    if not state.key:
        kiosk.glass.type(WAY_IN)  # from the home page to the first page of a conversation
    kiosk.glass.settle(0.2 if state.busy else 0.1)
    at = trial(state, kiosk.glass, kiosk.sittings[0], results)
    results.own.add(kiosk.await_next()[b"painted"] - at)


def theirs(state: State, design: str, results: Results) -> None:
    """One trial of a design without a proxy, in a process of its own."""
    glass = Glass()
    pid = peers.start(design, glass)
    try:
        glass.until(READY)
        glass.settle()
        trial(state, glass, peers.sitting_of(design, pid), results)
    finally:
        end(pid)
        glass.close()


def measure(state: State, trials: int, place: Place) -> dict[str, Results]:
    """All designs in one state, one after another, round by round."""
    results = {design: Results() for design in (OURS, *peers.DESIGNS)}
    with ExitStack() as stack:
        kiosk = Kiosk(toy()) if state.key else Kiosk(*real(place))
        stack.callback(kiosk.close)
        stack.enter_context(busy_cores() if state.busy else nullcontext())
        for design in in_turn(list(results), trials):
            if design == OURS:
                ours(state, kiosk, results[OURS])
            else:
                theirs(state, design, results[design])
    return results


def show(state: State, results: dict[str, Results]) -> None:
    """The state's table."""
    who = "the bench's sitting" if state.key else "the real sitting, Missouri pack"
    title = f"Panic: {state.name} ({who}; ms)"
    if state.unread:
        head = ["design", "answered", "dead p50", "p99", "max", "old bytes read later p50", "max", "of them late, max"]
        rows = [[name, one.dead.answered, *one.dead.columns(), *_bytes(one)] for name, one in results.items()]
    else:
        head = ["design", "answered", "first byte p50", "p99", "max", "dead p50", "p99", "max", "own stamp p99"]
        rows = [
            [name, one.first.answered, *one.first.columns(), *one.dead.columns(), one.own.columns()[1]]
            for name, one in results.items()
        ]
    table(title, head, rows)


def _bytes(results: Results) -> list[str]:
    middle = sorted(results.old)[len(results.old) // 2]
    return [str(middle), str(max(results.old)), str(max(results.late))]


def main() -> None:
    """Measure the states asked for and print a table for each."""
    parser = options(__doc__, trials=200)
    parser.add_argument("--states", default=",".join(STATES), help="which of " + ", ".join(STATES))
    chosen = parser.parse_args()
    print(host())
    with set_up() as place:
        for name in chosen.states.split(","):
            show(STATES[name], measure(STATES[name], chosen.trials, place))


if __name__ == "__main__":
    main()
