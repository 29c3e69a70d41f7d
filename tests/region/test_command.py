"""`kiosk sync`, and a list that is read from the region, as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from kiosk.desk.keys import rotation, rotation_file
from kiosk.desk.keys.derivation import wrap
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.storage import FileStore
from kiosk.desk.records.listing import list_records, open_list
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.desk.region import Region
from kiosk.vault.appending import doubt_mac
from kiosk.vault.faults import StoreFault
from kiosk.vault.numbers import show
from tests.command_line import kiosk
from tests.made_up import CHEAP, HARBOR, SEED, SEEDS, Made, made_at
from tests.postgres import Database
from tests.region.kiosks import point_at, sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")


def test_it_says_what_it_did(made: Made, region: Database, tmp_path: Path) -> None:
    """Counts, exit status 0, and nothing on stderr where nobody watches; the URL may stand in station.toml."""
    for _ in range(3):
        made.keep()
    first = kiosk("sync", region.url(), cwd=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "Records here: 3. New in the region: 3. There already: 0.\n"
    point_at(made, region.url())
    assert "New in the region: 0. There already: 3." in kiosk("sync", cwd=tmp_path).stdout
    assert region.rows() == made.store.rows()


def test_a_clash_is_told_by_number(made: Made, region: Database, tmp_path: Path) -> None:
    """Exit status 3, the number, and a hint; everything else went over."""
    number, other = made.keep(), made.keep()
    store_of(made, region.url()).append(number, *sealed_for(made, number))
    said = kiosk("sync", region.url(), cwd=tmp_path)
    assert said.returncode == 3 and "Traceback" not in said.stderr
    assert show(number) in said.stderr and show(other) not in said.stderr
    assert {row[0] for row in region.rows()} == {number, other}


def test_the_password_comes_from_the_passfile(made: Made, region: Database, tmp_path: Path) -> None:
    """By TCP, with this user's own passfile or the data folder's; without one there is a sentence and no prompt."""
    made.keep()
    url = region.server.tcp_url(region.name, region.station)
    missing = kiosk("sync", url, cwd=tmp_path)
    assert missing.returncode == 4 and "passfile" in missing.stderr
    line = f"127.0.0.1:{region.server.port}:{region.name}:{region.station}:{region.password}\n"
    for path in (tmp_path / ".pgpass", made.place.home / "pgpass", tmp_path / "named"):
        path.write_text(line)
        path.chmod(0o600)
        named = {"PGPASSFILE": str(path)} if path.name == "named" else {}
        assert kiosk("sync", url, cwd=tmp_path, **named).returncode == 0
        path.unlink()
    assert kiosk("sync", url, cwd=tmp_path, PGPASSWORD=region.password).returncode == 4


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("postgresql://front:hush@127.0.0.1:1/kiosk", 3, "password"),
        ("postgresql://front@db.example.org/kiosk?sslmode=prefer", 3, "others could read"),
        ("mysql://front@db/kiosk", 2, "no URL"),
        ("postgresql://front@127.0.0.1:1/kiosk", 4, "does not answer"),
    ],
)
def test_what_it_refuses(made: Made, tmp_path: Path, url: str, status: int, word: str) -> None:
    """One sentence and a hint, with the URL never repeated."""
    made.keep()
    said = kiosk("sync", url, cwd=tmp_path)
    assert said.returncode == status and word in said.stderr and "Hint:" in said.stderr
    assert "hush" not in said.stderr and url not in said.stderr and said.stdout == ""


def test_it_needs_to_know_which_region(made: Made, tmp_path: Path) -> None:
    """Neither an argument nor a setting: exit status 2."""
    assert kiosk("sync", cwd=tmp_path).returncode == 2


def test_the_list_is_the_regions(made: Made, region: Database, tmp_path: Path) -> None:
    """The desk lists what is in the region, and what lies in its own file and is not there; nothing twice.

    What a mark there hides is the region's own copy; no row of this machine's file.
    """
    point_at(made, region.url())
    store = store_of(made, region.url())
    direct, removed = made.number(), made.number()
    for number in (direct, removed):
        store.append(number, *sealed_for(made, number))
    synced, own = made.keep(), made.keep()
    point_at(made, region.url())
    kiosk("sync", cwd=tmp_path)
    made.keep(number=removed)
    late = made.keep()
    store_of(made, region.url(region.provider)).retire([removed])
    point_at(made, region.url(region.provider))
    listing = list_records(made.place, SEEDS)
    assert sorted(row.number for row in listing.rows) == sorted([direct, synced, own, removed, late])
    assert listing.apart == ()


def test_set_up_takes_a_region(region: Database, tmp_path: Path) -> None:
    """`kiosk setup --database` writes the URL; one with a password makes nothing."""
    key = made_at(tmp_path / "provider").region.deal("BACK", SEEDS, (HARBOR,))[1]
    key.write(tmp_path / "back.region")
    words = ("setup", "--yes", "--region", str(tmp_path / "back.region"), "--database")
    assert kiosk(*words, "postgresql://front:hush@localhost/kiosk", cwd=tmp_path).returncode == 3
    assert not (tmp_path / "kiosk").exists()
    done = kiosk(*words, region.url(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"database = {json.dumps(region.url())}" in (tmp_path / "kiosk" / "station.toml").read_text()


def test_removing_at_the_desk_removes_from_the_region(made: Made, region: Database) -> None:
    """The desk's user removes from the region and from the file here; a station's user cannot, and removes nothing."""
    number, kept = made.keep(), made.keep()
    point_at(made, region.url())
    kiosk("sync", cwd=made.place.home)
    with pytest.raises(StoreFault):
        made.records.remove([number])
    assert len(region.rows()) == len(made.store.rows()) == 2
    point_at(made, region.url(region.provider))
    direct, late = made.number(), made.keep()
    store_of(made, region.url()).append(direct, *sealed_for(made, direct))
    assert {number for number, _ in open_list(made.records, made.region, SEEDS).plains()} == {
        number,
        kept,
        direct,
        late,
    }
    assert made.records.remove([number, direct, late]) == 3
    assert [row[0] for row in region.rows()] == [kept] == [row.number for row in made.store.rows()]


def test_what_the_desk_removes_reaches_a_station_that_syncs(made: Made, region: Database, tmp_path: Path) -> None:
    """S1: removed at the desk, gone from the region, asked of the station, and confirmed when the list is opened."""
    there = made_at(tmp_path / "there")
    made.region, there.key = made.region.deal("BACK", SEEDS)
    made.region.write(made.place.desk_toml, SEED)
    there.key.write(there.place.station_key, replace=True)
    there.place.desk_toml.unlink()
    numbers = [there.keep() for _ in range(3)]
    home = {"KIOSK_HOME": str(there.place.home)}
    assert kiosk("sync", region.url(), cwd=tmp_path, **home).returncode == 0
    point_at(made, region.url(region.provider))
    assert made.remove(numbers[0]) == 1 and len(region.rows()) == 2
    said = kiosk("sync", region.url(), cwd=tmp_path, **home)
    assert said.returncode == 0 and "asks: 1." in said.stdout, said.stderr
    assert {row.number for row in there.store.rows()} == set(numbers[1:])
    assert {row.number for row in list_records(made.place, SEEDS).rows} == set(numbers[1:])
    ledger = RemovalLedger.read(made.place, SEEDS, Region.read(made.place.desk_toml, SEEDS))
    assert ledger.numbers[numbers[0]].confirmed
    assert store_of(made, region.url(region.provider)).said() == []


def test_what_nobody_was_told_is_kept_is_on_no_list(made: Made, region: Database) -> None:
    """P8: a station says which record it doubts; the desk removes that one, and no other station can say so for it."""
    point_at(made, region.url(region.provider))
    store = store_of(made, region.url())
    numbers = [made.number() for _ in range(2)]
    for number in numbers:
        store.append(number, *sealed_for(made, number))
    with psycopg.connect(region.url()) as station:
        for number, secret in zip(numbers, (made.key.station_secret, bytes(32)), strict=True):
            station.execute("INSERT INTO station_says VALUES (%s, %s)", (doubt_mac(secret, number), number))
    assert [row.number for row in list_records(made.place, SEEDS).rows] == numbers[1:]
    assert [row[0] for row in region.rows()] == numbers[1:]


def test_a_new_key_seals_the_region_again(made: Made, region: Database) -> None:
    """Before the old key is destroyed every record is sealed to the new one; where it cannot be, it stays."""
    point_at(made, region.url())
    store = store_of(made, region.url())
    direct, own = made.number(), made.keep()
    store.append(direct, *sealed_for(made, direct))
    newer = bytes(reversed(range(32)))
    FileStore(made.place.provider_key).put(wrap(SEED, "the old made up words", CHEAP))
    rotation.begin(made.place, SEED, newer, wrap(newer, "the new made up words", CHEAP), 1, ())
    with pytest.raises(StoreFault):
        rotation.go_on(made.place, SEED, lambda done, of: None)
    assert rotation_file.under_way(made.place)
    point_at(made, region.url(region.provider))
    turned = rotation.go_on(made.place, SEED, lambda done, of: None)
    assert turned.finished and turned.records.again == 2
    assert {row.number for row in list_records(made.place, Seeds(newer)).rows} == {direct, own}
