"""The parts of the safety plan, in whatever order she picks them (MO-32)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from kiosk.sitting.planning import count
from kiosk.sitting.screens.helping import Helping
from kiosk.sitting.screens.outcome import Outcome
from kiosk.sitting.screens.page import Page
from kiosk.sitting.screens.section import AskFirst, SectionPage
from kiosk.terminal.text import say
from schema.pack import Section
from widgets.button import Button
from widgets.choices import Choice, ChoiceList


class Sections(Page):
    """Pick a part with arrows or its number, and Enter opens it; Enter with none picked goes on."""

    go_on_word = "plan-go-on"

    def body(self) -> Iterable[Widget]:
        """List the parts with how many lines of each are in the plan."""
        yield self.title_text(self.words("plan-title"))
        yield self.paragraph(self.words("plan-body"))
        yield ChoiceList([self._choice(each) for each in self.app.pack.sections], id="first")

    def shown(self) -> None:
        """Open the part that the way here asked for, at once."""
        super().shown()
        wanted, self.visit.opens = self.visit.opens, None
        for section in self.app.pack.sections:
            if section.id == wanted:
                self.call_later(self._enter, section)

    def _choice(self, section: Section) -> Choice:
        lines = count(self.visit, section)
        label = self.words.of(section.title)
        return Choice(f"{label}  {self.words('plan-lines', count=lines)}" if lines else label)

    def buttons(self) -> Iterable[Widget]:
        """Add her word for the person, and who helps, where the pack has them."""
        back, *on = super().buttons()
        yield back
        if self.app.pack.person_words:
            yield Button(say(self.words("someone-button")), id="someone", compact=True)
        if self.app.pack.helpers:
            yield Button(say(self.words("helpers-button")), id="helpers", compact=True)
        yield from on

    @on(Button.Pressed, "#someone")
    def _someone(self) -> None:
        self.app.choose_word()

    @on(Button.Pressed, "#helpers")
    def _helpers(self) -> None:
        self.app.push_screen(Helping(self.app), self._part_closed)

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        """Say on the button what Enter does now."""
        self.relabel("go-on", self.go_on_word if event.index is None else "plan-open")

    def action_go_on(self) -> None:
        """Open the picked part, or go on."""
        chosen = self.query_one(ChoiceList).chosen
        if chosen is None:
            self.leave_with("next")
            return
        self._enter(self.app.pack.sections[chosen])

    def _enter(self, section: Section) -> None:
        if section.ask_first and not self.visit.opened.get(section.id):
            self.app.push_screen(AskFirst(self.app, section), lambda outcome: self._asked(section, outcome))
        else:
            self._open(section)

    def _asked(self, section: Section, outcome: Outcome | None) -> None:
        """Open a part that asks first on yes; on no, say nothing and note nothing (SC-11)."""
        if outcome and outcome.goes == "yes":
            self.visit.opened[section.id] = True
            self._open(section)
        elif outcome and outcome.goes != "back":
            self.leave_with(outcome.goes)
        else:
            self.query_one(ChoiceList).chosen = None

    def _open(self, section: Section) -> None:
        self.app.push_screen(SectionPage(self.app, section), self._part_closed)

    def _part_closed(self, outcome: Outcome | None) -> None:
        """Take up whatever the part ended with; plain "next" and "back" come back to this list."""
        if outcome and outcome.goes not in ("next", "back"):
            self.leave_with(outcome.goes)
        else:
            self.leave_with("again")
