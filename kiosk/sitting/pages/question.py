"""One question of the prescreen, a page to itself. Each can be passed over, and each says why it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Act, Note, Open, Page, Reply, nothing_more
from kiosk.sitting.visit import codes, numbers
from schema.choosing import Keys

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Question


class QuestionPage(Page):
    """Ask one question; "I'm not sure" and "I'd rather not say" stand among the answers with the same weight."""

    name = "question-page"
    open_question = True
    clearable = True

    def __init__(self, sitting: Sitting, question: Question) -> None:
        super().__init__(sitting)
        self.question = question
        self._codes = codes(question)
        given = self.visit.given(question)
        self.chosen = self._codes.index(given) if given in self._codes else None

    def blocks(self) -> Iterable[Block]:
        """Say the question and its softer second line."""
        yield Block(self.words.of(self.question.text), Kind.TITLE)
        if self.question.help:
            yield Block(self.words.of(self.question.help), Kind.HINT)
        yield Block("", Kind.OFFERS)
        ticked = self.question.id in self.visit.gentle
        yield Block(self.words("gentle-on") if ticked else "", Kind.NOTE)

    def offers(self) -> Sequence[Offer]:
        """Offer the answers."""
        labels = [self.words.of(choice.label) for choice in self.question.choices]
        labels += [self.words("not-sure"), self.words("rather-not")]
        return [Offer(label, chosen=at == self.chosen) for at, label in enumerate(labels)]

    def keys(self) -> Keys:
        """Where an answer is a number, that number is typed."""
        return Keys(len(self._codes), numbers(self.question))

    def acts(self) -> Iterable[Act]:
        """Say why; read the question again; staff's quiet tick, where they are with her."""
        yield Act("why", self.explain, "why-button")
        yield Act("again", self.again, "show-again", typed=True)
        if self.staffed:
            yield Act("gently", self.gently, key="F6", hint="key-gentle", typed=True)

    def why(self) -> str:
        """Say why it is asked and what becomes of the answer."""
        return self.words.of(self.question.why)

    def pick(self, index: int | None) -> Reply:
        """Keep the answer as soon as it is chosen, so that no key loses it."""
        self.chosen = index
        self.visit.answer(self.question, None if index is None else self._codes[index])
        return None

    def again(self) -> Reply:
        """Say this very question again, and the words ahead of the questions after it (MO-16)."""
        framing = self.sitting.page_of("framing")
        asked = (self.words.of(self.question.text), self.words.of(self.question.help))
        return Open(Note(self, *filter(None, asked), *map(self.words.of, framing.body)), nothing_more)

    def gently(self) -> Reply:
        """Tick or untick "come back to this gently" (MO-21); it is the staff's."""
        self.visit.gentle ^= {self.question.id}
        return Say(self.words("gentle-on" if self.question.id in self.visit.gentle else "line-gentle-off"))
