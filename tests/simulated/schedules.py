"""Run schedules by their seeds.

python -m tests.simulated.schedules 100000          so many, from seed 0
python -m tests.simulated.schedules --seed 4711     one, with everything that happened in it
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from typing import NoReturn

from kiosk.supervisor import supervising
from tests.simulated.kernel import Broken, Ends, Exit, NewImage
from tests.simulated.namespaces import simulated
from tests.simulated.os_calls import Os
from tests.simulated.world import Guarded, World


class Failed(AssertionError):
    """A schedule that broke an invariant: its seed, what broke, and all that happened."""

    def __init__(self, seed: int, broken: BaseException, world: World) -> None:
        told = "\n".join(world.script)
        super().__init__(f"seed {seed}: {broken}\n{told}\n{world.kernel.now - 1000:10.4f}  {broken}")


class Settled(Ends):
    """All is well again and a visitor is answered: the schedule is over."""


@contextlib.contextmanager
def machine() -> Iterator[tuple[World, Os]]:
    """The supervisor's modules on a made-up machine, for as many schedules as are wanted."""
    world = World()
    world.begin(0)
    really = world.rests

    def rests() -> None:
        really()
        if world.settled:
            raise Settled

    world.rests = rests  # type: ignore[method-assign]
    with simulated(world) as names:
        yield world, names


def run(world: World, names: Os, seed: int) -> str:
    """One schedule. Returns how it ended; raises `Failed`."""
    world.begin(seed)
    world.boot()
    names.inheritable.clear()
    names.inheritable.update((2, 6, 7, 8))
    world.settings.data[:] = json.dumps(world.told_at_start()).encode()
    state = -1
    try:
        while True:
            try:
                _image(world.settings_fd, state)
            except NewImage as new:
                state = new.state
                world.replaced(names)
    except Exit as end:
        try:
            world.exited(end.status)
        except Broken as broken:
            raise Failed(seed, broken, world) from broken
        return f"exit {end.status}"
    except Guarded:
        return "left to the guardian"
    except Settled:
        return "answered"
    except Broken as broken:
        raise Failed(seed, broken, world) from broken


def _image(settings_fd: int, state: int) -> NoReturn:
    supervising.supervise(settings_fd, state)


def run_many(first: int, count: int) -> dict[str, int]:
    """So many schedules. Returns how often each end came; raises `Failed` at the first that breaks something."""
    ends: dict[str, int] = {}
    with machine() as (world, names):
        for seed in range(first, first + count):
            end = run(world, names, seed)
            ends[end] = ends.get(end, 0) + 1
    return ends


def main() -> int:
    """Run them and say what came."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    told = parser.parse_args()
    try:
        if told.seed is None:
            print(run_many(told.first, told.count))
        else:
            with machine() as (world, names):
                print(run(world, names, told.seed))
                print("\n".join(world.script))
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
