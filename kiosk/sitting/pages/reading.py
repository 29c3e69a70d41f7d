"""What of a page is read aloud, once headphones are in."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.sitting.pages.elements import Block, Kind
from kiosk.sitting.pages.page import Page
from kiosk.speech.message import place_of
from kiosk.speech.texts import service

Line = tuple[int, str]
"""The place that a line is chosen by (`place_of`, 0 for none), and its words as they stand on the page."""


def lines_of(page: Page, numbered: bool) -> Iterator[Line]:
    """Yield what a page says, in its order: texts, and what can be chosen, with its number where it has one there.

    What she typed is passed over: it is in no pack.
    """
    blocks = list(page.blocks())
    for block in blocks:
        if block.kind is Kind.OFFERS:
            yield from _offers(page, numbered)
        else:
            yield 0, text_of(block, page)
    if not any(block.kind is Kind.OFFERS for block in blocks):
        yield from _offers(page, numbered)


def text_of(block: Block, page: Page) -> str:
    """Return a block as it is read aloud."""
    if block.service is not None:
        return service(block.service.label, block.service.phone, block.service.does)
    return block.line if page.sitting.by_line and block.line is not None else block.text


def _offers(page: Page, numbered: bool) -> Iterator[Line]:
    for key, offer in zip(page.keys().shown, page.offers(), strict=True):
        yield 0, offer.caution
        yield place_of(key) if numbered else 0, offer.label
        yield 0, offer.help
