"""What a slow reader reads from the home page to Keep with every question passed over: few words, few pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kiosk.sitting import steps
from kiosk.sitting.pages.elements import Kind
from kiosk.sitting.pages.page import Page
from kiosk.sitting.pages.registry import page_for
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.steps import Step
from tests.kit import snapshot

AMERICAN = ("us-mo", "us-ca-county", "us-or-multnomah")

MOST_WORDS = 1100
"""Words from home to Keep. Not counted: what frames a page (its first line, buttons, keys), names of services, and the
values on the review page.
"""

MOST_PAGES = 25
"""Pages from home to Keep."""

WORD = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*")

NOT_COUNTED = {Kind.SERVICE, Kind.RECORD}
"""Names of services; and of what is kept, the values: their labels are counted."""


def said(page: Page) -> list[str]:
    """Return every text of a page as it stands there: title, paragraphs, what can be chosen."""
    texts = [block.text for block in page.blocks() if block.kind not in NOT_COUNTED]
    texts += [block.text.split(":")[0] for block in page.blocks() if block.kind is Kind.RECORD]
    return texts + [text for offer in page.offers() for text in (offer.label, offer.help)]


def counted(name: str, role: str, language: str, **settings: Any) -> dict[Step, int]:
    """Words of each page of the way, by page: every question passed over, no harm told, no plan wanted."""
    sitting = Sitting(snapshot(name=name, role=role, language=language, **settings))
    sitting.keeper.number = 1234567
    way: dict[Step, int] = {}
    while True:
        page = page_for(sitting, sitting.flow.step)
        way[sitting.flow.step] = sum(len(WORD.findall(text)) for text in said(page))
        if sitting.flow.step == steps.REVIEW:
            return way
        if sitting.flow.step == steps.PATHWAY:
            sitting.flow.follow("external")  # not now leaves the release out, and is the shorter way
        else:
            sitting.flow.next()


@pytest.mark.parametrize("name", AMERICAN)
@pytest.mark.parametrize("role", ["advocate", "reporter", "staff"])
@pytest.mark.parametrize(
    "settings", [{"kept_by_advocates": True}, {"key_here": True, "agency_kind": None}, {}], ids=str
)
def test_a_slow_reader_has_time(name: str, role: str, settings: dict[str, Any]) -> None:
    """1,100 words at a hundred a minute, 25 pages at six seconds each: a quarter of an hour, whoever keeps the list."""
    way = counted(name, role, "en", **settings)
    assert len(way) <= MOST_PAGES, way
    assert sum(way.values()) <= MOST_WORDS, (sum(way.values()), way)
