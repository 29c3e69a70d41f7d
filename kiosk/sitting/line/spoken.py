"""What of a page is said line by line: its numbered lines, and the words and keys that mean something on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.sitting.line.commands import KEYS
from kiosk.sitting.line.plan import open_line
from kiosk.sitting.pages.common import common
from kiosk.sitting.pages.elements import Offer
from kiosk.sitting.pages.page import Act, Doing, Page
from kiosk.sitting.pages.section import SectionPage
from schema.choosing import Keys

Do = Callable[[], Doing] | Act
"""What a word does: something of every page, or an act of this one."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One numbered line, with what its number does."""

    offer: Offer
    do: Do


def numbered(page: Page) -> list[Numbered]:
    """Return what can be done by number: what can be chosen, taking it back, and acts of the page."""
    words = page.words
    lines = [Numbered(offer, _answering(page, at)) for at, offer in enumerate(page.offers())]
    if lines and page.clearable and page.chosen is not None:
        lines.append(Numbered(Offer(words("line-no-answer")), page.clear))
    lines += [Numbered(Offer(act.label or words(act.button)), act) for act in page.acts() if act.numbered]
    going_on = Numbered(Offer(words(page.go_on_word)), page.go_on)
    match page.numbers_going_on:
        case "first":
            return [going_on, *lines]
        case "last":
            return [*lines, going_on]
        case _:
            return lines


def _answering(page: Page, index: int) -> Callable[[], Doing]:
    if isinstance(page, SectionPage):
        return lambda: open_line(page, index)
    return lambda: page.answer(index)


def keys_of(page: Page) -> Keys:
    """Return what is typed for each numbered line."""
    return Keys(len(numbered(page)), page.keys().numbers)


def words_of(page: Page) -> Mapping[str, Do]:
    """Return what the words of a page do, by their names (`commands.ORDER`), but for what its face does."""
    return {"go-on": page.proceed, **common(page), **{act.id: act for act in page.acts() if act.typed}}


def named_by_keys(page: Page) -> Mapping[str, str]:
    """Return the names of words by the function key that means the same."""
    own = {act.key: act.id for act in page.acts() if act.typed and act.key.startswith("F")}
    return {**KEYS, **own}
