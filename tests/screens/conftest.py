"""A printer for the pages that print, and visitors whose second thought is at once."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kiosk.sitting.printing import Printing
from tests.printer import Printer


@pytest.fixture(autouse=True)
def _at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second Enter be a second decision however soon it comes, but where that is what is tested."""
    if request.node.get_closest_marker("tired") is None:
        monkeypatch.setattr("kiosk.sitting.pages.page.SECOND_THOUGHT", 0)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """A printer that the sittings of a test are handed."""
    made = Printer()

    async def opened(printing: Printing) -> int:
        return os.dup(made.device)

    monkeypatch.setattr(Printing, "_opened", opened)
    monkeypatch.setattr(Printing, "line_seconds", 0)
    monkeypatch.setattr(Printing, "stuck_seconds", 0.3)
    yield made
    made.close()
