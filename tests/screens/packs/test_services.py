"""Walking to every service of a pack: what the home page leaves out stands on the call page, drawn as she sees it."""

from __future__ import annotations

import pytest

from kiosk.content.snapshot import available
from kiosk.sitting.steps import CALL
from tests.kit import pack
from tests.screens.sitting.stage import seat

TALL = (100, 400)
"""A terminal on which nothing lies below a fold."""


@pytest.mark.parametrize("name", sorted(available()))
async def test_each_service_stands_on_a_page(name: str) -> None:
    """MO-24: RAINN, Rape Crisis, the Modern Slavery line and every other number are on the home or the call page."""
    numbers = {resource.id: str(resource.phone) for resource in pack(name).resources}
    async with seat(name=name, size=TALL) as at:
        home = at.words
    async with seat(CALL, name=name, size=TALL) as at:
        call = at.words
    assert [each for each, number in numbers.items() if number not in home and number not in call] == []
    hidden = [resource.id for resource in pack(name).resources if not resource.on_home]
    assert hidden or name == "practice"
    assert [each for each in hidden if numbers[each] not in call] == []
