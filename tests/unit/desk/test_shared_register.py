"""The register of stations, handed from the provider who deals to another who may open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.desk.keys import shared_register as register
from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.shared_register import NotARegister, NotTheirs, OwnStations
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.region import DealtElsewhere, Region
from kiosk.errors import KioskError
from kiosk.vault.private_file import AlreadyThere
from tests.made_up import SEED, SEEDS

LEAD = bytes(reversed(SEED))
STRANGER = bytes(32)


def region(suite: int = 1) -> Region:
    made = Region.new("MO-606", SEED, suite=suite, others=(recipient(LEAD, suite),))
    return made.deal("FRONT", SEEDS)[0].deal("BACK", SEEDS)[0]


def own(code: str = "MO-606") -> Region:
    return Region.new(code, LEAD)


@pytest.mark.parametrize("suite", [1, 2])
def test_the_other_provider_vouches_for_the_same_stations(tmp_path: Path, suite: int) -> None:
    """A second recipient ranks: secrets, classes and number key arrive, her own key first; desk.toml keeps it."""
    shared, file = region(suite), tmp_path / "lead.register"
    check = register.share(file, shared, recipient(LEAD, suite), SEEDS)
    taken = register.take(file, own(), Seeds(LEAD), check.upper())
    assert (taken.stations, taken.number_key) == (shared.stations, shared.number_key)
    assert taken.recipients == tuple(reversed(shared.recipients)) and taken.signers == signers_of(SEEDS)
    taken.write(tmp_path / "desk.toml", LEAD)
    assert Region.read(tmp_path / "desk.toml", Seeds(LEAD)) == taken and not taken.deals


def test_the_file_says_nothing_to_anybody_else(tmp_path: Path) -> None:
    """P3: no secret of a station is readable in the file, its length tells no count, and it is 0600 and new."""
    shared, one, other = region(), tmp_path / "one", tmp_path / "other"
    check = register.share(one, shared, recipient(LEAD), SEEDS)
    register.share(other, shared.deal("THIRD", SEEDS)[0], recipient(LEAD), SEEDS)
    text = one.read_text()
    assert json.loads(text)["sealed"] and one.stat().st_mode & 0o777 == 0o600
    assert not [each for each in (shared.number_key, *(each.secret for each in shared.stations)) if each.hex() in text]
    assert one.stat().st_size == other.stat().st_size
    for seed in (SEED, STRANGER):
        with pytest.raises(NotARegister, match="no register"):
            register.take(one, own(), Seeds(seed), check)
    with pytest.raises(AlreadyThere):
        register.share(one, shared, recipient(LEAD), SEEDS)


def test_it_goes_only_to_who_can_open_already(tmp_path: Path) -> None:
    """A key that records are not sealed to, the dealing provider's own too, gets no register."""
    for each in (recipient(STRANGER), recipient(SEED)):
        with pytest.raises(NotTheirs):
            register.share(tmp_path / "file", region(), each, SEEDS)
    assert not (tmp_path / "file").exists()


def test_a_forged_register_is_refused_by_its_check(tmp_path: Path) -> None:
    """Anybody can seal to a public key: a file with a stranger's stations has another check than the one read out."""
    true, forged = tmp_path / "true", tmp_path / "forged"
    check = register.share(true, region(), recipient(LEAD), SEEDS)
    register.share(forged, region(), recipient(LEAD), SEEDS)
    with pytest.raises(NotARegister, match="check"):
        register.take(forged, own(), Seeds(LEAD), check)
    assert register.take(true, own(), Seeds(LEAD), check).stations


def test_two_desks_never_deal_one_class_twice(tmp_path: Path) -> None:
    """Numbers stay unique: a desk that took a register deals nothing, hands nothing on, and takes newer ones."""
    shared = region()
    taken = register.take(
        tmp_path / "a", own(), Seeds(LEAD), register.share(tmp_path / "a", shared, recipient(LEAD), SEEDS)
    )
    for refused in (lambda: taken.deal("NEW", SEEDS), lambda: taken.again("FRONT", SEEDS), taken.must_deal):
        with pytest.raises(DealtElsewhere):
            refused()
    with pytest.raises(OwnStations):
        register.share(tmp_path / "b", taken, recipient(SEED), SEEDS)
    more = shared.deal("THIRD", SEEDS)[0]
    newer = register.take(
        tmp_path / "c", taken, Seeds(LEAD), register.share(tmp_path / "c", more, recipient(LEAD), SEEDS)
    )
    assert newer.stations == more.stations
    other = register.share(tmp_path / "d", shared, recipient(LEAD), SEEDS)
    for present in (own().deal("MINE", SEEDS)[0], own("MO-600")):
        with pytest.raises(OwnStations):
            register.take(tmp_path / "d", present, Seeds(LEAD), other)
    with pytest.raises(OwnStations):
        register.take(
            tmp_path / "e", taken, Seeds(LEAD), register.share(tmp_path / "e", region(), recipient(LEAD), SEEDS)
        )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is a sentence."""
    with pytest.raises(KioskError, match="cannot be read"):
        register.take(tmp_path / "none", own(), Seeds(LEAD), "")
