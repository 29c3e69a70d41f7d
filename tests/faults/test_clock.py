"""The machine's calendar: a clock that is set while a visitor is there, and one that shows a day that cannot be."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

import kiosk
from kiosk.launch import system_clock
from kiosk.sitting.summarising import month, release_until
from schema.summary import is_month

ROOMS = ("supervisor", "sitting", "terminal", "jail", "vault", "paper", "speech")
"""Where time is measured while a visitor is there."""
CALENDAR = re.compile(
    r"time\.(time|time_ns|localtime|gmtime|CLOCK_REALTIME)|(signal\.)?setitimer"
    r"|(datetime\.)?datetime\.(now|utcnow|today|fromtimestamp)"
)
BY_THE_CALENDAR = {"vault/file_times.py", "supervisor/news.py"}
"""The first of the month on the database's file, and the hour in which look-ups are counted; no time is measured."""


def _asks_the_calendar(path: Path) -> bool:
    """Whether a file reads a wall clock: not days and months (`date`), but what could measure a time."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and CALENDAR.fullmatch(ast.unparse(node)):
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            return True
    return False


def test_no_limit_goes_by_the_calendar() -> None:
    """K1: a clock set back a year, on ten, past 2038 or by summer time moves no limit: none is measured by it."""
    root = Path(kiosk.__file__).parent
    files = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    asking = {str(path.relative_to(root)) for path in files if _asks_the_calendar(path)}
    assert len(files) > 100
    assert asking == BY_THE_CALENDAR


class Calendar(date):
    """A calendar that shows what a test sets."""

    shown = date(2026, 11, 22)

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        """What it shows."""
        return cls.shown


@pytest.mark.parametrize("day", [(1969, 12, 31), (1970, 1, 1), (1999, 12, 31), (2025, 12, 31), (2099, 1, 1)])
def test_a_day_that_cannot_be_is_said_at_the_start(day: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """K1: a clock that lost its battery is named before a visitor is let in, not when she keeps."""
    monkeypatch.setattr(Calendar, "shown", date(*day))
    monkeypatch.setattr(system_clock, "date", Calendar)
    with pytest.raises(system_clock.WrongClock, match=f"says {day[0]}-{day[1]:02d}") as told:
        system_clock.check()
    assert told.value.exit_code == 4 and "timedatectl" in told.value.hint


@pytest.mark.parametrize("day", [(2026, 1, 1), (2038, 1, 20), (2028, 2, 29), (2098, 12, 31)])
def test_every_day_that_can_be_has_a_record(day: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """K1: past 2038, on a leap day and on the last day there is, a record has its month and its release an end."""
    monkeypatch.setattr(Calendar, "shown", date(*day))
    monkeypatch.setattr(system_clock, "date", Calendar)
    monkeypatch.setattr("kiosk.sitting.summarising.date", Calendar)
    system_clock.check()
    assert month() == f"{day[0]}-{day[1]:02d}" and is_month(month())
    assert is_month(release_until(12))
