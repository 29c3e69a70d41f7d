"""The terminals of `make soak`: what is drawn for each visit, and the faults that go with it."""

from __future__ import annotations

import random
import shutil
import termios
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from resident import of_kiosk, open_files

from tests.faults.rounds import FAILED, SAVE, Seen, Terminal
from tests.faults.visitor import HOME, Visitor, gone
from tests.faults.world import Disk
from tests.terminal.keyboard import PASTE_START

WARM = 3
"""Visits before the first look at memory."""
KINDS = {"keep": 5, "panic before Keep": 2, "panic after Keep": 4, "kill": 5, "storm": 4}
"""Visits, and how often one is drawn."""
SIZES, PASTES, KEYS = 40, 6, 30
"""Sizes in a storm of resizing; pastes of 32 KiB in one of pasting; panic keys where one is held down."""


def stopped_output(visitor: Visitor, dice: random.Random) -> None:
    """The terminal takes no more output (XOFF); she panics, and is gone before it reads again."""
    live = visitor.live()
    termios.tcflow(visitor.slave, termios.TCOOFF)
    try:
        visitor.type("x" * dice.randint(1, 200))
        visitor.press("f12")
        gone(visitor, live)
    finally:
        termios.tcflow(visitor.slave, termios.TCOON)


def resizing(visitor: Visitor, dice: random.Random) -> None:
    """The window is dragged about while she panics."""
    for _ in range(SIZES):
        visitor.set_size(dice.randint(1, 220), dice.randint(1, 70))
        time.sleep(dice.uniform(0, 0.02))
    visitor.press("f12")
    visitor.set_size(80, 24)


def pasting(visitor: Visitor, dice: random.Random) -> None:
    """Paste upon paste, the last one without an end, and a panic inside it."""
    for _ in range(PASTES):
        visitor.paste("".join(dice.choices("ab \t[];:\u00e9\u4f60\U0001f642", k=16_000)))
    visitor.send(PASTE_START + b"half")
    visitor.press("f12")


def held_down(visitor: Visitor, dice: random.Random) -> None:
    """The panic key is held down."""
    visitor.press(*["f12"] * KEYS)


STORMS: dict[str, Callable[[Visitor, random.Random], None]] = {
    "output stopped (XOFF)": stopped_output,
    "storm of resizing": resizing,
    "storm of pasting": pasting,
    "panic key held down": held_down,
}


class Worker(threading.Thread):
    """One terminal at work until the time is over. A visit that fails is told, and a new kiosk goes on."""

    def __init__(self, home: Path, seen: Seen, end: float, dice: random.Random) -> None:
        super().__init__()
        self.home, self.seen, self.dice = home, seen, dice
        self._end = end
        self.terminal = Terminal(home, seen, dice)
        self.faults: Counter[str] = Counter()
        """Faults beside kills, by kind."""
        self.memory: list[dict[str, float]] = []
        """MiB and descriptors of each process on the home page, after each visit."""
        self.failed: list[str] = []
        self.story: list[str] = []
        """What the visits at this kiosk were."""

    def run(self) -> None:
        """Visit after visit; what it needs is looked at after each, on the home page."""
        count = 0
        while time.monotonic() < self._end:
            try:
                self.visit()
                count += 1
                self.look(count)
            except Exception as error:
                when = time.strftime("%X")
                self.failed.append(f"{when}, {', '.join(self.story[-3:])}: {type(error).__name__}: {error}")
                self.give_up()
                self.story = []
        self.close()

    def visit(self) -> None:
        """One visit."""
        raise NotImplementedError

    def look(self, count: int) -> None:
        """See that every byte was allowed, and forget them."""
        if self.terminal._visitor:
            self.terminal.visitor.check_grammar()
            self.terminal.visitor.forget()

    def give_up(self) -> None:
        """End a kiosk whose visit failed."""
        try:
            self.terminal.close()
        except Exception as error:
            self.failed.append(f"{type(error).__name__} at the end: {error}")

    def close(self) -> None:
        """End."""
        self.give_up()


class AtWork(Worker):
    """Visits of every kind, with kills of `victims` and storms."""

    def __init__(
        self, home: Path, seen: Seen, end: float, dice: random.Random, *, victims: tuple[str, ...], measured: bool
    ) -> None:
        super().__init__(home, seen, end, dice)
        self._victims, self._measured = victims, measured

    def visit(self) -> None:
        """One visit of a kind that is drawn."""
        kind = self.dice.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "kill":
            kind = f"kill -9 of the {self.dice.choice(self._victims)}"
        elif kind == "storm":
            kind = self.dice.choice(list(STORMS))
        self.story.append(kind)
        match kind:
            case "keep":
                self.terminal.keep()
            case "panic before Keep":
                self.terminal.panic_before_keeping()
            case "panic after Keep":
                self.terminal.panic_while_keeping(self.dice.uniform(0, SAVE))
            case _ if kind in STORMS:
                self._storm(kind)
            case _:
                self.terminal.kill_while_keeping(kind.rpartition(" ")[2])

    def _storm(self, name: str) -> None:
        visitor = self.terminal.visitor
        self.seen.aside(visitor.go_to_review(), tried=False)
        live = visitor.live()
        STORMS[name](visitor, self.dice)
        self.faults[name] += 1
        self.seen.panics += 1
        gone(visitor, live)
        visitor.see_home()

    def look(self, count: int) -> None:
        """Look at memory and descriptors as well, where nobody kills the supervisor."""
        if self._measured and count >= WARM:
            self.terminal.visitor.wait_for(HOME)
            held = {f"{kind}, MiB": amount for kind, amount in of_kiosk(self.terminal.visitor).items()}
            self.memory.append(held | open_files(self.terminal.visitor))
        super().look(count)


class OnAFullDisk(Worker):
    """A kiosk on a small disk of its own that is full at each Keep, and has room again when she tries once more."""

    def __init__(self, home: Path, disk: Path, seen: Seen, end: float, dice: random.Random) -> None:
        super().__init__(home, seen, end, dice)
        self._place, self._count = disk, 0
        self.copies: list[Path] = []
        """The data folder of each kiosk, as it was when it ended."""

    def visit(self) -> None:
        """She is told that nothing was kept, tries again, and it is kept."""
        self.story.append("disk full")
        visitor = self._visitor()
        self.seen.aside(visitor.go_to_review(), tried=True)
        self.disk.fill(visitor)
        try:
            visitor.press("f10")
            visitor.wait_for(FAILED)
            self.faults["disk full"] += 1
        finally:
            self.disk.empty(visitor)
        self.seen.kept(visitor.keep())
        visitor.leave()

    def _visitor(self) -> Visitor:
        if self.terminal._visitor is None:
            self._count += 1
            there = self._place / str(self._count)
            self.disk = Disk(self.home, there)
            self.terminal._visitor = Visitor(there, before=self.disk.before)
            self.terminal._visitor.home = self.home
        return self.terminal.visitor

    def give_up(self) -> None:
        """Save what lies on the disk, which goes with its kiosk."""
        visitor = self.terminal._visitor
        if visitor and visitor.process.poll() is None:
            copy = self._place / f"copy-{self._count}"
            shutil.copytree(self.disk.inside(visitor), copy, ignore=shutil.ignore_patterns("run", "filler"))
            (copy / "run").mkdir(mode=0o700)
            self.copies.append(copy)
        super().give_up()
