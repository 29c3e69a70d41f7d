"""What a power cut may interrupt, each in a process of its own, for strace to record. Prints what it was told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.keys import rotation, rotation_file, storage
from kiosk.desk.keys.derivation import recipient, unwrap, wrap
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.seal.record import seal
from kiosk.vault import ledgers, sheet_ledger
from kiosk.vault.locks import alone
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import mac_of
from kiosk.vault.transfer import Belonging, bring_in
from tests.made_up import CHEAP, SEED, SEEDS, Made, a_summary

OLD_WORDS, NEW_WORDS = "the old made up words", "the new made up words"
NEWER = bytes(reversed(range(32)))
"""The made-up seed that comes after `SEED`."""


def made_in(home: Path) -> Made:
    """The kiosk in `home`."""
    place = Place(home)
    return Made(place, Region.read(place.desk_toml, SEEDS), StationKey.read(place.station_key))


def rotated(place: Place) -> bool:
    """Whether the new words open the provider's key."""
    try:
        unwrap(storage.stored(place), NEW_WORDS)
    except Exception:
        return False
    return True


def kept(home: Path) -> str:
    """A clerk's save of the number in `home`/number."""
    made, number = made_in(home), int((home / "number").read_text())
    sealed = seal(a_summary(number), number, made.key.recipients)
    made.store.append(number, sealed, mac_of(made.key.station_secret, number, sealed))
    return "kept"


def entered(home: Path) -> str:
    """A sheet of paper, and one more record of the day, in ledgers that are made for them."""
    ledger = sheet_ledger.SheetLedger(Place(home).ledgers)
    sheet = ledger.new_sheet()
    ledger.count_a_record(3, 120)
    assert sheet in ledgers.Ledgers(Place(home).ledgers).sheets()
    return sheet


def turned(home: Path) -> str:
    """The whole of `kiosk keys rotate`, or the rest of one that was cut."""
    place = Place(home)
    with alone(place):
        rotation_file.sweep(place)
        if not rotation_file.under_way(place) and not rotated(place):
            rotation.begin(place, SEED, NEWER, wrap(NEWER, NEW_WORDS, CHEAP), 1, ())
        if rotation_file.under_way(place):
            seed = NEWER if rotated(place) else SEED
            rotation.go_on(place, seed, lambda done, count: None)
    return "turned"


def imported(home: Path) -> str:
    """A stick that lies beside the folder."""
    made = made_in(home)
    key = made.key
    ids = frozenset({recipient(SEED).key_id})
    ours = Belonging(key.number_key, ids, frozenset(), key.station_secret, key.classes)
    bring_in(home.parent / "stick", made.place.summaries, ours)
    return "imported"


def removed(home: Path) -> str:
    """A withdrawal of the number in `home`/number, at the desk, with its signed list."""
    made = made_in(home)
    made.remove(int((home / "number").read_text()))
    return "removed"


DOES: dict[str, Callable[[Path], str]] = {
    "kept": kept,
    "entered": entered,
    "turned": turned,
    "imported": imported,
    "removed": removed,
}

if __name__ == "__main__":
    said = DOES[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(f"{said}\n")
