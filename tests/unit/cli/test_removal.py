"""`kiosk withdraw` and `kiosk purge`, from the outside, with real keys."""

from __future__ import annotations

import hmac
import json
import sqlite3
import struct
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.desk.keys.paper_backup import to_lines
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.desk.region import Region
from kiosk.seal.phrase import phrase_check
from kiosk.seal.record import seal
from kiosk.vault.numbers import retired_tag, show
from kiosk.vault.removal_list import region_mark
from kiosk.vault.transfer_file import Carried, write
from schema.later import Withdrawal
from tests.command_line import kiosk
from tests.made_up import PHRASE, SEED, SEEDS, Made, a_summary, made_at


def test_what_a_visitor_took_back_is_gone_once_the_list_is_opened(desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk list` resolves requests and removes what they name; staff remove one by its number, as it is said."""
    mine, other, spoken = desk.keep(), desk.keep(), desk.keep()
    desk.keep(Withdrawal(mine, phrase_check(mine, PHRASE), 1))
    wrong = desk.keep(Withdrawal(other, phrase_check(other, "no such words"), 1))
    said = kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path)
    listed = json.loads(said.stdout)
    assert listed["withdrawn"] == 1 and {row["number"] for row in listed["rows"]} == {other, spoken}
    assert {row.number for row in desk.store.rows()} == {other, spoken, wrong} and desk.store.taken(mine)
    by_number = kiosk("withdraw", *show(spoken).split(), "--passphrase-file", str(file), cwd=tmp_path)
    assert by_number.returncode == 0 and "Removed here: 1." in by_number.stdout, by_number.stderr
    assert {row.number for row in desk.store.rows()} == {other, wrong}
    again = kiosk("withdraw", str(spoken), "--passphrase-file", str(file), cwd=tmp_path)
    assert again.returncode == 0 and "Removed here: 0." in again.stdout
    slip = kiosk("withdraw", "12345678", "--passphrase-file", str(file), cwd=tmp_path)
    assert slip.returncode == 2 and "12345678" not in slip.stderr
    assert kiosk("withdraw", "--passphrase-file", str(file), cwd=tmp_path).stdout.startswith("Removed here: 0.")


def test_old_records_are_purged_and_come_back_from_no_stick(desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk purge`: by month, first counted and then removed; an older stick brings nothing back."""
    number = desk.number()
    desk.keep(a_summary(number, month="2024-03"), number)
    stays = desk.keep()
    stick = str(tmp_path / "stick")
    assert kiosk("export", "--sealed", stick, cwd=tmp_path).returncode == 0
    options = ("--before", "2024-04", "--passphrase-file", str(file))
    counted = kiosk("purge", "--dry-run", *options, cwd=tmp_path)
    assert counted.stdout == "Would be removed: 1. Would stay: 1.\n", counted.stderr
    purged = kiosk("purge", *options, cwd=tmp_path)
    assert purged.returncode == 0 and purged.stdout.startswith("Removed: 1. Kept: 1."), purged.stderr
    brought = kiosk("import", stick, cwd=tmp_path)
    assert brought.returncode == 0 and "Taken: 1. Here already: 1." in brought.stdout
    listed = json.loads(kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path).stdout)
    assert [row["number"] for row in listed["rows"]] == [stays] and listed["apart"] == []
    assert [row.number for row in desk.store.rows()] == [stays]


def test_an_import_makes_no_removal_that_nobody_signed(desk: Made, tmp_path: Path) -> None:
    """`kiosk import`: marks in a file of the first version are counted and passed over; status 0."""
    number, key = desk.keep(), desk.key.number_key
    tags = sorted(retired_tag(each, key) for each in (number, 12_345_674))
    body = b"KSRS\x01\0\0\0" + region_mark(key) + struct.pack(">II", 0, 2) + b"".join(tags)
    (tmp_path / "stick").write_bytes(body + hmac.digest(key, b"kiosk stick digest" + body, "sha256"))
    said = kiosk("import", str(tmp_path / "stick"), cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "asks for without a signature: 2. None was carried out." in said.stdout
    assert [row.number for row in desk.store.rows()] == [number] and desk.store.obeyed() == (0, 0)


def a_station_elsewhere(desk: Made, home: Path) -> Made:
    """A station of the desk's region on a machine of its own."""
    made = made_at(home)
    desk.region, made.key = desk.region.deal("back", SEEDS)
    desk.region.write(desk.place.desk_toml, SEED)
    made.key.write(made.place.station_key, replace=True)
    made.place.desk_toml.unlink()
    return made


def test_a_removal_goes_to_its_station_and_its_word_comes_back(desk: Made, file: Path, tmp_path: Path) -> None:
    """S1, S21: withdraw, carry, import: the station removes and says so; a backup put back is asked again."""
    there = a_station_elsewhere(desk, tmp_path / "there")
    home, passphrase = {"KIOSK_HOME": str(there.place.home)}, ("--passphrase-file", str(file))
    numbers = [there.keep() for _ in range(3)]
    backup = there.place.summaries.read_bytes()

    def carry(name: str, *, home: bool) -> str:
        """A stick to the station, or from it; what the import said."""
        first, second = ({}, {"KIOSK_HOME": str(there.place.home)})[:: 1 if home else -1]
        wrote = kiosk("export", "--sealed", str(tmp_path / name), cwd=tmp_path, **first)
        assert wrote.returncode == 0, wrote.stderr
        words = () if home else passphrase
        said = kiosk("import", str(tmp_path / name), *words, cwd=tmp_path, **second)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def ledger() -> RemovalLedger:
        return RemovalLedger.read(desk.place, SEEDS, Region.read(desk.place.desk_toml, SEEDS))

    carry("first", home=False)
    withdrawn = kiosk("withdraw", str(numbers[0]), *passphrase, cwd=tmp_path)
    assert "Removed here: 1." in withdrawn.stdout, withdrawn.stderr
    assert "Removed here, as the provider's list " in (said := carry("asks", home=True)) and said.endswith("asks: 1.\n")
    assert {row.number for row in there.store.rows()} == set(numbers[1:])
    assert "All records of the station back are in this file" in carry("says", home=False)
    assert ledger().numbers[numbers[0]].confirmed
    there.place.summaries.write_bytes(backup)
    carry("revived", home=False)
    assert not ledger().numbers[numbers[0]].confirmed
    listed = json.loads(kiosk("list", "--json", *passphrase, cwd=tmp_path).stdout)
    assert {row["number"] for row in listed["rows"]} == set(numbers[1:])
    assert carry("asks-again", home=True).endswith("asks: 1.\n")
    assert {row.number for row in there.store.rows()} == set(numbers[1:])
    older = kiosk("import", str(tmp_path / "asks"), cwd=tmp_path, **home)
    assert older.returncode == 3 and "older than one that was obeyed" in older.stdout


def test_much_at_once_is_refused_unattended(desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk import` without a terminal: more than five and two in a hundred: status 3, and nothing is removed."""
    there = a_station_elsewhere(desk, tmp_path / "there")
    numbers = [there.keep() for _ in range(8)]
    desk.remove(*numbers[:6])
    assert kiosk("export", "--sealed", str(tmp_path / "asks"), cwd=tmp_path).returncode == 0
    said = kiosk("import", str(tmp_path / "asks"), cwd=tmp_path, KIOSK_HOME=str(there.place.home))
    assert said.returncode == 3 and "asks for 6 of the 8 records here. None was removed." in said.stderr
    assert {row.number for row in there.store.rows()} == set(numbers)


def test_a_restored_desk_waits_for_its_stations(desk: Made, file: Path, tmp_path: Path) -> None:
    """S21: after a restore nothing is exported or signed until each station's whole stick came; what it lacks goes."""
    there, passphrase = a_station_elsewhere(desk, tmp_path / "there"), ("--passphrase-file", str(file))
    numbers = [there.keep() for _ in range(3)]
    home = {"KIOSK_HOME": str(there.place.home)}
    kiosk("export", "--sealed", str(tmp_path / "first"), cwd=tmp_path, **home)
    kiosk("import", str(tmp_path / "first"), *passphrase, cwd=tmp_path)
    backup = {name: (desk.place.home / name).read_bytes() for name in ("desk.toml", "summaries.db")}
    kiosk("withdraw", str(numbers[0]), *passphrase, cwd=tmp_path)
    kiosk("export", "--sealed", str(tmp_path / "asks"), cwd=tmp_path)
    kiosk("import", str(tmp_path / "asks"), cwd=tmp_path, **home)
    for name, data in backup.items():
        (desk.place.home / name).write_bytes(data)
    for name in ("removed.ledger", "removals.list"):
        (desk.place.home / name).unlink()
    words = tmp_path / "words"
    words.touch(mode=0o600)
    words.write_text("\n".join(to_lines(SEED)))
    assert kiosk("keys", "restore", "--words-file", str(words), *passphrase, cwd=tmp_path).returncode == 0
    for refused in (("export", str(tmp_path / "list.csv"), *passphrase), ("export", "--sealed", str(tmp_path / "no"))):
        said = kiosk(*refused, cwd=tmp_path)
        assert said.returncode == 3 and "restored" in said.stderr, said.stderr
    assert "waits for these stations: back" in kiosk("list", *passphrase, cwd=tmp_path).stderr
    assert kiosk("withdraw", str(numbers[1]), *passphrase, cwd=tmp_path).returncode == 0
    assert not desk.place.removals.exists()
    kiosk("export", "--sealed", str(tmp_path / "whole"), cwd=tmp_path, **home)
    heard = kiosk("import", str(tmp_path / "whole"), *passphrase, cwd=tmp_path)
    assert heard.returncode == 0, heard.stderr
    listed = json.loads(kiosk("list", "--json", *passphrase, cwd=tmp_path).stdout)
    assert [row["number"] for row in listed["rows"]] == [numbers[2]]
    assert kiosk("export", str(tmp_path / "list.csv"), *passphrase, cwd=tmp_path).returncode == 0
    assert desk.place.removals.exists() and not desk.place.restored.exists()


def test_an_import_names_records_laid_under_the_stations_numbers(desk: Made, tmp_path: Path) -> None:
    """`kiosk import`: a record that this station did not make, under one of its numbers, is named; status 3."""
    number = desk.number()
    sealed = seal(a_summary(number), number, desk.key.recipients)
    with (tmp_path / "stick").open("w+b") as file:
        write(file, [Carried(number, bytes(32), bytes(sealed))], desk.key.number_key)
    said = kiosk("import", str(tmp_path / "stick"), cwd=tmp_path)
    assert said.returncode == 3 and f"  {show(number)}" in said.stdout
    assert desk.store.rows() == []


def test_a_purge_has_to_be_told_what_goes(desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk purge`: no month and no table, half a month, half a table: refused, and nothing goes."""
    desk.keep(a_summary(month="2001-01"))
    for words in ([], ["--before", "2024"], ["--before", "2024-13"]):
        assert kiosk("purge", *words, "--passphrase-file", str(file), cwd=tmp_path).returncode == 2
    desk.place.retention_toml.touch(mode=0o600)
    desk.place.retention_toml.write_text("format = 1\n[months]\nreleased = 24\n")
    assert kiosk("purge", "--passphrase-file", str(file), cwd=tmp_path).returncode == 3
    assert len(desk.store.rows()) == 1
    desk.place.retention_toml.write_text("format = 1\n[months]\nreleased = 24\nlapsed = 0\nunreleased = 12\n")
    desk.keep(a_summary(month=f"{date.today():%Y-%m}"))
    assert kiosk("purge", "--passphrase-file", str(file), cwd=tmp_path).stdout.startswith("Removed: 1. Kept: 1.")


def _months_on(months: int) -> str:
    whole = date.today().year * 12 + date.today().month - 1 + months
    return f"{whole // 12:04d}-{whole % 12 + 1:02d}"


@pytest.mark.parametrize(("newest", "goes"), [(-14, None), (-12, 1), (0, 1), (1, 1), (2, None), (120, None)])
def test_no_table_removes_anything_by_a_clock_in_doubt(
    desk: Made, file: Path, tmp_path: Path, newest: int, goes: int | None
) -> None:
    """K1, K3: a clock behind the newest record, or a year ahead of it: nothing goes until a person names the month."""
    desk.keep(a_summary(month="2001-01"))
    desk.keep(a_summary(month=_months_on(newest)))
    desk.place.retention_toml.touch(mode=0o600)
    desk.place.retention_toml.write_text("format = 1\n[months]\nreleased = 24\nlapsed = 0\nunreleased = 24\n")
    said = kiosk("purge", "--passphrase-file", str(file), cwd=tmp_path)
    if goes is None:
        assert said.returncode == 3 and said.stderr.startswith("kiosk: The clock of this machine says"), said.stderr
        assert "--before" in said.stderr and len(desk.store.rows()) == 2
        named = kiosk("purge", "--before", "2001-02", "--passphrase-file", str(file), cwd=tmp_path)
        assert named.stdout.startswith("Removed: 1. Kept: 1."), named.stderr
    else:
        assert said.stdout.startswith(f"Removed: {goes}. Kept: 1."), said.stderr


def test_rows_cut_off_are_not_noticed_and_the_rest_opens(desk: Made, file: Path, tmp_path: Path) -> None:
    """F3: whoever can write the file can take rows away, and nothing tells; not one of the others is lost by it."""
    kept = sorted(desk.keep() for _ in range(3))
    with closing(sqlite3.connect(desk.place.summaries)) as database, database:
        database.execute("DELETE FROM sealed_summary WHERE number = ?", (kept[-1],))
    listed = json.loads(kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path).stdout)
    assert sorted(row["number"] for row in listed["rows"]) == kept[:-1] and listed["apart"] == []
