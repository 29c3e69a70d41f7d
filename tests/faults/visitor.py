"""A visitor at a kiosk: walks from page to page, keeps, leaves; and a look at the processes that serve her."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kiosk.supervisor.stage import SWALLOW
from tests.faults.station import said, surroundings, way
from tests.terminal import proc
from tests.terminal.console import UNTIL_QUIET, Console
from tests.terminal.keyboard import PASTE_END, PASTE_START

HOME: Final = said("start")
"""Stands on the home page and nowhere else."""
ASIDE: Final = said("number-not-yet")
"""Stands on the review page once the clerk has put a number aside."""
KEPT: Final = said("kept-title")
"""Stands on the page after Keep."""

SUPERVISOR, SITTING, CLERK, TIDY = (
    b"supervisor/__main__.py",
    b"kiosk.sitting",
    b"kiosk.vault.clerk",
    b"kiosk.vault.rebuild",
)

_NUMBER: Final = re.compile(r"(?<!\d)(\d{3}) (\d{3}) (\d{2})(?!\d)")


class Visitor(Console):
    """Somebody at a terminal with the kiosk on it. Used as a context it leaves no process behind."""

    def __init__(
        self,
        home: Path,
        *words: str,
        before: Sequence[str] = (),
        program: Sequence[str] | None = None,
        extra: Mapping[str, str] | None = None,
        **size: int,
    ) -> None:
        command = program or [*before, sys.executable, "-m", "kiosk", *(words or ("run",))]
        super().__init__(home, environ=surroundings(home, **(extra or {})), program=command, **size)
        self._listening = True

    # What she does

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal says it."""
        self.send(PASTE_START + text.encode() + PASTE_END)

    def go_to_review(self) -> int:
        """Go from the home page to the review page with nothing told; return the number put aside."""
        self.wait_for(HOME)
        self.be_heard()
        self.send(b"".join(way(self.home)))
        return self.number(ASIDE)

    def keep(self) -> int:
        """Keep on the review page; return the number seen once it is said to be kept."""
        self.press("f10")
        return self.number(KEPT)

    def number(self, beside: str) -> int:
        """Wait for a number on the page that says `beside`; return it."""
        return int(self.wait(lambda: number_in(self.screen_text(), beside), f"{beside!r} with a number"))

    def leave(self) -> None:
        """Leave at once, and wait for the home page."""
        self.press("f12")
        self.see_home()

    def see_home(self) -> None:
        """Wait for the home page after an end; what is typed in that moment is dropped."""
        self.wait_for(HOME)
        self._listening = False

    def be_heard(self) -> None:
        """Sort the home page's list until the page follows: keys are dropped for a moment after an end."""
        if self._listening:
            return
        before = self.screen_text()
        self.wait_a_moment(SWALLOW + 0.05)
        self.insist(
            lambda: self.type("s"), lambda: self.screen_text() != before, "a home page that answers", UNTIL_QUIET
        )
        self._listening = True

    def wait_a_moment(self, seconds: float = 0.2) -> None:
        """Look for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            time.sleep(0.01)

    def quit(self) -> int:
        """End the program from the home page; return its status."""
        self.wait_for(HOME)
        self.be_heard()
        self.press("ctrl+q")
        return self.ended()

    # Who serves her

    @property
    def supervisor(self) -> int:
        """The supervisor's process id, whatever it was started by."""
        return int(self.wait(lambda: self.of(SUPERVISOR), "a supervisor")[0])

    def everybody(self) -> list[int]:
        """Every process of this kiosk and what it was started by, parents first."""
        return [self.process.pid, *proc.family(self.process.pid)]

    def of(self, kind: bytes) -> list[int]:
        """The processes of one kind, oldest first."""
        return sorted((pid for pid in self.everybody() if kind in proc.command(pid)), key=proc.started)

    def sitting_pids(self) -> list[int]:
        """The sittings, whoever has the terminal first."""
        return self.of(SITTING)

    def standby(self) -> int:
        """The process id of whoever is next; waits until there is one."""
        return int(self.wait(lambda: len(self.of(SITTING)) > 1 and self.of(SITTING), "a standby")[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def number_in(page: str, beside: str = "") -> int:
    """The number on a page that says `beside`, 0 for none."""
    found = _NUMBER.search(page) if beside in page else None
    return int("".join(found.groups())) if found else 0


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Signal a process that may be gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def gone(visitor: Visitor, pid: int) -> None:
    """Wait for the end of a process."""
    visitor.wait(lambda: not proc.alive(pid), f"the end of process {pid}")
