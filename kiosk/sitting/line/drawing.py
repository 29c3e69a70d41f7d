"""Laying a page out in lines: as much as fits, and then what can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.sitting.line.commands import ORDER, spoken
from kiosk.speech.message import place_of

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Line
    from kiosk.sitting.line.glass import Glass
    from kiosk.sitting.line.page import Choice, Page
    from kiosk.sitting.words import Words


class Drawing:
    """One page on the glass."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self.rest: list[str] = []
        """Lines that did not fit yet."""
        self.spoken: list[Line] = []
        """The page as it is read aloud: each text by itself, with the number that it is chosen by."""

    def begin(self, page: Page, words: Words, *, practice: bool) -> None:
        """Empty the glass and say the page from its beginning."""
        self._page, self._words = page, words
        self._glass.measure()
        self._glass.clear()
        blocks = [words("practice-banner"), *page.blocks()] if practice else list(page.blocks())
        choices = page.choices()
        self.spoken = [(0, block) for block in blocks]
        keys = page.keys().shown
        for key, choice in zip(keys, choices, strict=True):
            self.spoken += [(0, choice.caution), (place_of(key), choice.label), (0, choice.help)]
        lines = [*blocks, "", *map(self._numbered, keys, choices)] if choices else blocks
        self.rest = [part for line in lines for part in line.split("\n")]
        self.piece()

    def _numbered(self, key: str, choice: Choice) -> str:
        caution = f"! {choice.caution} " if choice.caution else ""
        mark = f" ({self._words('line-chosen')})" if choice.chosen else ""
        label = f"{key}. {caution}{choice.label}{mark}"
        ends = "" if label.endswith((".", "?", "!", ")")) else "."
        return f"{label}{ends} {choice.help}" if choice.help else label

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
        if not page.has_foot:
            return []
        enter = words("line-enter", does=words(page.go_on_word))
        if not whole:
            return [words("line-rest", word=spoken("more", words)), enter]
        known = page.commands()
        names = [spoken(each, words) for each in ORDER if each in known and each != "go-on"]
        choose = f"{words('line-choose')} " if page.choices() else ""
        return ["", f"{choose}{enter}", words("line-words", list=", ".join(names))]
