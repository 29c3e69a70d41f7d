"""An edition of news on a stick: told from sealed records, and taken into use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place


class NoKiosk(Refused):
    """A machine that serves no visitor."""

    hint = "Take it to the stations: `kiosk import FILE` on each."


def edition_in(file: Path) -> bytes | None:
    """The edition that a file holds, `None` where it holds something else. Raises KioskError."""
    from kiosk.news.edition import LONGEST
    from kiosk.news.taking import is_edition

    try:
        with file.open("rb") as opened:
            untrusted = opened.read(LONGEST + 1)
    except OSError as error:
        raise KioskError(f"{file.name} cannot be read ({error.strerror}).") from None
    return untrusted if is_edition(untrusted) else None


def take_edition(here: Place, untrusted: bytes) -> str:
    """Keep it, and say so. Raises NoKiosk, or what `kiosk.news.taking.take` raises."""
    from kiosk.news.taking import take
    from kiosk.vault.locks import one_at_a_time
    from kiosk.vault.station_key import StationKey

    if not here.station_key.exists():
        raise NoKiosk("There is no kiosk on this machine that could tell news.")
    with one_at_a_time(here):
        taken = take(here.editions, untrusted, StationKey.read(here.station_key).news)
    if taken is None:
        return "This edition is here already."
    return f"Taken: the news of {taken.region}, as of {taken.day.isoformat()}. The visitor after the next can ask."
