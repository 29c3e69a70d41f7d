"""One part of the safety plan: lines to tick and fill in, cautions ahead of what they warn about, lines of her own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from kiosk.sitting.planning import SIGNS, gapped, states
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import clean
from schema.pack import Line, Section
from schema.plan import OWN_LENGTH, OWN_LINES
from widgets.choices import Choice, ChoiceList
from widgets.planline import TICK, Gap, Mark, PlanLineView, Tick

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class AskFirst(Page):
    """Ask for permission before a part opens (SC-11)."""

    def __init__(self, sitting: SittingApp, section: Section) -> None:
        super().__init__(sitting)
        self.section = section

    def body(self) -> Iterable[Widget]:
        """Ask; nothing chosen is no."""
        yield self.title_text(self.words.of(self.section.ask_first))
        yield ChoiceList([Choice(self.words("yes")), Choice(self.words("no"))], id="first")

    def action_go_on(self) -> None:
        """Answer with `yes`, or with nothing at all."""
        self.leave_with("yes" if self.query_one(ChoiceList).chosen == 0 else "back")


class SectionPage(Page):
    """The lines of one part. Everything typed is kept as it is typed, in memory."""

    go_on_word = "plan-done"
    FIRST = "Tick"
    BINDINGS = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    def __init__(self, sitting: SittingApp, section: Section) -> None:
        super().__init__(sitting)
        self.section = section
        self._states = states(self.visit)

    def body(self) -> Iterable[Widget]:
        """Show the caution, the intro, the lines, and room for lines of her own."""
        words = self.words
        yield self.title_text(words.of(self.section.title))
        if self.section.caution:
            yield self.paragraph(f"! {words.of(self.section.caution)}", "caution")
        yield self.paragraph(words.of(self.section.intro))
        three = self.visit.policy.three_states
        yield self.paragraph(words("plan-section-keys-three" if three else "plan-section-keys"), "hint")
        for line in self.section.lines:
            yield self._view(line)
        yield self.paragraph(words("plan-own"), "hint")
        own = self.visit.plan.own.get(self.section.id, [])
        for index in range(OWN_LINES):
            yield Input(
                own[index] if index < len(own) else "",
                placeholder=words("plan-own-hint"),
                max_length=OWN_LENGTH,
                id=f"own-{index}",
                classes="own",
                compact=True,
                select_on_focus=False,
            )

    def _view(self, line: Line) -> PlanLineView:
        words, made = self.words, self.visit.plan.line(line.id)
        text = gapped(line, words)
        gaps = [
            Gap(
                name,
                words.of(blank.label),
                made.blanks.get(name) or (words.hotline if blank.fill == "hotline" else ""),
                blank.masked,
            )
            for name, blank in line.blanks.items()
        ]
        return PlanLineView(
            line.id,
            text,
            mark=self._states.index(made.state),
            marks=self._marks(),
            gaps=gaps,
            caution=words.of(line.caution),
            why=words.of(line.why),
            show=words("show"),
            hide=words("hide"),
        )

    def _marks(self) -> tuple[Mark, ...]:
        if not self.visit.policy.three_states:
            return TICK
        said = {state: self.words(f"state-{state.value}") for state in self._states[1:]}
        return tuple(Mark(SIGNS[state], said.get(state, "")) for state in self._states)

    @on(PlanLineView.Changed)
    def _line_changed(self, event: PlanLineView.Changed) -> None:
        made = self.visit.plan.line(event.line)
        made.state = self._states[event.mark]
        if event.gap is not None:
            made.blanks[event.gap] = clean(event.value)

    @on(Input.Changed, ".own")
    def _own_changed(self, event: Input.Changed) -> None:
        own = self.visit.plan.own.setdefault(self.section.id, [""] * OWN_LINES)
        own[int(str(event.input.id).removeprefix("own-"))] = clean(event.value)

    @on(Input.Submitted, ".own")
    def _own_submitted(self) -> None:
        self.focus_next()

    def action_step(self, by: int) -> None:
        """Move from line to line, field to field."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_go_on(self) -> None:
        """Enter on a line ticks nothing: it closes the part and comes back to the list."""
        if isinstance(self.focused, Tick):
            self.focus_next()
        else:
            self.leave_with("next")
