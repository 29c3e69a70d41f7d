"""Learning a few lines by heart (OX-04): choose them, then say them with fewer and fewer words. Nothing on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.planning import MOST, NOTHING, chosen_lines, faded
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key
from widgets.planline import Tick

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Memorise(Page):
    """Three to five lines of her plan, rehearsed at her own key press: no clock, and no right or wrong."""

    FIRST = "Tick"
    BINDINGS = [
        Binding("space", "fade(1)", show=False),
        Binding("backspace", "fade(0)", show=False),
        Binding("f7", "unmask", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.unmasked = False
        self.picked: list[int] = []
        """The lines to learn, by their place in the plan."""
        many = len(self._plan())
        self.choosing = many > MOST
        """Whether she still chooses; a short plan is learned whole."""
        if not self.choosing:
            self.picked = list(range(many))
        self.step = 0
        """How much is left out, up to everything."""

    def _plan(self) -> list[str]:
        chosen = chosen_lines(self.visit, self.words, masked=not self.unmasked)
        return [line for _, lines in chosen for line in lines]

    def body(self) -> Iterable[Widget]:
        """Show the lines to choose from, or those to learn."""
        yield self.title_text(self.words("memorise-title"))
        if self.choosing:
            yield self.paragraph(self.words("memorise-choose"))
            for place, line in enumerate(self._plan()):
                yield Tick(line, int(place in self.picked))
        else:
            yield self.paragraph(self.words("memorise-body"))
            for line in self._faded():
                yield Static(say(line), classes="plan-line rehearsed")

    def _faded(self) -> list[str]:
        lines = self._plan()
        return [f"{count}. {faded(lines[place], self.step)}" for count, place in enumerate(self.picked, 1)]

    def buttons(self) -> Iterable[Widget]:
        """Offer to hide more, and to see them again."""
        yield Button(say(self.words("back")), id="back", compact=True)
        if not self.choosing:
            yield Button(say(self.words("fade")), id="fade", compact=True)
            yield Button(say(self.words("unfade")), id="unfade", compact=True)
        yield Button(say(self.words("go-on")), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Add the key that shows code words."""
        for key in super().hints():
            if key.key == "F9":
                yield Key("F7", self.words("key-unmask"), "unmask")
            yield key

    @on(Tick.Marked)
    def _picked(self, event: Tick.Marked) -> None:
        """Take a line, or leave it again; a sixth one stays out."""
        ticks = list(self.query(Tick))
        on = [place for place, tick in enumerate(ticks) if tick.mark]
        for place in on:
            if len(on) > MOST and place not in self.picked:
                ticks[place].mark = 0
        self.picked = [place for place, tick in enumerate(ticks) if tick.mark]

    def action_fade(self, more: int) -> None:
        """Leave out more words, or show the lines whole."""
        if not self.choosing:
            self.step = min(self.step + 1, NOTHING) if more else 0
            for shown, line in zip(self.query(".rehearsed").results(Static), self._faded(), strict=True):
                shown.update(say(line))

    def action_step(self, by: int) -> None:
        """Move from line to line while she chooses; else scroll."""
        if not self.choosing:
            self.action_scroll_lines(by)
        elif by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_unmask(self) -> None:
        """Show code words, or hide them again."""
        self.unmasked = not self.unmasked
        await self.say_in_another_language()

    def action_go_on(self) -> None:
        """Learn what she chose; with nothing chosen, or once it is learned, go on."""
        if self.choosing and self.picked:
            self.choosing = False
            self.call_later(self.say_in_another_language)
        else:
            self.leave_with("next")

    def action_back(self) -> None:
        """Come back to choosing, or to the page before."""
        if not self.choosing and len(self._plan()) > MOST:
            self.choosing, self.step = True, 0
            self.call_later(self.say_in_another_language)
        else:
            super().action_back()

    @on(Button.Pressed, "#fade")
    def _fade(self) -> None:
        self.action_fade(1)

    @on(Button.Pressed, "#unfade")
    def _unfade(self) -> None:
        self.action_fade(0)
