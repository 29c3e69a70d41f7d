"""One question of the prescreen, a page to itself. Each can be passed over, and each says why it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from kiosk.sitting.visit import codes, numbers
from kiosk.terminal.text import say
from schema.pack import Question
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class QuestionPage(Page):
    """Ask one question; "I'm not sure" and "I'd rather not say" stand among the answers with the same weight."""

    def __init__(self, sitting: SittingApp, question: Question) -> None:
        super().__init__(sitting)
        self.question = question
        self.codes = codes(question)

    def body(self) -> Iterable[Widget]:
        """Show the question, its softer second line, and the answers."""
        words = self.words
        yield self.title_text(words.of(self.question.text))
        if self.question.help:
            yield self.paragraph(words.of(self.question.help), "hint")
        labels = [words.of(choice.label) for choice in self.question.choices]
        labels += [words("not-sure"), words("rather-not")]
        given = self.visit.given(self.question)
        yield ChoiceList(
            [Choice(label) for label in labels],
            chosen=self.codes.index(given) if given in self.codes else None,
            numbers=numbers(self.question),
            id="first",
        )
        yield self.paragraph(words("gentle-on"), "gentle-note")

    def shown(self) -> None:
        """Show whether staff ticked this question."""
        super().shown()
        self._show_gentle()

    def hints(self) -> Iterable[Key]:
        """Add the staff's quiet tick to the keys of every page, where they are with her."""
        for key in super().hints():
            if key.key == "F9" and self.staffed:
                yield Key("F6", self.words("key-gentle"), "gentle")
            yield key

    def buttons(self) -> Iterable[Widget]:
        """Offer to read the question again in other words, beside back and on."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("why-button")), id="why", compact=True)
        yield Button(say(self.words("show-again")), id="again", compact=True)
        yield Button(say(self.words("go-on")), id="go-on", classes="main", compact=True)

    def why(self) -> str:
        """Say why it is asked and what becomes of the answer."""
        return self.words.of(self.question.why)

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        """Keep the answer as soon as it is chosen, so that no key loses it."""
        self.visit.answer(self.question, None if event.index is None else self.codes[event.index])

    @on(Button.Pressed, "#why")
    def _why(self) -> None:
        self.action_why()

    @on(Button.Pressed, "#again")
    def _again(self) -> None:
        self.action_again()

    def action_again(self) -> None:
        """Show the words that came before the questions, once more (MO-16)."""
        framing = self.app.page("framing")
        self.app.explain("\n\n".join(self.words.of(paragraph) for paragraph in framing.body))

    def action_gentle(self) -> None:
        """Tick or untick "come back to this gently" (MO-21); it is the staff's."""
        if not self.staffed:
            return
        self.visit.gentle ^= {self.question.id}
        self._show_gentle()

    def _show_gentle(self) -> None:
        self.query_one(".gentle-note").display = self.question.id in self.visit.gentle
