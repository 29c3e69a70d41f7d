"""What is done to the supervisor in one schedule, drawn from a seed: keys, signals, deaths, a full terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from signal import SIGCHLD, SIGCONT, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGWINCH

from kiosk.supervisor.signals import ENDING
from tests.simulated.children import Child
from tests.simulated.glass import Glass
from tests.simulated.kernel import Kernel

PANIC_KEYS = (
    *(b"\x1b[24~", b"\x1b[24;2~", b"\x1b[24;5~", b"\x1b[24;129~", b"\x1b[24;1:1~", b"\x1b[57375u", b"\x1b\x1b[24~"),
    b"\x1b\x1b\x1b",
)
JUNK = (b"\x1b", b"\x1b[", b"\x1bP1", b"\x1b[200~", b"\xe2\x82", b"\x1b[<0;3;4M", b"\x1bOA", b"a", b"\x1b]10;rgb:")
MOTION = b"\x1b[<35;4;9M"

DOINGS = {
    "key": 30,
    "keep": 5,
    "leave": 3,
    "panic": 10,
    "slow panic": 3,
    "motion": 4,
    "junk": 6,
    "signal": 10,
    "resize": 3,
    "stalls": 3,
    "reads on": 4,
    "hangs up": 0.3,
    "a child dies": 3,
    "the next dies": 3,
    "a child stops": 3,
    "no descriptors": 2,
    "suspended": 2,
    "busy": 2,
    "silence": 2,
}
SIGNALS = (SIGUSR1,) * 4 + (SIGINT, SIGQUIT, SIGTSTP, SIGWINCH, SIGCHLD, SIGCONT) * 2 + (SIGTERM,)


class Doings:
    """The visitor, the machine and the passers-by."""

    kernel: Kernel
    glass: Glass
    children: list[Child]
    live: Child | None
    typed_at: dict[bytes, float]
    """When each key was typed."""
    causes: list[str]
    """What may end the program."""
    script: list[str]
    """What happened, for whoever has to understand a failing seed."""
    calm: bool
    """Whether all is well from here on."""
    calm_since: float

    def draw(self) -> None:
        """Draw the schedule."""
        kernel, chance = self.kernel, self.kernel.chance
        when = 0.0
        rhythm = 1.0
        for number in range(chance.randint(6, 24)):
            if chance.random() < 0.3:
                rhythm = chance.choice((0.0005, 0.01, 0.1, 0.1, 1.0, 8.0, 40.0))
            when += chance.expovariate(1 / rhythm)
            doing = chance.choices(tuple(DOINGS), tuple(DOINGS.values()))[0]
            kernel.at(when, self._does(doing, number))
        kernel.at(when + 1, self._calm)

    def _does(self, doing: str, number: int) -> Callable[[], None]:
        def act() -> None:
            if not self.calm:
                self.note(doing)
                getattr(self, "_" + doing.replace(" ", "_"))(number)

        return act

    def note(self, what: str) -> None:
        """Write down what happened."""
        self.script.append(f"{self.kernel.now - 1000:10.4f}  {what}")

    def _press(self, kind: bytes, number: int) -> None:
        key = kind + b"%05d" % number
        self.typed_at[key] = self.kernel.now
        self.glass.type(key, "key")

    def _key(self, number: int) -> None:
        self._press(b"k", number)

    def _keep(self, number: int) -> None:
        self._press(b"K", number)

    def _leave(self, number: int) -> None:
        self._press(b"L", number)

    def _panic(self, _: int) -> None:
        self.glass.type(self.kernel.chance.choice(PANIC_KEYS), "panic")

    def _slow_panic(self, _: int) -> None:
        key = self.kernel.chance.choice(PANIC_KEYS[:-1])
        for place in range(len(key)):
            kind = "end" if place == len(key) - 1 else "part"
            self.kernel.at(0.03 * place, partial(self.glass.type, key[place : place + 1], kind))

    def _motion(self, _: int) -> None:
        self.glass.type(MOTION, "motion")

    def _junk(self, _: int) -> None:
        self.glass.type(self.kernel.chance.choice(JUNK), "junk")

    def _signal(self, _: int) -> None:
        number = self.kernel.chance.choice(SIGNALS)
        self.note(f"  {number.name}")
        if number in ENDING:
            self.causes.append(number.name)
        self.kernel.signal(number)

    def _resize(self, _: int) -> None:
        self.glass.size = (self.kernel.chance.randint(1, 500), self.kernel.chance.randint(1, 250))
        self.kernel.signal(SIGWINCH)

    def _stalls(self, _: int) -> None:
        self.glass.reads = False

    def _reads_on(self, _: int) -> None:
        self.glass.read_on()

    def _hangs_up(self, _: int) -> None:
        self.glass.hung = True
        self.causes.append("hung up")

    def _some_child(self) -> Child | None:
        alive = [child for child in self.children if not child.dead]
        return self.kernel.chance.choice(alive) if alive else None

    def _a_child_dies(self, _: int) -> None:
        child = self._some_child()
        if child:
            child.die()

    def _the_next_dies(self, _: int) -> None:
        for child in self.children:
            if child is not self.live and not child.killed:
                child.die()

    def _a_child_stops(self, _: int) -> None:
        child = self._some_child()
        if child:
            child.stopped = True

    def _no_descriptors(self, _: int) -> None:
        self.kernel.no_descriptors_until = self.kernel.now + self.kernel.chance.choice((0.01, 0.5, 6.0))

    def _suspended(self, _: int) -> None:
        self.kernel.now += self.kernel.chance.choice((0.05, 0.6, 5.0, 100.0))

    def _busy(self, _: int) -> None:
        self.kernel.busy = self.kernel.chance.choice((0.0, 0.01, 0.05))

    def _silence(self, _: int) -> None:
        """The clock goes on by itself."""

    def _calm(self) -> None:
        """From here on all is well: it has to find its way back to a sitting that answers."""
        self.calm = True
        self.note("calm")
        self.kernel.busy = 0.0
        self.glass.read_on()
        self.calm_since = self.kernel.now
        for second in (0, 40, 80, 120):  # whoever is deaf, stopped or lies is left by the key that every page names
            self.kernel.at(second, partial(self.glass.type, PANIC_KEYS[0], "panic"))
        for second in range(2, 190, 3):
            self.kernel.at(second, partial(self._press, b"k", 90000 + second))
