"""`kiosk export`, from the outside, with real keys."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

from kiosk.vault.numbers import show
from schema.external import COLUMNS
from schema.summary import Factors, Pathway
from tests.command_line import kiosk
from tests.made_up import Made, a_summary

LATER = "2099-12"


def test_the_list_is_written_and_every_record_accounted_for(desk: Made, file: Path, tmp_path: Path) -> None:
    """MO-08: released rows in the file, 0600; the others counted with why; who stands out is named on stderr alone."""
    alike = [desk.keep(a_summary(release_expires=LATER)) for _ in range(2)]
    alone = desk.keep(a_summary(release_expires=LATER, factors=Factors(household_size=5)))
    desk.keep(a_summary(release_expires="2026-01", month="2025-01"))
    desk.keep(a_summary(release_expires=LATER, pathway=Pathway.UNDECIDED))
    out = tmp_path / "list.csv"
    said = kiosk("export", str(out), "--passphrase-file", str(file), cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == list(COLUMNS) and {int(row[0]) for row in rows[1:]} == {*alike, alone}
    assert "3 rows" in said.stdout
    assert "release that has ended: 1" in said.stdout and "have not chosen a list yet: 1" in said.stdout
    assert show(alone) in said.stderr and not any(show(number) in said.stderr for number in alike)

    again = kiosk("export", str(out), "--coarsen", "--passphrase-file", str(file), cwd=tmp_path)
    assert again.returncode == 3 and "already there" in again.stderr
    coarse = tmp_path / "coarse.csv"
    said = kiosk("export", str(coarse), "--coarsen", "--passphrase-file", str(file), cwd=tmp_path)
    assert said.returncode == 0 and said.stderr == ""
    assert "2 rows" in said.stdout and "too few alike, however coarse the bands: 1" in said.stdout
    assert str(alone) not in coarse.read_text()


def test_a_row_is_never_enough(desk: Made, file: Path, tmp_path: Path) -> None:
    """`--k 1` would call everything safe: a usage error, and no file."""
    out = tmp_path / "list.csv"
    said = kiosk("export", str(out), "--k", "1", "--passphrase-file", str(file), cwd=tmp_path)
    assert said.returncode == 2 and "--k" in said.stderr and not out.exists()
