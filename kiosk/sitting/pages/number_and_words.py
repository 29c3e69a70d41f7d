"""A page on which number and words are typed; what was typed is held until it was looked at, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Field
from kiosk.sitting.pages.page import Page
from kiosk.sitting.pages.withdrawal_request import NUMBER_LENGTH, WORDS_LENGTH, number_in

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting

NUMBER, WORDS = "before-number", "before-words"
"""The fields, by the keys of their labels."""


class NumberAndWords(Page):
    """Room for both."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._typed = {NUMBER: "", WORDS: ""}

    @property
    def number(self) -> int | None:
        """The number that she typed; `None` when no kiosk can have given it."""
        return number_in(self._typed[NUMBER], practice=self.sitting.settings.practice)

    @property
    def phrase(self) -> str:
        """The words that she typed."""
        return self._typed[WORDS]

    def fields(self) -> Sequence[Field]:
        """Give room for number and words."""
        return [
            Field(NUMBER, self.words(NUMBER), NUMBER_LENGTH, "___ ___ __"),
            Field(WORDS, self.words(WORDS), WORDS_LENGTH, "_____ _____ _____"),
        ]

    def put(self, field: str, text: str) -> None:
        """Hold it."""
        self._typed[field] = text
