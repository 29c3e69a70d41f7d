"""`kiosk withdraw` and `kiosk purge`, from the outside, with real keys."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.seal.phrase import phrase_check
from kiosk.seal.record import seal
from kiosk.vault.numbers import retired_tag, show
from kiosk.vault.stick import Carried, write
from schema.later import Withdrawal
from tests.command_line import kiosk
from tests.made_up import PHRASE, Made, a_summary


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
    assert brought.returncode == 0 and "Here already: 1. Removed here before, and not taken: 1." in brought.stdout
    assert [row.number for row in desk.store.rows()] == [stays]


def test_an_import_says_that_it_made_no_removal(desk: Made, tmp_path: Path) -> None:
    """`kiosk import`: how many removals the stick asks for, that none was made, and what to do; status 0."""
    number, key = desk.keep(), desk.key.number_key
    with (tmp_path / "stick").open("w+b") as file:
        write(file, [], sorted(retired_tag(each, key) for each in (number, 12_345_674)), key)
    said = kiosk("import", str(tmp_path / "stick"), cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "asks for: 2. Records here that they mean: 1. None was carried out.\nHint: " in said.stdout
    assert "kiosk withdraw NUMBER" in said.stdout
    assert [row.number for row in desk.store.rows()] == [number] and desk.store.retired_tags() == []


def test_an_import_names_records_laid_under_the_stations_numbers(desk: Made, tmp_path: Path) -> None:
    """`kiosk import`: a record that this station did not make, under one of its numbers, is named; status 3."""
    number = desk.number()
    sealed = seal(a_summary(number), number, desk.key.recipients)
    with (tmp_path / "stick").open("w+b") as file:
        write(file, [Carried(number, bytes(32), bytes(sealed))], [], desk.key.number_key)
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
