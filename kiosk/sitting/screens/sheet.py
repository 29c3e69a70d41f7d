"""A sheet as it will be printed, and the way to the printer: nothing is printed before she says so here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from kiosk.paper.device import Printed
from kiosk.sitting.printing import SERVICES, TOLD, Printing
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from schema.summary import PlanMode
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class SheetPage(Page):
    """Show every line of the sheet. F10 prints; Enter never does."""

    BINDINGS = [Binding("f10", "print", show=False)]
    go_on_word = "paper-none"

    def __init__(self, sitting: SittingApp, kind: str) -> None:
        super().__init__(sitting)
        self.kind = kind
        self.large = False
        self.busy = False
        self.done = False
        assert sitting.printing is not None
        self._printing: Printing = sitting.printing

    def body(self) -> Iterable[Widget]:
        """Show the sheet, and the size of its letters."""
        words = self.words
        yield self.title_text(words("paper-title"))
        yield Static(id="printing")
        sizes = [Choice(words("paper-usual")), Choice(words("paper-large"))]
        yield ChoiceList(sizes, chosen=int(self.large), id="size")
        if self.kind != SERVICES:
            yield self.paragraph(words("paper-code"), "hint")
        for line in self._printing.sheet(self.kind, large=self.large).lines:
            yield Static(say(line.text), classes="paper-line bold" if line.bold else "paper-line")

    def hints(self) -> Iterable[Key]:
        """Add the key that prints."""
        yield Key("F10", self.words("key-print"), "print")
        yield from super().hints()

    def buttons(self) -> Iterable[Widget]:
        """Offer both ways with the same weight."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words(self._go_on_word())), id="go-on", classes="main", compact=True)
        yield Button(say(self.words("paper-print")), id="print", classes="main", compact=True)

    def _go_on_word(self) -> str:
        return "go-on" if self.done else "paper-none"

    def shown(self) -> None:
        """Leave the line about the printing out until there is something to say."""
        super().shown()
        self.query_one("#printing").display = False

    @on(ChoiceList.Chosen, "#size")
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        self.large = event.index == 1

    def action_print(self) -> None:
        """Print it, unless it is on its way already."""
        if not self.busy:
            self.busy = True
            self.query_one("#body").scroll_home(animate=False)
            self._say("paper-printing", line=0, lines=0)
            self.run_worker(self._print(), exclusive=True, group="printing")

    async def _print(self) -> None:
        told, sheet_id = await self._printing.put_on_paper(self.kind, large=self.large, tell=self._tell)
        self.busy = False
        self.done = self.done or told == TOLD[Printed.DONE]
        if told == TOLD[Printed.DONE] and self.kind != SERVICES:
            self.visit.plan_mode = PlanMode.PRINTED
        if not self.is_attached:
            return
        self._say(told)
        if sheet_id:
            self._say(told, code=self.words("paper-code-is", sheet=sheet_id))
        self.relabel("go-on", self._go_on_word())
        self.relabel("print", "paper-again")

    def _tell(self, line: int, lines: int) -> None:
        if self.is_attached:
            self._say("paper-printing", line=line, lines=lines)

    def _say(self, key: str, *, code: str = "", **values: object) -> None:
        """Say how far it is, or how it ended."""
        shown = self.query_one("#printing", Static)
        shown.update(say(f"{self.words(key, **values)} {code}".rstrip()))
        shown.display = True

    def action_go_on(self) -> None:
        """Go on, unless a sheet is on its way."""
        if not self.busy:
            super().action_go_on()

    def action_back(self) -> None:
        """Go back, unless a sheet is on its way."""
        if not self.busy:
            super().action_back()

    def action_changed(self) -> None:
        """Something changed, unless a sheet is on its way."""
        if not self.busy:
            super().action_changed()

    def action_language(self) -> None:
        """Another language, unless a sheet is on its way."""
        if not self.busy:
            super().action_language()

    @on(Button.Pressed, "#print")
    def _pressed_print(self) -> None:
        self.action_print()


class OpenSheetPage(SheetPage):
    """The list of everyday services, ahead of the privacy gate."""

    private = False
    heading = "home-title"
