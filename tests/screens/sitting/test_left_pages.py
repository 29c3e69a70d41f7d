"""What is left of a page that was left."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from kiosk.sitting.steps import FRAMING, NOTICE
from tests.screens.sitting.stage import seat


@pytest.fixture
def nobody_looks() -> Iterator[None]:
    """Python does not look for rubbish by itself."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("nobody_looks")
async def test_a_page_that_was_left_is_dropped() -> None:
    """I1: two pages on, a page is gone from memory, with all that was on it; the one she looks at is not."""
    async with seat(NOTICE) as at:
        first = weakref.ref(at.app.screen)
        await at.press("enter")
        assert at.app.sitting.flow.step == FRAMING
        await at.press("enter", "enter")
        shown = weakref.ref(at.app.screen)
        assert shown() is not None
        assert first() is None
