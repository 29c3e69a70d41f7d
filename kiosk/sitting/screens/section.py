"""One part of the safety plan: lines to tick and fill in, each gap a field of its own, lines of her own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.sitting.planning import SIGNS, gapped
from kiosk.sitting.screens.page import PageScreen
from kiosk.terminal.text import say
from schema.pack import Line
from schema.plan import OWN_LENGTH
from widgets.planline import TICK, Gap, Mark, PlanLineView, Tick

if TYPE_CHECKING:
    from kiosk.sitting.pages.section import SectionPage


class SectionScreen(PageScreen):
    """The lines of one part. What is typed is taken as it is typed."""

    page: SectionPage

    def body(self) -> Iterable[Widget]:
        """Draw the words, the lines, and room for lines of her own."""
        words = self.words
        self._drawn = []
        for place, block in enumerate(self.page.blocks()):
            yield self._draw(block)
            if place == 0:
                yield self._hidden(Static(id="note"))
        yield from map(self._view, self.page.section.lines)
        yield Static(say(words("plan-own")), classes="hint")
        for at, text in enumerate(self.page.own()):
            yield Input(
                text,
                placeholder=words("plan-own-hint"),
                max_length=OWN_LENGTH,
                id=f"own-{at}",
                classes="own",
                compact=True,
                select_on_focus=False,
            )

    def _view(self, line: Line) -> PlanLineView:
        words, page = self.words, self.page
        gaps = [
            Gap(name, words.of(gap.label), page.filled(line, name), gap.masked) for name, gap in line.blanks.items()
        ]
        return PlanLineView(
            line.id,
            gapped(line, words),
            mark=page.states.index(page.made(line).state),
            marks=self._marks(),
            gaps=gaps,
            caution=words.of(line.caution),
            why=words.of(line.why),
            show=words("show"),
            hide=words("hide"),
        )

    def _marks(self) -> tuple[Mark, ...]:
        if not self.page.three_states:
            return TICK
        said = {state: self.words(f"state-{state.value}") for state in self.page.states[1:]}
        return tuple(Mark(SIGNS[state], said.get(state, "")) for state in self.page.states)

    async def refresh_page(self) -> None:
        """Everything on the page shows by itself what became of it."""

    @on(PlanLineView.Changed)
    def _line_changed(self, event: PlanLineView.Changed) -> None:
        line = next(each for each in self.page.section.lines if each.id == event.line)
        self.page.mark(line, self.page.states[event.mark])
        if event.gap is not None:
            self.page.fill(line, event.gap, event.value)

    @on(Input.Changed, ".own")
    def _own_changed(self, event: Input.Changed) -> None:
        self.page.write(int(str(event.input.id).removeprefix("own-")), event.value)

    def action_go_on(self) -> None:
        """Enter on a line goes on to the next; elsewhere it closes the part and comes back to the list."""
        if isinstance(self.focused, Tick):
            self.focus_next()
        else:
            super().action_go_on()
