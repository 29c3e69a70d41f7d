"""A visitor who was here before: she asks to take back what she kept, by number and words; answered alike for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.asking import NUMBER_LENGTH, WORDS_LENGTH, number_in, slip
from kiosk.sitting.keeping import Result
from kiosk.sitting.line.page import Answer, Choice, Command, Page

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Before(Page):
    """Number and words go out sealed like any record. Nobody here can look a number up, so none is known or unknown."""

    private = False
    go_on_word = "before-skip"

    def blocks(self) -> Iterable[str]:
        """Say what can be asked."""
        yield self.words("before-title")
        yield self.words("before-body")
        yield self.words("before-same")

    def choices(self) -> Sequence[Choice]:
        """Offer both ways with the same weight."""
        return [Choice(self.words("before-ask")), Choice(self.words("before-skip"))]

    async def choose(self, index: int) -> Answer:
        """Ask for number and words and pass them on, or go on to a new visit."""
        if index:
            return "next"
        typed = [Typed(self.face, "before-number", NUMBER_LENGTH), Typed(self.face, "before-words", WORDS_LENGTH)]
        for field in typed:
            goes = await self.face.serve(field)
            if goes != "next":
                return "again" if goes == "back" else goes
        return await self._pass_on(*(field.text for field in typed))

    async def _pass_on(self, number: str, phrase: str) -> Answer:
        """Seal the request and have it kept; what is typed meanwhile is dropped."""
        target = number_in(number, practice=self.face.settings.practice)
        wrong = slip(target, phrase)
        if wrong or target is None:
            return self.face.say(wrong or "")
        self.face.say("before-passing")
        result = await self.face.keeper.ask(target, phrase)
        await self.face.forget()
        return "nothing" if result is Result.KEPT else self.face.say("before-failed")


class Typed(Page):
    """One of the two things to type; digits are what they are."""

    is_field = True

    def __init__(self, face: LineFace, label: str, limit: int) -> None:
        super().__init__(face)
        self._label = label
        self.limit = limit
        self.text = ""
        """What she typed."""

    def blocks(self) -> Iterable[str]:
        """Say what to type."""
        yield self.words(self._label)

    def commands(self) -> Mapping[str, Command]:
        """What has to mean something everywhere."""
        return {"back": self.back, "pause": self.face.pause, "help": self.face.help, "leave": self.leave}

    async def take(self, text: str) -> Answer:
        """Hold it for as long as the request takes."""
        self.text = text
        return "next"
