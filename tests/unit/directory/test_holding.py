"""Which agency holds a station's records: said by `hold`, or with a newer region file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import config
from kiosk.cli import run
from kiosk.desk.keys.signing import sign
from kiosk.directory.area_file import read
from kiosk.errors import ExitCode
from kiosk.paths import Place
from kiosk.vault.signatures import REGION_FILE
from kiosk.vault.station_key import NoStationKey, StationKey
from schema.agency import Agency
from tests.made_up import HARBOR, SEEDS, Made, made_at

Capture = pytest.CaptureFixture[str]
OTHER = Agency("RIVER", {"en": "River line"}, "573-555-0111")
OLD = config.Station(pack="us-mo", language="en", role="staff", station="FRONT", region="MO-606", agency="AGENCY-1")


@pytest.fixture
def old(kiosk_home: Path) -> Made:
    """A kiosk with its desk, from before there was a directory."""
    made = made_at(kiosk_home)
    replace(made.key, agencies=(), news=(), signatures=(), signers=(), serial=0).write(
        made.place.station_key, replace=True
    )
    config.write(made.place.station_toml, OLD)
    return made


def code_of(place: Place) -> str:
    """The agency in the settings."""
    return config.read(place.station_toml).agency


def test_one_command_mends_an_old_kiosk_with_a_desk(old: Made, capsys: Capture) -> None:
    """Agencies: `hold` makes a directory of that one, and from then on only those of the directory can be held."""
    assert run(["directory", "hold", "AGENCY-1"]) == ExitCode.REFUSED
    assert run(["directory", "hold", "HARBOR"]) == ExitCode.DONE
    assert "HARBOR holds the records of this station" in capsys.readouterr().out
    (provider,) = read(old.place.area_toml).providers
    assert (provider.code, code_of(old.place)) == ("HARBOR", "HARBOR")
    assert run(["directory", "hold", "RIVER"]) == ExitCode.REFUSED
    assert code_of(old.place) == "HARBOR"


def test_an_old_station_needs_its_providers_file(old: Made, capsys: Capture) -> None:
    """Agencies: without a desk, `hold` makes nothing up; it names the two commands that bring the directory."""
    old.place.desk_toml.unlink()
    assert run(["directory", "hold", "HARBOR"]) == ExitCode.REFUSED
    assert "kiosk region --take FILE --agency CODE" in capsys.readouterr().err
    assert code_of(old.place) == "AGENCY-1" and not old.place.area_toml.exists()


def test_a_newer_region_file_brings_the_directory(old: Made, tmp_path: Path, capsys: Capture) -> None:
    """Agencies: a file whose agencies the settings do not name is not taken until one is said: nothing is bricked."""
    file = tmp_path / "new.region"
    _, key = old.region.again("front", SEEDS, (HARBOR, OTHER))
    key.write(file)
    old.key.write(old.place.station_key, replace=True)
    newer = replace(key, serial=9)
    replace(newer, signatures=sign(REGION_FILE, newer.signed_part(), SEEDS)).write(file, replace=True)
    before = old.place.station_key.read_bytes()
    assert run(["region", "--take", str(file)]) == ExitCode.REFUSED
    assert "It has: HARBOR, RIVER." in capsys.readouterr().err
    assert (old.place.station_key.read_bytes(), code_of(old.place)) == (before, "AGENCY-1")
    assert run(["region", "--take", str(file), "--agency", "RIVER"]) == ExitCode.DONE
    assert code_of(old.place) == "RIVER" and StationKey.read(old.place.station_key).agencies == (HARBOR, OTHER)


def test_nobody_can_change_whom_visitors_are_told_to_ask(tmp_path: Path) -> None:
    """P4: agencies stand under the provider's signature; an older file without any reads as before."""
    key = made_at(tmp_path / "desk").key
    assert StationKey.from_bytes(key.to_bytes()) == key and key.signed_by(key.signers)
    other = replace(HARBOR, telephone="573-555-0666")
    assert not replace(key, agencies=(other,)).signed_by(key.signers)
    plain = replace(key, agencies=())
    assert b"agencies" not in plain.to_bytes() and StationKey.from_bytes(plain.to_bytes()) == plain
    with pytest.raises(NoStationKey):
        StationKey.from_bytes(key.to_bytes().replace(b"573-555-0100", b"call us now "))
