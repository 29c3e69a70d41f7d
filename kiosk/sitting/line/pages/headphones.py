"""Asking whether headphones are in, before the first word is read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import Answer, Choice, Command, Page

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.line.face import LineFace


class Headphones(Page):
    """Only a yes turns the voice on. Enter alone is no."""

    go_on_word = "aloud-no"

    def __init__(self, face: LineFace, aloud: Aloud) -> None:
        super().__init__(face)
        self._aloud = aloud

    def blocks(self) -> Iterable[str]:
        """Ask."""
        yield self.words("aloud-title")
        yield self.words("aloud-body")

    def choices(self) -> Sequence[Choice]:
        """Offer yes and no."""
        return [Choice(self.words("aloud-yes")), Choice(self.words("aloud-no"))]

    def commands(self) -> Mapping[str, Command]:
        """Only what closes it, or more."""
        return {"go-on": self.go_on, "back": self.back, "pause": self.face.pause, "leave": self.leave}

    async def choose(self, index: int) -> Answer:
        """Turn the voice on, or leave it off."""
        if index == 0:
            self._aloud.confirm()
        return "next"
