"""One attempt in a forked process, behind the walls that are named, and what became of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from kiosk.jail import landlock, limits, network, places, seccomp
from kiosk.jail.enter import enter
from kiosk.jail.profile import Profile
from kiosk.supervisor import harden
from tests.terminal.isolation.attempts import World, outcome

VISITOR = Profile.VISITOR.value
WALLS: dict[str, Callable[[], object]] = {
    "network": network.leave,
    "limits": lambda: limits.limit(files=False, memory=256 << 20),
    "no new privileges": limits.renounce,
    "frozen code": limits.freeze_code,
    "landlock": lambda: landlock.restrict(places.code()),
    "seccomp": lambda: seccomp.refuse(VISITOR),
    "undumpable": limits.hide,
}
"""A visitor's walls one by one, in an order in which they can be put up; `enter` puts up all of them."""
NEEDED = {"landlock": "no new privileges", "seccomp": "no new privileges"}
"""What an account that is not root has to give up before."""


def only(*names: str) -> Callable[[World], None]:
    """Put up these walls alone, and what they need."""
    wanted = {*names, *(NEEDED[name] for name in names if name in NEEDED)}
    order = [name for name in WALLS if name in wanted and name != "seccomp"]

    def walls(_: World) -> None:
        for name in (*order, *(("seccomp",) if "seccomp" in wanted else ())):
            WALLS[name]()

    return walls


def without(*names: str) -> Callable[[World], None]:
    """Put up a visitor's walls but for these, as on a kernel that lacks them."""
    return only(*(name for name in WALLS if name not in names))


def role(name: str) -> Callable[[World], None]:
    """Become one of the kiosk's processes, as far as its walls go."""

    def walls(world: World) -> None:
        home = (Path(world.home),)
        if name == "SUPERVISOR":
            harden.harden()
        elif name == "PRINTER'S HELPER":
            harden.harden()
            harden.die_with_parent()
        elif name in ("REGION_CLERK", "LOCAL_REGION_CLERK"):
            enter(Profile[name], readable=home, ports=[world.port])
        elif name == "SPEECH":
            enter(Profile.SPEECH, runnable=[Path("/bin/true")])
        elif name in ("CLERK", "SETUP", "DESK", "REGION_DESK"):
            enter(Profile[name], writable=home, ports=[world.port])
        else:
            enter(Profile[name])

    return walls


def tried(walls: Callable[[World], None], action: Callable[[World], object], world: World) -> str:
    """Fork, put up the walls, try; `done` or the error's name. A process that is replaced or ended says `done`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            signal.alarm(20)
            walls(world)
            os.write(writing, outcome(action, world).encode())
        except BaseException as error:
            os.write(writing, f"broken: {type(error).__name__} {error}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        answer = said.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return answer or "done"
