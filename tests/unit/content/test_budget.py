"""What a slow reader reads from the home page to Keep with every question passed over: few words, few pages."""

from __future__ import annotations

import re

import pytest

from kiosk.sitting import steps
from kiosk.sitting.pages.page import Kind, Page
from kiosk.sitting.pages.registry import page_for
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.steps import Step
from tests.kit import snapshot

AMERICAN = ("us-mo", "us-ca-county", "us-or-multnomah")

MOST_WORDS = 1100
"""Words from home to Keep; key bar, names of services and values on the review page are not counted."""

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


def frame(page: Page) -> list[str]:
    """Return the first line of a page and its buttons: read where the page before had others in their place."""
    words = page.words
    buttons = [words("back")] if "back" in page.common else []
    buttons += [act.label or words(act.button) for act in page.acts() if act.label or act.button]
    return [page.above(), *buttons, words(page.go_on_word)]


def counted(name: str, role: str, language: str) -> dict[Step, int]:
    """Words of each page of the way, by page: every question passed over, no harm told, no plan wanted."""
    sitting = Sitting(snapshot(name=name, role=role, language=language))
    sitting.keeper.number = 1234567
    way: dict[Step, int] = {}
    before: list[str] = []
    while True:
        page = page_for(sitting, sitting.flow.step)
        new = [text for text in frame(page) if text not in before]
        before = frame(page)
        way[sitting.flow.step] = sum(len(WORD.findall(text)) for text in (*said(page), *new))
        if sitting.flow.step == steps.REVIEW:
            return way
        sitting.flow.next()


@pytest.mark.parametrize("name", AMERICAN)
@pytest.mark.parametrize("role", ["advocate", "reporter", "staff"])
def test_a_slow_reader_has_time(name: str, role: str) -> None:
    """1,100 words at a hundred a minute, and 25 pages at six seconds each: a quarter of an hour."""
    way = counted(name, role, "en")
    assert len(way) <= MOST_PAGES, way
    assert sum(way.values()) <= MOST_WORDS, (sum(way.values()), way)
