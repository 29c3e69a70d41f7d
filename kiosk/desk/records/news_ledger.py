"""What the desk has to tell, number by number, as codes: one sealed file, from which each edition is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from kiosk.desk.keys import padded_file
from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import Refused
from kiosk.news.edition import Code
from kiosk.paths import Place
from kiosk.vault.private_file import Missing

FORMAT: Final = 1
_LONGEST: Final = 16 * 1024 * 1024
_PLACE: Final = b"news"
_SMALLEST: Final = 16 * 1024
"""Bytes inside the smallest file; a larger one has twice as many, and so on: its length tells no count."""


class NotANewsLedger(Refused):
    """news.ledger cannot be read."""

    hint = "Put news.ledger back from the same day's backup as desk.toml, or move it away and enter the news anew."


class Told(NamedTuple):
    """What one number is told."""

    code: Code
    agency: str
    """The code of the agency to call."""
    day: date
    """By when; of a release, its last day."""


@dataclass(slots=True)
class NewsLedger:
    """All news of a desk."""

    told: dict[int, Told] = field(default_factory=dict, repr=False)

    def write(self, place: Place, seed: bytes) -> None:
        """Write the file, sealed."""
        rows = [[number, int(each.code), each.agency, each.day.isoformat()] for number, each in self.told.items()]
        told = {"format": FORMAT, "news": sorted(rows)}
        padded_file.write(place.news_ledger, _box(seed), told, _SMALLEST)

    @classmethod
    def read(cls, place: Place, seeds: Seeds) -> NewsLedger:
        """The ledger at `place`; an empty one where there is none. Raises NotANewsLedger or KioskError."""
        try:
            told = padded_file.read(place.news_ledger, _box, seeds, _LONGEST)
            return cls(_told(told))
        except Missing:
            return cls()
        except (ValueError, KeyError, TypeError):
            raise NotANewsLedger("news.ledger cannot be read with this provider's key.") from None


def reseal(place: Place, both: Seeds) -> None:
    """Seal the ledger, if there is one, with the current of a rotation's two keys; twice is as good as once."""
    if place.news_ledger.exists():
        NewsLedger.read(place, both).write(place, both.current)


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, _PLACE), _PLACE)


def _told(table: dict[str, Any]) -> dict[int, Told]:
    if table["format"] != FORMAT:
        raise ValueError
    return {
        int(number): Told(Code(code), str(agency), date.fromisoformat(day))
        for number, code, agency, day in table["news"]
    }
