"""One kiosk for many visits in a row, which is what it is for."""

from __future__ import annotations

from collections.abc import Callable

from tests.terminal.console import Console
from tests.terminal.way import awake, go, routes, served


class Shared:
    """One kiosk for many panics; started anew after a test that failed half-way."""

    def __init__(self, start: Callable[[], Console]) -> None:
        self._start = start
        self._console: Console | None = None
        self._clean = False

    def at_home(self) -> Console:
        """Return a kiosk with a new visitor before the home page."""
        if self._console is None or not self._clean:
            if self._console:
                self._console.close()
            self._console = self._start()
        self._clean = False
        return self._console

    def again(self) -> None:
        """See that the next visitor is served."""
        assert self._console
        awake(self._console)
        self._clean = True

    def last(self) -> None:
        if self._console and self._clean:
            served(self._console)


def field(console: Console, canary: str) -> None:
    """Open the nearest field and type into it."""
    go(console, routes(canary)["county list"])
