"""Laying a page out in lines: as much as fits, and then what can be done now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from kiosk.sitting.line.commands import ORDER, spoken
from kiosk.sitting.line.spoken import keys_of, numbered
from kiosk.sitting.line.typing_page import Typing
from kiosk.sitting.pages.elements import Block, Kind
from kiosk.sitting.pages.page import Page
from kiosk.sitting.pages.reading import text_of
from kiosk.speech.message import place_of

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Line
    from kiosk.sitting.line.glass import Glass
    from kiosk.sitting.pages.elements import Offer
    from kiosk.sitting.words import Words

_SIGNS: Final = {Kind.CAUTION: "! ", Kind.RECORD: "- "}
"""What stands before a block of this kind."""
_APART: Final = frozenset({Kind.SECTION, Kind.NUMBER, Kind.CARD})
"""Kinds that a blank line stands before."""
_LISTS: Final = frozenset({Kind.SERVICE, Kind.PAPER, Kind.PAPER_BOLD, Kind.LINE})
"""Kinds of which a run has a blank line before it, but under its own heading."""


def lines(page: Page) -> Iterator[str]:
    """Yield the page's texts as they are said, set apart by blank lines."""
    before: Kind | None = None
    for block in page.blocks():
        text = block.text if block.line is None else block.line
        if not text or block.kind is Kind.OFFERS:
            continue
        if before is not None and _apart(before, block):
            yield ""
        yield f"{_SIGNS.get(block.kind, '')}{text}"
        before = block.kind


def _apart(before: Kind, block: Block) -> bool:
    if block.kind in _LISTS:
        return before not in _LISTS and before is not Kind.SECTION
    return block.kind in _APART or (before in _LISTS and block.kind is Kind.PARAGRAPH)


class PageLayout:
    """One page on the glass."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self.rest: list[str] = []
        """Lines that did not fit yet."""
        self.spoken: list[Line] = []
        """The page as it is read aloud: each text by itself, with the number that it is chosen by."""

    def begin(self, page: Page, words: Words, known: Collection[str], *, practice: bool) -> None:
        """Empty the glass and say the page from its beginning; `known` are the words that mean something."""
        self._page, self._words, self._known = page, words, known
        self._glass.measure()
        self._glass.clear()
        above = [words("practice-banner")] if practice else []
        above += [page.above()] if page.heading == "conversation" and page.sitting.flow.part else []
        said = [*above, *lines(page)]
        offers = [line.offer for line in numbered(page)]
        keys = keys_of(page).shown
        self.spoken = [(0, text_of(block, page)) for block in page.blocks()]
        for key, offer in zip(keys, offers, strict=True):
            self.spoken += [(0, offer.caution), (place_of(key), offer.label), (0, offer.help)]
        if offers:
            said = [*said, "", *map(self._numbered, keys, offers)]
        self.rest = [part for line in said for part in line.split("\n")]
        self.piece()

    def _numbered(self, key: str, offer: Offer) -> str:
        caution = f"! {offer.caution} " if offer.caution else ""
        mark = f" ({self._words('line-chosen')})" if offer.chosen else ""
        value = f": {offer.value}" if offer.value else ""
        label = f"{key}. {caution}{offer.label}{value}{mark}"
        ends = "" if label.endswith((".", "?", "!", ")")) else "."
        return f"{label}{ends} {offer.help}" if offer.help else label

    def piece(self) -> None:
        """Say what fits of the rest, and what can be done now."""
        glass = self._glass
        foot = self._foot(whole=True)
        if len(self.rest) == 1 or glass.rows_of(self.rest) <= glass.rows - glass.rows_of(foot) - 1:
            piece, self.rest = self.rest, []
        else:
            foot = self._foot(whole=False)
            room = glass.rows - glass.rows_of(foot) - 1
            count = max(1, len(self.rest) - 1)
            while count > 1 and glass.rows_of(self.rest[:count]) > room:
                count -= 1
            piece, self.rest = self.rest[:count], self.rest[count:]
        glass.say([*piece, *foot])

    def _foot(self, *, whole: bool) -> list[str]:
        page, words = self._page, self._words
        if isinstance(page, Typing) and not page.has_foot:
            return []
        enter = f" {words('line-enter', does=words(page.go_on_word))}" if page.enter_goes_on else ""
        enter = f" {words(page.enter_word)}" if page.enter_word else enter
        if not whole:
            return [f"{words('line-rest', word=spoken('more', words))}{enter}"]
        names = [spoken(each, words) for each in ORDER if each in self._known and each != "go-on"]
        choose = words("line-choose") if numbered(page) and not page.enter_word else ""
        return ["", f"{choose}{enter}".strip(), words("line-words", list=", ".join(names))]
