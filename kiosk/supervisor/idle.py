"""Silence: when to say that a sitting will end for want of keys, when to end it (OR-08), how long a pause is."""

from __future__ import annotations

_NEVER = float("inf")

PAUSE_SECONDS = 900.0
"""Seconds that a page may be paused, whatever a passer-by presses meanwhile (MO-38); then the sitting ends."""


class Idle:
    """Counts from the latest key, paste or button; asleep until the first one of a sitting."""

    __slots__ = ("_last", "_paused", "_seconds", "_warn", "warned")

    warned: bool
    """Whether the warning of this silence was said."""

    def __init__(self, seconds: float, warn: float) -> None:
        self._seconds = seconds
        self._warn = max(seconds - warn, 0.0)
        self._last: float | None = None
        self._paused: float | None = None
        self.warned = False

    def rest(self) -> None:
        """Sleep until the next touch."""
        self._last = self._paused = None
        self.warned = False

    def touch(self, now: float) -> None:
        """Somebody is there."""
        self._last = now
        self.warned = False

    def pause(self, now: float) -> None:
        """Begin a pause. One that began goes on: no sitting makes it longer by saying so again."""
        if self._paused is None and self._last is not None:
            self._paused = now

    def resume(self, now: float) -> None:
        """End a pause: she is there, where a key was pressed since it began."""
        if self._paused is not None and self._last is not None and self._last >= self._paused:
            self._paused = None
            self.touch(now)

    def until_warning(self, now: float) -> float:
        """Seconds until the warning is due; infinite when there is none to come."""
        if self._last is None or self._paused is not None or self.warned:
            return _NEVER
        return self._last + self._warn - now

    def until_end(self, now: float) -> float:
        """Seconds until the sitting ends; infinite when asleep."""
        if self._paused is not None:
            return self._paused + PAUSE_SECONDS - now
        return _NEVER if self._last is None else self._last + self._seconds - now
