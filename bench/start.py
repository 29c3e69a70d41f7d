"""From `kiosk run` to the first home page, and from one sitting's end to the next one's, beside a bare Textual app.

The bare app is started with the flags and the environment of a sitting. Measured from before the fork to the read that
holds the words.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from glass import Glass, NeverCame, end
from measure import Sample, host, in_turn, options, ratio, table
from panic import F12
from station import TERMINAL, Kiosk, environment, real, set_up

from kiosk.launch.environment import for_sitting
from kiosk.launch.station_pack import chosen
from kiosk.paths import Place
from kiosk.supervisor.terminal import BLANK

HOME = "kiosk run: home page"
BUILT_IN = "kiosk run: built-in page of services"
HELLO = Path(__file__).with_name("hello.py")

WAY_IN = b"\x1b[B1"
"""A key that wakes the home page, and the way in."""


def first_paint(command: Sequence[str], env: Mapping[str, str], *words: bytes) -> list[int]:
    """Start `command` on a new glass and wait for all `words`, one after another; when each came (ns)."""
    glass = Glass()
    at = time.perf_counter_ns()
    pid = os.fork()
    if pid == 0:
        try:
            glass.hand_over()
            os.closerange(3, 256)
            os.chdir("/")  # an installed program is not started in its own checkout
            os.execve(command[0], list(command), dict(env))
        finally:
            os._exit(127)
    try:
        return [glass.until(each) - at for each in words]
    finally:
        end(pid)
        glass.close()
        time.sleep(0.1)


def cold(place: Place, trials: int) -> dict[str, Sample]:
    """The whole program and the bare app, in turn."""
    pack = chosen(place, "us-mo", language="en", role="advocate").plain
    words = pack["title"]["en"].encode(), pack["words"]["start"]["en"].encode()
    hello = [sys.executable, "-s", "-P", str(HELLO)]
    ways: dict[str, Sequence[Any]] = {
        "bare Textual hello": (hello, for_sitting(TERMINAL), b"hello from the bench"),
        "bare Textual hello, a second one": (hello, for_sitting(TERMINAL), b"hello from the bench"),
        HOME: ([sys.executable, "-m", "kiosk", "run"], environment(place), *words),
    }
    samples = {name: Sample() for name in (*list(ways)[:2], BUILT_IN, HOME)}
    for way in ways.values():
        first_paint(*way)  # once unmeasured: everything compiled and in the page cache
    for name in in_turn(list(ways), trials):
        try:
            *before, last = first_paint(*ways[name])
        except NeverCame:
            samples[name].add(None)
            continue
        samples[name].add(last)
        for each in before:
            samples[BUILT_IN].add(each)
    return samples


def handed_on(place: Place, trials: int) -> dict[str, Sample]:
    """From the panic key to the next home page, to whom it belongs, and to the standby after it."""
    names = ("first byte of the home page", "whole home page read", "next sitting has the keys", "next standby ready")
    samples = {name: Sample() for name in names}
    kiosk = Kiosk(*real(place))
    for _ in in_turn(["end"], trials):
        kiosk.glass.type(WAY_IN)
        kiosk.glass.settle(0.1)
        at = time.perf_counter_ns()
        kiosk.glass.type(F12)
        first = kiosk.glass.until(BLANK)
        last = first
        while select.select([kiosk.glass.master], [], [], 0.01)[0]:
            kiosk.glass.read()
            last = time.perf_counter_ns()
        came = kiosk.await_next()
        for name, when in zip(names, (first, last, came[b"handed"], came[b"standby-ready"]), strict=True):
            samples[name].add(when - at)
    kiosk.close()
    return samples


def main() -> None:
    """Measure both and print their tables."""
    trials = options(__doc__, trials=50).parse_args().trials
    print(host())
    with set_up() as place:
        starts = cold(place, trials)
        bare = starts["bare Textual hello"]
        head = ["", "answered", "p50", "p99", "max", "p50 / bare"]
        rows = [[name, one.answered, *one.columns(0), ratio(one.at(50), bare.at(50))] for name, one in starts.items()]
        table("Start: from exec to the first painted page (ms)", head, rows)
        rows = [[name, one.answered, *one.columns(1)] for name, one in handed_on(place, trials).items()]
        table("Next visitor: from the panic key (the real sitting, Missouri pack; ms)", head[:-1], rows)


if __name__ == "__main__":
    main()
