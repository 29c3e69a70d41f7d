from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.region import Region
from kiosk.errors import KioskError
from kiosk.vault.private_file import AlreadyThere, Missing, NotPrivate, read_private, write_private
from kiosk.vault.station_key import NoStationKey, StationKey
from tests.made_up import SEED, SEEDS, Made, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def test_it_is_read_as_written_and_private(made: Made) -> None:
    """station.key is 0600, read back as it was, and prints no secret."""
    path = made.place.station_key
    assert StationKey.read(path) == made.key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    shown = repr(made.key)
    assert made.key.station_secret.hex() not in shown and "number_key" not in shown


def test_a_region_file_is_the_same(made: Made, tmp_path: Path) -> None:
    """What the provider hands over is what the station keeps."""
    carried = tmp_path / "front.region"
    made.key.write(carried)
    assert carried.read_bytes() == made.place.station_key.read_bytes()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604])
def test_a_file_open_to_others_is_refused(made: Made, mode: int) -> None:
    """A secret that others can read is not used."""
    made.place.station_key.chmod(mode)
    with pytest.raises(NotPrivate):
        StationKey.read(made.place.station_key)


def test_no_link_is_followed(made: Made, tmp_path: Path) -> None:
    """E5: a link, a folder, a pipe in the file's place is refused; a link is not written through either."""
    link, folder, pipe = tmp_path / "link", tmp_path / "folder", tmp_path / "pipe"
    link.symlink_to(made.place.station_key)
    folder.mkdir()
    os.mkfifo(pipe, 0o600)
    for path in (link, folder, pipe):
        with pytest.raises(NotPrivate):
            StationKey.read(path)
    write_private(link, b"new", replace=True)
    assert StationKey.read(made.place.station_key) == made.key and not link.is_symlink()


def test_missing_and_present(made: Made, tmp_path: Path) -> None:
    """A missing file is said to be missing; a present one is never written over unless that is asked for."""
    with pytest.raises(Missing):
        StationKey.read(tmp_path / "none")
    with pytest.raises(AlreadyThere):
        made.key.write(made.place.station_key)
    assert not list(made.place.home.glob(".*"))


def test_a_failed_write_leaves_the_old_file(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails in the middle of a write leaves the old file whole and no half file beside it."""

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(KioskError):
        made.key.write(made.place.station_key, replace=True)
    monkeypatch.undo()
    assert StationKey.read(made.place.station_key) == made.key
    assert not list(made.place.home.glob(".*"))


def test_far_too_long(tmp_path: Path) -> None:
    """A file of any size is not read into memory whole."""
    path = tmp_path / "long"
    write_private(path, b"x" * 300_000, replace=False)
    with pytest.raises(NotPrivate):
        read_private(path)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 1},
        {"format": 3},
        {"format": True},
        {"serial": 0},
        {"serial": 1 << 63},
        {"signers": []},
        {"signers": ["00" * 31]},
        {"signers": ["00" * 32] * 3},
        {"signatures": ["00"]},
        {"station": "the front desk"},
        {"station": ""},
        {"region": None},
        {"station_secret": "00"},
        {"station_secret": "zz" * 32},
        {"number_key": ""},
        {"classes": []},
        {"classes": [4096]},
        {"classes": [-1]},
        {"classes": ["1"]},
        {"classes": [True]},
        {"classes": 7},
        {"recipients": []},
        {"recipients": [{"suite": 1, "public": "00"}]},
        {"recipients": [{"suite": 9, "public": "00" * 32}]},
        {"recipients": [{"public": "00" * 32}]},
        {"recipients": [{"suite": 1, "public": "00" * 32}] * 5},
    ],
)
def test_each_part_is_checked(made: Made, change: dict[str, object]) -> None:
    """A part out of range is refused with a sentence, and the sentence holds no secret."""
    table = json.loads(made.key.to_bytes())
    assert StationKey.from_bytes(json.dumps(table).encode()) == made.key
    with pytest.raises(KioskError) as caught:
        StationKey.from_bytes(json.dumps(table | change).encode())
    assert caught.value.hint and made.key.station_secret.hex() not in str(caught.value)


@given(st.one_of(st.binary(), st.text().map(str.encode), st.just(b"[" * 100_000)))
def test_other_bytes_are_no_station(raw: bytes) -> None:
    """Whatever lies in the file's place is refused with one kind of error."""
    with pytest.raises(NoStationKey):
        StationKey.from_bytes(raw)


@given(st.data())
def test_a_changed_file_is_not_the_providers(data: st.DataObject) -> None:
    """What the provider signed is signed whole: another key, another class, another serial, and nobody signed it."""
    _, key = Region.new("MO-606", SEED).deal("front", SEEDS)
    assert key.signed_by(signers_of(SEEDS)) and StationKey.from_bytes(key.to_bytes()) == key
    changed = data.draw(
        st.sampled_from(
            [
                replace(key, serial=key.serial + 1),
                replace(key, classes=key.classes ^ {0}),
                replace(key, number_key=bytes(32)),
                replace(key, signers=signers_of(Seeds(bytes(32)))),
                replace(key, recipients=(recipient(bytes(32)),)),
                replace(key, signatures=()),
            ]
        )
    )
    assert not changed.signed_by(signers_of(SEEDS)) and not key.signed_by(signers_of(Seeds(bytes(32))))
