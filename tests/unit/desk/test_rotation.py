from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.desk.keys import rotation, rotation_file, storage
from kiosk.desk.keys.derivation import new_seed, recipient, unwrap, wrap
from kiosk.desk.keys.resealing import Resealed
from kiosk.desk.keys.rotation_file import RotationUnreadable
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.keys.storage import KeyringStore
from kiosk.desk.records.listing import list_records
from kiosk.desk.records.rows import Why
from kiosk.desk.records.unsealing import NotOurs, Opener
from kiosk.desk.region import NotARegion, Region
from kiosk.paths import Place
from kiosk.seal.record import seal
from kiosk.vault import locks
from kiosk.vault.locks import KioskRunning, alone
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import mac_of
from tests.killing import steps
from tests.made_up import CHEAP, SEED, SEEDS, Made, a_summary, made_at

OLD_WORDS, NEW_WORDS = "the old made up words", "the new made up words"
NEWER = bytes(reversed(range(32)))
"""The made-up seed that comes after `SEED`."""


def quiet(done: int, count: int) -> None:
    """Hears how far it is."""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = made_at(tmp_path / "k")
    storage.FileStore(made.place.provider_key).put(wrap(SEED, OLD_WORDS, CHEAP))
    return made


def begin(made: Made, suite: int = 1, others: tuple[object, ...] = ()) -> None:
    rotation.begin(made.place, SEED, NEWER, wrap(NEWER, NEW_WORDS, CHEAP), suite, others)  # type: ignore[arg-type]


def rotate(made: Made, **options: bool) -> rotation.Turned:
    """Begin, or go on with whichever of the two passphrases opens the key."""
    with alone(made.place):
        rotation_file.sweep(made.place)
        if not rotation_file.under_way(made.place) and _opened(made) == SEEDS:
            begin(made)
        if rotation_file.under_way(made.place):
            return rotation.go_on(made.place, _opened(made).current, quiet, **options)
    return rotation.Turned(Resealed(), (), True, "")


def _opened(made: Made) -> Seeds:
    """What either passphrase gives, as `kiosk list` would have it."""
    blob = storage.stored(made.place)
    try:
        seed = unwrap(blob, OLD_WORDS)
    except Exception:
        seed = unwrap(blob, NEW_WORDS)
    return rotation_file.beside(made.place, seed)


def everything(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_after_a_rotation_the_new_key_opens_all_and_the_old_one_nothing(made: Made) -> None:
    """F7: keys: records, desk.toml, station.key and provider.key are the new key's; no trace of the old one is left."""
    numbers = {made.keep() for _ in range(12)}
    before = {row.number: row.untrusted_sealed for row in made.store.rows()}
    turned = rotate(made)
    assert turned.finished and turned.records.again == 12 and turned.waiting == ()
    assert {row.number for row in list_records(made.place, Seeds(NEWER)).rows} == numbers
    with pytest.raises(NotARegion):
        list_records(made.place, SEEDS)
    for row in made.store.rows():
        with pytest.raises(NotOurs):
            Opener(SEEDS).open(row.number, row.untrusted_sealed)
    assert StationKey.read(made.place.station_key).recipients == (recipient(NEWER),)
    assert storage.unlock(made.place, NEW_WORDS) == Seeds(NEWER)
    files = everything(made.place.home)
    assert not any(sealed[at : at + 16] in files for sealed in before.values() for at in range(96, 530, 16))
    assert recipient(SEED).key_id not in files and recipient(SEED).public.hex().encode() not in files
    left = {path.name for path in made.place.home.iterdir()} - {"summaries.db-journal"}
    assert left == {"desk.toml", "provider.key", "run", "station.key", "summaries.db"}


def test_killed_before_any_of_its_steps(made: Made, tmp_path: Path) -> None:
    """F7: keys: kill -9 at every step of a rotation: whichever passphrase opens the key, every record opens and
    ranks; and
    the same command run again comes to the same end.
    """
    numbers = {made.keep() for _ in range(3)}
    whole = tmp_path / "whole"
    shutil.copytree(made.place.home, whole)

    def prepare() -> None:
        shutil.rmtree(made.place.home)
        shutil.copytree(whole, made.place.home)

    seen = set()
    for step in steps(lambda: rotate(made), prepare):
        seeds = _opened(made)
        seen.add((seeds.current == NEWER, seeds.other is not None))
        listing = list_records(made.place, seeds)
        assert {row.number for row in listing.rows} == numbers and not listing.apart, step
        if step > 0:
            assert rotate(made).finished
            assert {row.number for row in list_records(made.place, Seeds(NEWER)).rows} == numbers
        assert not list(made.place.home.glob("rotation.*")) and unwrap(storage.stored(made.place), NEW_WORDS) == NEWER
    assert seen == {(False, False), (False, True), (True, True), (True, False)}


def test_other_stations_are_waited_for(made: Made) -> None:
    """F7: keys: while a station has its old file, the old key is kept, and opens what that station still seals to
    it.
    """
    made.region, other = made.region.deal("back", SEEDS)
    made.region.write(made.place.desk_toml, SEED)
    made.keep()
    turned = rotate(made)
    assert not turned.finished and turned.waiting == ("back",)
    made.keep(key=StationKey.read(made.place.station_key))
    made.keep(key=other)
    seeds = storage.unlock(made.place, NEW_WORDS)
    assert len(list_records(made.place, seeds).rows) == 3
    _, newer = Region.read(made.place.desk_toml, seeds).again("back", seeds)
    assert newer.recipients == (recipient(NEWER),) and newer.station_secret == other.station_secret
    assert newer.signed_by(other.signers) and newer.signers == signers_of(Seeds(NEWER, SEED))
    assert rotate(made, finish=True).finished
    assert len(list_records(made.place, Seeds(NEWER)).rows) == 3 and not rotation_file.under_way(made.place)


def test_what_nobody_vouches_for_is_not_made_credible(made: Made, tmp_path: Path) -> None:
    """F7: keys: a forged record gets no MAC of ours by a rotation, and stays apart; a damaged one stays as it is."""
    forger = made_at(tmp_path / "other")
    strange, forged = made.keep(key=forger.key), made.number()
    sealed = seal(a_summary(forged), forged, made.key.recipients)
    made.store.append(forged, sealed, mac_of(bytes(32), forged, sealed))
    number = made.number()
    broken = bytearray(seal(a_summary(number), number, made.key.recipients))
    broken[540] ^= 1
    mac = mac_of(made.key.station_secret, number, bytes(broken))
    with closing(sqlite3.connect(made.place.summaries)) as connection:
        connection.execute("INSERT INTO sealed_summary VALUES (?, ?, ?)", (number, bytes(broken), mac))
        connection.commit()
    turned = rotate(made)
    assert (turned.records.unvouched, turned.records.closed, turned.records.again) == (2, 1, 0)
    why = {each.number: each.why for each in list_records(made.place, Seeds(NEWER)).apart}
    assert why == {strange: Why.FORGED, forged: Why.FORGED, number: Why.NOT_OURS}


@pytest.mark.parametrize("suite", [1, 2])
def test_several_recipients_each_open_everything(made: Made, suite: int) -> None:
    """F7: keys: provider and three others, in either suite: each of the four opens every record; a fifth does not."""
    made.keep()
    seeds = [bytes([at]) * 32 for at in range(1, 4)]
    begin(made, suite, tuple(recipient(each, suite) for each in seeds))
    rotate(made)
    (row,) = made.store.rows()
    for seed in (NEWER, *seeds):
        assert Opener(Seeds(seed)).open(row.number, row.untrusted_sealed) == a_summary(row.number)
    with pytest.raises(NotOurs):
        Opener(SEEDS).open(row.number, row.untrusted_sealed)


def test_a_running_kiosk_keeps_it_from_beginning(made: Made) -> None:
    """F7: keys: a kiosk whose visitors would seal to the old key has to be ended first."""
    kiosk = locks.hold(made.place)
    with pytest.raises(KioskRunning), alone(made.place):
        raise AssertionError("it went on")
    os.close(kiosk)
    with alone(made.place):
        pass


def test_a_strange_key_does_not_open_a_rotation(made: Made) -> None:
    """F7: keys: rotation.key opens with the two keys it is about, and damage is told as a sentence."""
    begin(made)
    with pytest.raises(RotationUnreadable):
        rotation_file.read(made.place, new_seed())
    made.place.rotation_key.write_bytes(b'{"format": 1, "boxes": [3]}')
    with pytest.raises(RotationUnreadable):
        rotation_file.read(made.place, SEED)
    assert rotation_file.key_ids_in_use(made.place) == frozenset()


def test_a_key_in_the_keyring_goes_back_there(tmp_path: Path) -> None:
    """F7: keys: a keyring's key is replaced there; until it gives the new one back, provider.key holds it."""
    place, shelf = Place(tmp_path), tmp_path / "shelf"
    code = f"import sys; from pathlib import Path; s = Path({str(shelf)!r})\n" + (
        "if sys.argv[1] == 'replace': s.write_text(sys.stdin.read())\nelse: sys.stdout.write(s.read_text())"
    )
    ring = KeyringStore(tmp_path, command=[sys.executable, "-c", code])
    old, new = wrap(SEED, OLD_WORDS, CHEAP), wrap(NEWER, NEW_WORDS, CHEAP)
    ring.replace(old)
    assert "keyring" in storage.replace_stored(place, new, keyring=True, ring=ring)
    assert not place.provider_key.exists() and storage.stored(place, keyring=ring) == new
    broken = KeyringStore(tmp_path, command=[sys.executable, "-c", "raise SystemExit(11)"])
    assert "locked" in storage.replace_stored(place, old, keyring=True, ring=broken)
    assert storage.stored(place, keyring=ring) == old
