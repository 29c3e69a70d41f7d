"""Choosing a county: type its first letters, or scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kiosk.terminal.text import say

if TYPE_CHECKING:
    from kiosk.sitting.pages.county import CountyPage
    from kiosk.sitting.screens.drawing import Face


class CountyList(ModalScreen[str], inherit_bindings=False):
    """The list of counties in a window, with a field that makes it shorter."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, face: Face, page: CountyPage) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        title, keys = self.page.blocks()
        with Vertical(classes="dialog"):
            yield Static(say(title.text), classes=title.kind.value)
            yield Input(placeholder=self.page.words("county-hint"), id="county-input", max_length=40, compact=True)
            yield OptionList(id="counties")
            yield Static(say(keys.text), classes=keys.kind.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    def on_mount(self) -> None:
        """Begin with every county."""
        self._fill("")

    def _fill(self, start: str) -> None:
        found = self.page.narrow(start)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(say(offer.label)) for offer in self.page.offers()])
        options.highlighted = 1 if start.strip() and found else 0

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take(self.query_one(OptionList).highlighted or 0)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_index)

    def _take(self, index: int) -> None:
        self.page.pick(index)
        self.dismiss(str(self.page.go_on()))

    def action_step(self, by: int) -> None:
        """Move in the list while the field keeps the focus."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_close(self) -> None:
        """Leave the county as it was."""
        self.dismiss("back")
