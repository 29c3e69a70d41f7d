"""What an eye sees on a terminal, and what it could have seen: the screen, its history, and every byte."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pyte

from tests.pace import patience, tries
from tests.terminal.grammar import check
from tests.terminal.screen import Screen

PATIENCE_SECONDS = 30.0
PATIENCE = patience(PATIENCE_SECONDS)
"""Seconds after which a test gives up here; never a measure of anything."""

RESET = b"\x1b[r\x1b[2J\x1b[3J\x1b[H"
"""Where the supervisor clears glass and history."""

CUT_IN = b"\x18\x1b\\"
"""How the supervisor ends whatever was half sent."""

_CUT = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*)?\Z")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;:]*[A-Za-z]")


class Glass:
    """A screen that is fed with everything its terminal got."""

    def __init__(self, columns: int, rows: int) -> None:
        self.log = bytearray()
        """Every byte the terminal got."""
        self.came = threading.Condition()
        """Held while `log` changes; told when it did."""
        self._fed = 0
        self._lines: list[str] = []
        self.screen = Screen(columns, rows, history=5000)
        self._stream = pyte.ByteStream(self.screen)

    def state(self) -> str:
        """Say in a word, for a failing test, how whatever paints here is doing."""
        return ""

    def look_at(self, columns: int, rows: int) -> None:
        """Look at another size, as far as anybody has such a screen; one that tells none stays as it is."""
        if columns and rows:
            self.screen.resize(min(rows, 500), min(columns, 500))
            self._lines = []

    def look(self) -> None:
        """Take in what came since the last look."""
        with self.came:
            data = bytes(self.log[self._fed :])
        if cut := _CUT.search(data):
            data = data[: cut.start()]
        if data:
            self._fed += len(data)
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
            self._lines = self.screen.rows()

    def lines(self) -> list[str]:
        """The rows of the screen as they are now."""
        self.look()
        return self._lines

    def screen_text(self) -> str:
        """The words on the screen, one blank between any two."""
        return " ".join(" ".join(self.lines()).split())

    def history_text(self) -> str:
        """The words that scrolled off the screen."""
        self.look()
        return " ".join("".join(cell.data for _, cell in sorted(line.items())) for line in self.screen.history.top)

    def wait(self, true: Callable[[], Any], what: str, deadline: float | None = None) -> Any:
        """Wait until `true` gives something, and return that; at most `deadline` seconds, else `PATIENCE`."""
        end = time.monotonic() + (PATIENCE if deadline is None else deadline)
        while True:
            if found := true():
                return found
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}; {self.state()}; screen:\n" + "\n".join(self.lines()))
            with self.came:
                if len(self.log) <= self._fed:
                    self.came.wait(0.02)

    def wait_for(self, text: str, deadline: float | None = None) -> None:
        """Wait until the screen shows `text`."""
        self.wait(lambda: text in self.screen_text(), repr(text), deadline)

    def wait_gone(self, text: str, deadline: float | None = None) -> None:
        """Wait until the screen does not show `text`."""
        self.wait(lambda: text not in self.screen_text(), f"the end of {text!r}", deadline)

    def wait_quiet(self, true: Callable[[], Any], seconds: float) -> None:
        """Wait until `true`, at most so long (longer on a slow machine): for keys that may have to be sent again."""
        end = time.monotonic() + patience(seconds)
        while not true() and (left := end - time.monotonic()) > 0:
            with self.came:
                self.came.wait(min(left, 0.05))

    def insist(self, act: Callable[[], object], true: Callable[[], Any], what: str, seconds: float = 0.5) -> None:
        """Do it, and again every so many seconds until `true`: keys are dropped for a moment after an end."""
        for _ in tries(what, PATIENCE_SECONDS):
            if true():
                return
            act()
            self.wait_quiet(true, seconds)

    def forget(self) -> None:
        """Drop what was looked at already, so that a long run stays small."""
        self.look()
        with self.came:
            del self.log[: self._fed]
            self._fed = 0

    def check_grammar(self) -> None:
        """Fail unless every byte was allowed; where the supervisor cut in (CAN, ST), a piece may be half."""
        for part in bytes(self.log).split(CUT_IN):
            check(part, supervised=True, cut=True)
