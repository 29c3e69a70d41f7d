"""News in tests: a provider's key, and a slow step that a test can pay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.news import opening


@pytest.fixture(autouse=True, scope="module")
def cheap(request: pytest.FixtureRequest) -> Iterator[None]:
    """Argon2id over 64 KiB in one pass, but in `test_the_price.py`."""
    if request.module.__name__.endswith("test_the_price"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "MEMORY_KIB", 64)
        patch.setattr(opening, "PASSES", 1)
        yield
