"""Set-up makes a whole kiosk: what is in it, and what is in none of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import config
from kiosk.desk.keys import derivation, storage
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import list_records
from kiosk.errors import KioskError
from kiosk.paths import Place, check_modes
from kiosk.setup import create_kiosk
from kiosk.setup.draft import Draft
from kiosk.setup.offers import NotOffered, complete
from kiosk.setup.passphrase import BadPassphrase
from kiosk.vault import health
from kiosk.vault.station_key import StationKey
from tests.unit.setup.making import PASSPHRASE, Keyring, build, draft


def test_everything_is_there_and_private(place: Place, keyring: Keyring) -> None:
    """Settings, keys, database and checked pack; 0700 and 0600; the key in the keyring opens with the passphrase."""
    made = build(place, panic_key="f8", idle_seconds=240)
    assert made.key == "keyring" and not place.provider_key.exists()
    check_modes(place)
    health.check(place.summaries)
    settings = config.read(place.station_toml)
    assert (settings.panic_key, settings.idle_seconds, settings.region) == ("f8", 240, "MO-606")
    assert StationKey.read(place.station_key).station == settings.station == "KIOSK-1"
    seed = derivation.unwrap(keyring.held[place.home], PASSPHRASE)
    assert list_records(place, Seeds(seed)).rows == ()
    assert len(list(place.packs.iterdir())) == 1 and place.run.is_dir()


def test_without_a_keyring_the_key_is_in_a_file(place: Place, keyring: Keyring) -> None:
    """Where no keyring serves, the wrapped key is in a 0600 file, and the operator is told which and why."""
    keyring.serves = False
    made = build(place)
    assert made.key == "file" and "made-up keyring" in made.because
    assert place.provider_key.stat().st_mode & 0o777 == 0o600
    assert derivation.unwrap(storage.FileStore(place.provider_key).get() or b"", PASSPHRASE)
    assert any("provider.key" in sentence for sentence in made.sentences())


def test_no_secret_is_in_clear_in_any_file(place: Place, keyring: Keyring) -> None:
    """Neither the passphrase nor the seed is in any file; the wrapped key is."""
    keyring.serves = False
    build(place)
    every = b"".join(path.read_bytes() for path in place.home.rglob("*") if path.is_file())
    blob = storage.FileStore(place.provider_key).get() or b""
    seed = derivation.unwrap(blob, PASSPHRASE)
    assert place.provider_key.read_bytes().strip() in every, "the search must find what is there"
    for secret in (PASSPHRASE.encode(), seed, seed.hex().encode(), derivation.derive(seed, b"x25519")):
        assert secret not in every


def test_a_station_with_a_region_file_holds_no_private_key(place: Place, tmp_path: Path, keyring: Keyring) -> None:
    """P4: a kiosk-only station never has a private key, nor a desk."""
    build(Place(tmp_path / "desk"))
    key = StationKey.read(Place(tmp_path / "desk").station_key)
    keyring.held.clear()
    taken = Draft()
    taken.take_region_file(key)
    complete(taken)
    assert create_kiosk.make(place, taken, lambda step: None).key == "none"
    assert keyring.held == {}
    assert not place.provider_key.exists() and not place.desk_toml.exists()
    assert StationKey.read(place.station_key).recipients == key.recipients


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"passphrase": "short"}, BadPassphrase),
        ({"station": "Mary"}, config.UnfitSetting),
        ({"idle_seconds": 5}, config.UnfitSetting),
        ({"panic_key": "f12"}, config.UnfitSetting),
    ],
)
def test_a_bad_choice_makes_nothing(changes: dict[str, object], error: type[KioskError], place: Place) -> None:
    """What does not fit is refused before anything is made."""
    with pytest.raises(error):
        build(place, **changes)
    assert list(place.home.parent.iterdir()) == []


@pytest.mark.parametrize("changes", [{"language": "xx"}, {"role": "boss"}, {"pack": "practice"}, {"pack": "none"}])
def test_a_pack_offers_what_it_has(changes: dict[str, object]) -> None:
    """A language, role or pack that is not there is refused by name."""
    with pytest.raises(KioskError) as refused:
        draft(**changes)
    assert isinstance(refused.value, NotOffered) or "none" in str(refused.value)
