"""Visits that are kept while somebody is killed, or that end in panic: what was seen, to be held against the list."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.station import said, surroundings
from tests.faults.visitor import CLERK, HOME, KEPT, SITTING, Visitor, gone, kill, number_in

FAILED: Final = said("failed-other").partition(".")[0]
"""How every sentence about a failed save begins."""
VICTIMS: Final = ("sitting", "clerk", "standby", "supervisor")
SAVE: Final = 0.08
"""Seconds in which a save is begun and ended on most machines: the moment of a kill is drawn from it."""


@dataclass
class Seen:
    """What was seen in many visits; shared by the terminals of one run."""

    acknowledged: set[int] = field(default_factory=set)
    """Numbers seen on the page that says "kept"."""
    tried: set[int] = field(default_factory=set)
    """Numbers on the review page when Keep was pressed."""
    never: set[int] = field(default_factory=set)
    """Numbers put aside in visits that never came to Keep."""
    killed: list[str] = field(default_factory=list)
    panics: int = 0
    visits: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def aside(self, number: int, *, tried: bool) -> None:
        """A number was put aside, and Keep is pressed next, or never."""
        with self.lock:
            self.visits += 1
            (self.tried if tried else self.never).add(number)

    def kept(self, number: int) -> None:
        """A number was seen to be kept."""
        with self.lock:
            self.acknowledged.add(number)


class Terminal:
    """One terminal that goes on from visit to visit, with a new kiosk on it whenever the last one is gone."""

    def __init__(self, home: Path, seen: Seen, dice: random.Random) -> None:
        self.home, self.seen, self.dice = home, seen, dice
        self._visitor: Visitor | None = None

    @property
    def visitor(self) -> Visitor:
        """Whoever is at it; a kiosk is started when none runs."""
        if self._visitor is None:
            self._visitor = Visitor(self.home)
        return self._visitor

    def close(self) -> None:
        """End the kiosk on it, if one runs."""
        visitor, self._visitor = self._visitor, None
        if visitor:
            visitor.close()

    def kill_while_keeping(self, victim: str) -> None:
        """A visit that keeps; at a random moment of it somebody is killed."""
        visitor = self.visitor
        self.seen.aside(visitor.go_to_review(), tried=True)
        pid = self._of(victim)
        visitor.press("f10")
        time.sleep(self.dice.uniform(0, SAVE))
        kill(pid)
        with self.seen.lock:
            self.seen.killed.append(victim)
        self._see_the_end()
        if victim == "supervisor":
            everybody = visitor.everybody()
            visitor.ended()
            for each in everybody:
                gone(visitor, each)
            self.close()
        elif HOME not in visitor.screen_text():
            visitor.leave()
        else:
            visitor.see_home()

    def panic_while_keeping(self, seconds: float) -> None:
        """A visit that keeps, and panics so many seconds after Keep."""
        visitor = self.visitor
        self.seen.aside(visitor.go_to_review(), tried=True)
        visitor.press("f10")
        time.sleep(seconds)
        visitor.press("f12")
        self.seen.panics += 1
        self._see_the_end(home_only=True)
        visitor.see_home()

    def panic_before_keeping(self) -> None:
        """A visit to the review page that panics there."""
        visitor = self.visitor
        self.seen.aside(visitor.go_to_review(), tried=False)
        self.seen.panics += 1
        visitor.leave()

    def keep(self) -> int:
        """A visit that keeps and is not disturbed; returns its number."""
        visitor = self.visitor
        self.seen.aside(visitor.go_to_review(), tried=True)
        number = visitor.keep()
        self.seen.kept(number)
        visitor.leave()
        return number

    def _of(self, victim: str) -> int:
        visitor = self.visitor
        if victim == "standby":
            return visitor.standby()
        if victim == "supervisor":
            return visitor.supervisor
        kind = SITTING if victim == "sitting" else CLERK
        return int(visitor.wait(lambda: visitor.of(kind), victim)[0])

    def _see_the_end(self, *, home_only: bool = False) -> None:
        """Wait for how it ended; what is said to be kept counts from the moment it is seen."""
        visitor = self.visitor

        def ended() -> bool:
            page = visitor.screen_text()
            number = number_in(page, KEPT)
            if number:
                self.seen.kept(number)
            told = FAILED in page
            assert not (told and number_in(page)), page
            return HOME in page or visitor.process.poll() is not None or (not home_only and bool(number or told))

        visitor.wait(ended, "the end of a visit")


def tidy(home: Path, killed_after: float = 0.0) -> tuple[bool, float]:
    """Tidy the database as the last kiosk does, and kill that after so many seconds.

    Returns whether it was still at work, and how many seconds it ran.
    """
    command = [sys.executable, "-s", "-P", "-m", "kiosk.vault.rebuild", "--home", str(home)]
    begun = time.monotonic()
    process = subprocess.Popen(command, env=surroundings(home), start_new_session=True)
    if killed_after:
        time.sleep(killed_after)
        process.kill()
    return process.wait() != 0, time.monotonic() - begun
