"""The pages that name a test for each promise name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("SECURITY.md", "docs/threat-model.md", "docs/isolation.md")
NAMED = re.compile(r"`((?:tests|bench)/[\w/.]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    """SECURITY.md names the test beside each promise: the file is there, and the test is in it."""
    found = NAMED.findall((ROOT / page).read_text())
    assert len(found) > 4
    for path, name in found:
        assert (ROOT / path).is_file(), path
        assert not name or re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text(), re.M), f"{path}::{name}"


def test_every_promise_has_a_test() -> None:
    """P1 to P12 stand on the page, each in a row with at least one test."""
    rows = {
        row.split("|")[1].strip(): row for row in (ROOT / "SECURITY.md").read_text().splitlines() if "| P" in row[:4]
    }
    assert list(rows) == [f"P{number}" for number in range(1, 13)]
    assert all(NAMED.search(row) for row in rows.values())


ADVERSARIES = (
    "abuser, later", "at her shoulder", "next visitor", "sheet of paper", "staff", "subpoena", "steals the disk",
    "Over SSH", "content pack", "forged station", "hostile station", "an old copy", "taken a sitting",
    "region's database", "laptop", "report", "supply chain",
    "pulls the plug", "has news",
)  # fmt: skip


def test_every_adversary_has_a_test() -> None:
    """Each line of the threat model says what is not promised and names a test; nobody is missing."""
    page = (ROOT / "docs/threat-model.md").read_text()
    rows = [row.split(" | ") for row in page.splitlines() if row.startswith("| ")][1:]
    assert len(rows) == len(ADVERSARIES)
    for name in ADVERSARIES:
        assert any(name in row[0] for row in rows), name
    assert all(len(row) == 6 and NAMED.search(row[5]) for row in rows)


def test_what_is_named_is_run() -> None:
    """A test that is named in the promises is one that pytest takes up, by its file and its name."""
    for page in PAGES:
        for path, name in NAMED.findall((ROOT / page).read_text()):
            if path.startswith("tests/"):
                assert Path(path).name.startswith("test_"), path
                assert "def test_" in (ROOT / path).read_text(), path
                assert not name or name.startswith("test_"), name
