"""The desk's sealed files keep their bytes: what was written once is read, and the same is written again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.desk.keys import rotation_file
from kiosk.desk.keys.derivation import unwrap
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records import seen_marks
from kiosk.desk.records.seen_marks import Difference
from kiosk.desk.region import Region
from kiosk.desk.reporting.published import Ledger
from kiosk.paths import Place
from tests.vectors import make_desk

FILES = {name: bytes.fromhex(text) for name, text in json.loads(make_desk.PATH.read_text()).items()}


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".1")])
def test_the_same_bytes_are_written(name: str) -> None:
    """With the same random bytes every sealed file is what it was."""
    assert bytes.fromhex(make_desk.made()[name]) == FILES[name]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with all of the files as they were."""
    for name, data in FILES.items():
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_bytes(data)
    return Place(tmp_path)


def test_what_was_written_is_read(place: Place) -> None:
    """Each of the files opens with today's code and says what was put in."""
    assert unwrap(FILES["provider.key"], make_desk.PASSPHRASE) == make_desk.OLDER
    with make_desk.dealt():
        expected = make_desk.region()
    found = Region.read(place.desk_toml, Seeds(make_desk.OLDER))
    assert [each.label for each in found.stations] == ["front", "back"]
    assert found.recipients == expected.recipients and found.number_key == expected.number_key
    assert [each.classes for each in found.stations] == [each.classes for each in expected.stations]
    for seed in (make_desk.OLDER, make_desk.NEWER):
        assert rotation_file.read(place, seed) == make_desk.rotation()
    look, difference = seen_marks.read(place.home, Seeds(make_desk.OLDER)), Difference()
    assert look is not None
    list(look.compare(make_desk.STANDING, difference))
    assert difference == Difference()
    assert Ledger.read(place.published, Seeds(make_desk.OLDER)).secret == bytes(range(32))


def test_a_desk_of_the_first_format_keeps_its_stations(place: Place, tmp_path: Path) -> None:
    """An old desk.toml is read: its stations keep classes and secrets; what is dealt from then on is random."""
    seeds, path = Seeds(make_desk.OLDER), tmp_path / "desk.toml.1"
    found = Region.read(path, seeds)
    assert [sorted(each.classes) for each in found.stations] == [[*range(64)], [*range(64, 128)]]
    grown, key = found.deal("later", seeds)
    assert len(key.classes) == 32 and min(key.classes) >= 128 and key.signed_by(key.signers)
    assert max(key.classes) - min(key.classes) > 31
    grown.write(path, make_desk.OLDER)
    assert Region.read(path, seeds) == grown and grown.stations[:2] == found.stations
