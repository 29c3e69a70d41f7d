"""One question of the prescreen. Each can be passed over with Enter alone, and each says why it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import Answer, Choice, Command, Page
from kiosk.sitting.visit import codes, numbers
from schema.choosing import Keys

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Question


class QuestionPage(Page):
    """Ask one question; "I'm not sure" and "I'd rather not say" stand among the answers with the same weight."""

    def __init__(self, face: LineFace, question: Question) -> None:
        super().__init__(face)
        self._question = question
        self._codes = codes(question)

    def blocks(self) -> Iterable[str]:
        """Say the question and its softer second line."""
        yield self.words.of(self._question.text)
        if self._question.help:
            yield self.words.of(self._question.help)
        if self._question.id in self.visit.gentle:
            yield self.words("gentle-on")

    def choices(self) -> Sequence[Choice]:
        """Offer the answers; one that was given can be taken back."""
        given = self.visit.given(self._question)
        labels = [self.words.of(each.label) for each in self._question.choices]
        labels += [self.words("not-sure"), self.words("rather-not")]
        offered = [Choice(label, chosen=code == given) for label, code in zip(labels, self._codes, strict=True)]
        return offered if given is None else [*offered, Choice(self.words("line-no-answer"))]

    def keys(self) -> Keys:
        """Where an answer is a number, that number is typed."""
        return Keys(len(self.choices()), numbers(self._question))

    def why(self) -> str:
        """Say why it is asked and what becomes of the answer."""
        return self.words.of(self._question.why)

    def commands(self) -> Mapping[str, Command]:
        """Read the words ahead of the questions again; staff's quiet tick, where they are with her."""
        quiet: dict[str, Command] = {"gently": self.gently} if self.visit.cards else {}
        return {**super().commands(), "again": self.again, **quiet}

    async def choose(self, index: int) -> Answer:
        """Keep the answer and go on; or take it back."""
        if index == len(self._codes):
            self.visit.answer(self._question, None)
        else:
            self.visit.answer(self._question, self._codes[index])
        return "next"

    async def again(self) -> Answer:
        """Say the words that came before the questions, once more (MO-16)."""
        return await self.face.tell(*map(self.words.of, self.face.page_of("framing").body))

    async def gently(self) -> Answer:
        """Tick or untick "come back to this gently" (MO-21)."""
        self.visit.gentle ^= {self._question.id}
        return self.face.say("gentle-on" if self._question.id in self.visit.gentle else "line-gentle-off")
