"""Every target with its corpus and with a few thousand seeded inputs; `make fuzz` goes on for longer."""

from __future__ import annotations

import pytest

from tests.fuzz.mutation import inputs
from tests.fuzz.targets import TARGETS, WORDS

COUNTS = {"pack_loader": 250, "csv_reader": 1500, "directory_file": 600}
"""Inputs beside the corpus, where one takes long; else 2,000."""


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_keep_the_promise(name: str) -> None:
    """P2, P5, MO-08: each reader says of any bytes what a second, slower way says, or refuses them in its own words."""
    for untrusted in inputs(name, WORDS[name], seed=20261122, count=COUNTS.get(name, 2000)):
        TARGETS[name](untrusted)
