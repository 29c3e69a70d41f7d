"""Which part of the plan stands first."""

from __future__ import annotations

import pytest

from kiosk.sitting.planning import FIRST, by_fit
from kiosk.sitting.visit import YES
from tests.kit import pack, visit


@pytest.mark.parametrize("harm", ["harm-family", "harm-sexual", "harm-stalking", "harm-dating", "harm-trafficking"])
@pytest.mark.parametrize("name", ["us-mo", "us-or-multnomah", "gb-safelives"])
def test_what_fits_what_she_told_stands_first(name: str, harm: str) -> None:
    """Parts that fit her yes stand ahead, three at most; none is lost; with nothing told the order is the pack's."""
    made = visit(name)
    assert by_fit(made) == list(pack(name).sections)
    made.harm = {harm: YES}
    fit = [section for section in pack(name).sections if harm in section.fits][:FIRST]
    assert by_fit(made)[: len(fit)] == fit
    assert sorted(each.id for each in by_fit(made)) == sorted(each.id for each in pack(name).sections)
    if name == "us-mo":
        assert fit, harm


def test_no_kind_of_harm_waits_behind_another() -> None:
    """Who told of two kinds of harm finds a part for each of them among the first."""
    made = visit("us-mo")
    made.harm = {"harm-family": YES, "harm-dating": 0, "harm-sexual": YES}
    first = by_fit(made)[:FIRST]
    assert {"harm-family", "harm-sexual"} <= {harm for section in first for harm in section.fits}
