"""The line that is being typed: its letters, and what has to be written so that the glass shows them."""

from __future__ import annotations

from kiosk.terminal.text import MARKS_ON_ONE_LETTER, clean
from kiosk.terminal.text_width import width

STAR = "*"
"""What is shown of each letter of a code word."""

LINE_LENGTH = 200
"""Letters that an answer holds where nothing else is said."""


class Editor:
    """One line. Every method that changes it returns what makes the glass follow.

    Rows are broken here, one column ahead of the right edge, because terminals do not agree on what the last column
    does, and a letter that was erased has to be found again.
    """

    def __init__(self, columns: int, start: int, *, limit: int = LINE_LENGTH, masked: bool = False) -> None:
        self._limit = limit
        self._masked = masked
        self.cut = False
        """Whether more was typed than is kept."""
        self._begin(columns, start)

    def _begin(self, columns: int, start: int) -> None:
        self._columns = max(columns - 1, 2)
        self._column = start
        self._letters: list[str] = []
        self._places: list[tuple[int, int]] = []

    @property
    def text(self) -> str:
        """What was typed."""
        return "".join(self._letters)

    @property
    def full(self) -> bool:
        """Whether there is no room for another letter."""
        return len(self._letters) >= self._limit

    def insert(self, typed: str) -> str:
        """Add letters at the end, as far as they are letters and fit."""
        return "".join(map(self._insert, typed))

    def _insert(self, letter: str) -> str:
        letter = clean(letter)
        if not letter:
            return ""
        columns = 1 if self._masked else width(letter)
        if columns == 0:
            return self._mark(letter)
        if self.full:
            self.cut = True
            return ""
        before = self._column
        breaks = self._column + columns > self._columns
        if breaks:
            self._column = 0
        self._places.append((before, self._column))
        self._letters.append(letter)
        self._column += columns
        return ("\r\n" if breaks else "") + (STAR if self._masked else letter)

    def _mark(self, mark: str) -> str:
        """Put a mark on the last letter, if it can carry one more."""
        if not self._letters or len(self._letters[-1]) > MARKS_ON_ONE_LETTER:
            return ""
        self._letters[-1] += mark
        return "" if self._masked else mark

    def erase(self) -> str:
        """Take the last letter back."""
        if not self._letters:
            return ""
        self._letters.pop()
        before, start = self._places.pop()
        back = self._column - start
        self._column = before
        if before == start:
            return f"\x1b[{back}D\x1b[K"
        return f"\r\x1b[K\x1b[A\x1b[{before + 1}G\x1b[K"

    def erase_word(self) -> str:
        """Take the last word back."""
        written = ""
        while self._letters and self._letters[-1] == " ":
            written += self.erase()
        while self._letters and self._letters[-1] != " ":
            written += self.erase()
        return written

    def erase_all(self) -> str:
        """Take everything back."""
        written = ""
        while self._letters:
            written += self.erase()
        return written

    def again(self, columns: int, start: int) -> str:
        """Return what shows the line once more, on a glass of `columns` that was cleared, from column `start` on."""
        letters, cut = self._letters, self.cut
        self._begin(columns, start)
        written = "".join(map(self.insert, letters))
        self.cut = cut
        return written
