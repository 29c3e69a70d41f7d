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
