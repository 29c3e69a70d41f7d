"""Crosses of cases: how many cells `make test` runs, and which are for `make check` and CI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def enough(cells: Iterable[Any], count: int) -> list[Any]:
    """Cells for `parametrize`: the first `count` are always run, the others in the full round."""
    return [cell if place < count else pytest.param(cell, marks=pytest.mark.full) for place, cell in enumerate(cells)]


def always(cells: Iterable[Any], *wanted: Any) -> list[Any]:
    """Cells for `parametrize`: those that are `wanted` are always run, the others in the full round."""
    return [cell if cell in wanted else pytest.param(cell, marks=pytest.mark.full) for cell in cells]
