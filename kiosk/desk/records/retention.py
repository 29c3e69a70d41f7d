"""retention.toml: how many months the provider keeps which records, for `kiosk purge`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault.private_file import read_private
from schema.summary import Summary

FORMAT = 1
LONGEST = 1200
"""Months that a record may be kept at most by the table: a hundred years."""
LONGEST_PAUSE = 12
"""Months without a record after which the clock is doubted rather than believed."""


class NotARetention(Refused):
    """retention.toml cannot be read, or says something else than months."""

    hint = 'Write `format = 1`, then `[months]` with `released`, `lapsed`, `unreleased`: whole numbers, or "keep".'


class ClockInDoubt(Refused):
    """This machine's clock does not fit the newest record: removing cannot be undone, so a person says the month."""

    hint = "Set the clock, or say with `--before YYYY-MM` what goes."


@dataclass(frozen=True, slots=True)
class Retention:
    """Months that a record stays, by what its visitor allowed; `None` is for ever."""

    released: int | None
    """Her release runs: months after the month of the record."""
    lapsed: int | None
    """Her release has ended: months after its last month."""
    unreleased: int | None
    """She gave no release: months after the month of the record."""

    @classmethod
    def read(cls, place: Place) -> Retention:
        """The provider's own table. Raises Missing, NotPrivate or NotARetention."""
        try:
            table = tomllib.loads(read_private(place.retention_toml).decode())
            months = table["months"]
            names = {each.name for each in fields(cls)}
            if table["format"] != FORMAT or set(table) != {"format", "months"} or set(months) != names:
                raise ValueError
            return cls(**{name: _months(months[name]) for name in names})
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotARetention("retention.toml cannot be understood.") from None

    def due(self, summary: Summary, month: str) -> bool:
        """Whether a record is kept no longer in `month` (YYYY-MM)."""
        if not summary.release:
            return _past(summary.month, self.unreleased, month)
        if summary.release_expires is not None and summary.release_expires < month:
            return _past(summary.release_expires, self.lapsed, month)
        return _past(summary.month, self.released, month)


def check_clock(newest: str | None, month: str) -> None:
    """See that the clock's `month` fits the `newest` record's (YYYY-MM). Raises ClockInDoubt.

    One month of difference is two stations on either side of midnight; a clock far ahead would let everything go.
    """
    if newest is None:
        return
    ahead = _count(month) - _count(newest)
    if ahead < -1:
        raise ClockInDoubt(f"The clock of this machine says {month}, and there are records of {newest}.")
    if ahead > LONGEST_PAUSE:
        raise ClockInDoubt(f"The clock of this machine says {month}, and the newest record is of {newest}.")


def _months(value: object) -> int | None:
    if value == "keep":
        return None
    if type(value) is not int or not 0 <= value <= LONGEST:
        raise ValueError
    return value


def _past(since: str, months: int | None, month: str) -> bool:
    return months is not None and _count(month) - _count(since) > months


def _count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
