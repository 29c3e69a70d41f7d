"""What meetings said of this desk's visitors, and what became of it: offers and outcomes in one sealed file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from kiosk.desk.keys import padded_file
from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault.private_file import Missing

FORMAT: Final = 1
LONGEST: Final = 64 * 1024 * 1024
OUTCOMES: Final = ("reached", "not-reached", "accepted", "declined", "housed", "no-longer-needed")
"""What staff say of an offer; the next external list has it as `status`."""
HEARD_DAYS: Final = 31
"""How long `reached` and `not-reached` are said: they change the month of the last word alone."""
_PLACE: Final = b"offers of meetings"
_SMALLEST: Final = 4096


class NotOffers(Refused):
    """offers.ledger cannot be read."""

    hint = "Put offers.ledger back from its backup, or move it away and take the last return file once more."


class NoSuchOutcome(Refused):
    """A word that is no outcome."""

    hint = f"One of: {', '.join(OUTCOMES)}."


@dataclass(frozen=True, slots=True)
class Offer:
    """How a meeting left one visitor."""

    state: str
    project_type: int
    answer_by: str
    agency: str
    signer: str
    """The list that said so, by its public key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What staff said became of somebody, and of what."""

    status: str
    day: str
    about: Offer | None


@dataclass(slots=True)
class Offers:
    """Everything that meetings said, by visitor's number."""

    serials: dict[str, int] = field(default_factory=dict)
    """The last return file of each list and agency."""
    signers: dict[str, str] = field(default_factory=dict)
    """Lists whose keys were compared by voice, with their areas."""
    offers: dict[int, Offer] = field(default_factory=dict, repr=False)
    outcomes: dict[int, Outcome] = field(default_factory=dict, repr=False)

    def replace(self, signer: str, agency: str, said: Mapping[int, Offer]) -> None:
        """What a list says of an agency's visitors now, in place of what it said before.

        An outcome stays for as long as the meeting has not moved on: it goes with every external list until then.
        """
        kept = {number: each for number, each in self.offers.items() if (each.signer, each.agency) != (signer, agency)}
        before, self.offers = self.offers, {**kept, **said}
        for number, outcome in list(self.outcomes.items()):
            moved_on = self.offers.get(number) != outcome.about
            if moved_on and (number in said or number in before):
                del self.outcomes[number]

    def outcome(self, number: int, status: str, today: date) -> None:
        """Enter what became of somebody. Raises NoSuchOutcome."""
        if status not in OUTCOMES:
            raise NoSuchOutcome("That is no outcome.")
        self.outcomes[number] = Outcome(status, today.isoformat(), self.offers.get(number))

    def statuses(self, today: date) -> dict[int, str]:
        """What the next external list says of each number."""
        since = (today - timedelta(days=HEARD_DAYS)).isoformat()
        heard = ("reached", "not-reached")
        return {
            number: each.status
            for number, each in self.outcomes.items()
            if each.status not in heard or each.day >= since
        }

    def overdue(self, today: date) -> list[int]:
        """Numbers with an offer whose day has passed, and of which no answer is known (W5)."""
        return sorted(
            number
            for number, each in self.offers.items()
            if each.answer_by
            and each.answer_by < today.isoformat()
            and (number not in self.outcomes or self.outcomes[number].status in ("reached", "not-reached"))
        )

    def write(self, place: Place, seed: bytes) -> None:
        """Write the file, sealed."""
        told = {
            "format": FORMAT,
            "serials": self.serials,
            "signers": self.signers,
            "offers": [[number, _parts(each)] for number, each in sorted(self.offers.items())],
            "outcomes": [
                [number, each.status, each.day, each.about and _parts(each.about)]
                for number, each in sorted(self.outcomes.items())
            ],
        }
        padded_file.write(place.offers, _box(seed), told, _SMALLEST)

    @classmethod
    def read(cls, place: Place, seeds: Seeds) -> Offers:
        """The file at `place`; nothing where there is none. Raises NotOffers or KioskError."""
        try:
            told = padded_file.read(place.offers, _box, seeds, LONGEST)
            return _offers(told)
        except Missing:
            return cls()
        except (ValueError, KeyError, TypeError):
            raise NotOffers("offers.ledger cannot be read with this provider's key.") from None


def forget(place: Place, seeds: Seeds, numbers: Collection[int]) -> None:
    """Keep nothing of numbers that are removed (W4)."""
    offers = Offers.read(place, seeds)
    gone = set(numbers) & (offers.offers.keys() | offers.outcomes.keys())
    if gone:
        for number in gone:
            offers.offers.pop(number, None)
            offers.outcomes.pop(number, None)
        offers.write(place, seeds.current)


def reseal(place: Place, both: Seeds) -> None:
    """Seal the file, if there is one, with the current of a rotation's two keys; twice is as good as once."""
    if place.offers.exists():
        Offers.read(place, both).write(place, both.current)


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, _PLACE), _PLACE)


def _parts(each: Offer) -> list[Any]:
    return [each.state, each.project_type, each.answer_by, each.agency, each.signer]


def _offers(table: dict[str, Any]) -> Offers:
    if table["format"] != FORMAT:
        raise ValueError
    return Offers(
        {str(list_): int(serial) for list_, serial in table["serials"].items()},
        {str(signer): str(area) for signer, area in table["signers"].items()},
        {int(number): Offer(*parts) for number, parts in table["offers"]},
        {
            int(number): Outcome(status, day, None if about is None else Offer(*about))
            for number, status, day, about in table["outcomes"]
        },
    )
