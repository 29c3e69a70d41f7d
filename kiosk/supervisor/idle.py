"""Silence: when to say that a sitting will end for want of keys, and when to end it (OR-08)."""

from __future__ import annotations

_NEVER = float("inf")


class Idle:
    """Counts from the latest key, paste or button; asleep until the first one of a sitting."""

    __slots__ = ("_last", "_seconds", "_warn", "warned")

    warned: bool
    """Whether the warning of this silence was said."""

    def __init__(self, seconds: float, warn: float) -> None:
        self._seconds = seconds
        self._warn = max(seconds - warn, 0.0)
        self._last: float | None = None
        self.warned = False

    def rest(self) -> None:
        """Sleep until the next touch."""
        self._last = None
        self.warned = False

    def touch(self, now: float) -> None:
        """Somebody is there."""
        self._last = now
        self.warned = False

    def until_warning(self, now: float) -> float:
        """Seconds until the warning is due; infinite when there is none to come."""
        return _NEVER if self._last is None or self.warned else self._last + self._warn - now

    def until_end(self, now: float) -> float:
        """Seconds until the sitting ends; infinite when asleep."""
        return _NEVER if self._last is None else self._last + self._seconds - now
