"""Everything that was asked, with what she answered: one answer is changed on one page, and no other is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.pages.elements import Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Page, Reply
from kiosk.sitting.steps import Step
from kiosk.sitting.summarising import answer_in_words
from kiosk.sitting.transitions import change
from schema.pack import Question


class Answers(Page):
    """Pick the answer to change."""

    name = "answers"
    go_on_word = "review-change"

    def asked(self) -> list[Question]:
        """The questions that make sense after what she said."""
        return [each for each in self.sitting.pack.questions if self.visit.applies(each)]

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("answers-title"), Kind.TITLE)

    def offers(self) -> Sequence[Offer]:
        """List question and answer."""
        return [
            Offer(
                self.words.of(each.text), value=answer_in_words(self.visit, each, self.words), chosen=at == self.chosen
            )
            for at, each in enumerate(self.asked())
        ]

    def go_on(self) -> Reply:
        """Ask the one question again."""
        if self.chosen is None:
            return Say(self.words("answers-choose"))
        return change(Step("question", self.asked()[self.chosen].id))
