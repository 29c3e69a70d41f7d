"""Packs are in the project's own words: no run of eight words is one of a source's."""

from __future__ import annotations

import pytest

from kiosk.content.snapshot import available
from kiosk.content.texts import texts
from tests.kit import pack
from tests.vectors.make_runs import FILE, RUN, runs


def test_a_run_of_a_source_is_known() -> None:
    """Presence before absence: what stood in the plan once is found, with a gap in it, too."""
    held = set(FILE.read_text(encoding="ascii").split())
    assert held & set(runs("If I cannot go there, I can go to {place}."))
    assert list(runs("one two three four five six seven")) == [] and RUN == 8


@pytest.mark.parametrize("name", sorted(available()))
def test_no_eight_words_in_a_row(name: str) -> None:
    """Every English text of every pack, cards for staff included, against the runs that are known."""
    held = set(FILE.read_text(encoding="ascii").split())
    assert [where for where, _, text in texts(pack(name)) if held & set(runs(text["en"]))] == []
