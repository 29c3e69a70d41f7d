"""The catalogue of faults that is published is the one that the tests make."""

from __future__ import annotations

import re

from tests.catalogue import CLASSES, NOT_TRIED, ROOT, cases, lines, proves, written

PUBLISHED = ROOT / "docs" / "faults.md"
FEWEST = 120


def test_it_names_every_test_that_there_is() -> None:
    """The published page has a line for each test of the catalogue, and none for a test that is gone."""
    named = {f"tests/{each}" for each in re.findall(r"\| `([^`]+::test_\w+)` \|", PUBLISHED.read_text())}
    assert named == set(written()), "run `make faults`"


def test_it_says_what_was_found() -> None:
    """At least 120 cases ran, each passed, and a class without any is among those that it says nobody tries."""
    text = PUBLISHED.read_text()
    found = re.search(r"\*\*(\d+) cases in \d+ tests; (\d+) passed, 0 did not\.\*\*", text)
    assert found
    assert int(found[1]) == int(found[2]) >= FEWEST
    missing = {letter for letter in CLASSES if f"\n## {letter}. " not in text}
    assert missing <= {case[0] for case in NOT_TRIED}
    assert all(f"| {case} | {why} |" in text for case, why in NOT_TRIED.items())


def test_a_docstring_says_which_case_it_is() -> None:
    """Cases stand before the first colon; a number elsewhere is none."""
    assert cases("A1, B12: it holds.") == ["A1", "B12"]
    assert cases("P8: what A1 is about.") == cases("MO-16: no case.") == cases("A1 without a colon") == []
    assert proves("A1: it\nholds\n\nand more.") == "it holds"


def test_a_test_that_fails_is_told() -> None:
    """What did not pass stands in the table, and in its head."""
    row = next(iter(written().values()))
    row.ends.update(["passed", "passed", "failed"])
    page = "\n".join(lines([row]))
    assert "3 cases in 1 tests; 2 passed, 1 did not" in page
    assert "| 1 failed, 2 passed |" in page
