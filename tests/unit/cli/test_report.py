"""`kiosk report`, from the outside, with real keys."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from tests.command_line import kiosk
from tests.made_up import Made, a_summary


def test_a_closed_month_is_published_once(desk: Made, file: Path, tmp_path: Path) -> None:
    """CSV on the terminal, CSV and page in files, the same however often it is asked for; files are 0600 and new."""
    for _ in range(12):
        desk.keep(a_summary(month="2026-01"))
    ask = ("report", "--month", "2026-01", "--passphrase-file", str(file))
    said = kiosk(*ask, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "All assessments,0,0,0,12,12" in said.stdout and "Q9c and Q9d are not here" in said.stdout
    desk.keep(a_summary(month="2026-01"))
    page, table = tmp_path / "board.html", tmp_path / "board.csv"
    again = kiosk(*ask, "--out", str(page), "--out", str(table), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert table.read_text() == said.stdout and "<svg" in page.read_text()
    assert {stat.S_IMODE(each.stat().st_mode) for each in (page, table)} == {0o600}
    assert kiosk(*ask, "--out", str(page), cwd=tmp_path).returncode == 3


def test_an_open_month_is_refused(desk: Made, file: Path, tmp_path: Path) -> None:
    """Exit 3, a sentence, nothing printed, nothing noted."""
    said = kiosk("report", "--month", date.today().strftime("%Y-%m"), "--passphrase-file", str(file), cwd=tmp_path)
    assert said.returncode == 3 and "not over" in said.stderr and said.stdout == ""
    assert not desk.place.published.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "2026-Q1"),
        ("--quarter", "2026-01"),
        ("--month", "2026-13"),
        ("--month", "2026-01", "--quarter", "2026-Q1"),
        ("--out", "board.pdf"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(words: tuple[str, ...], tmp_path: Path) -> None:
    """Exit 2 before anybody is asked for a passphrase."""
    said = kiosk("report", *words, cwd=tmp_path)
    assert said.returncode == 2 and said.stderr and not list(tmp_path.iterdir())
