"""Choosing a county: type its first letters, or scroll."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kiosk.sitting.directory import ALL_COUNTIES
from kiosk.sitting.words import Words
from kiosk.terminal.text import say


class CountyList(ModalScreen[str | None], inherit_bindings=False):
    """Ask for a county. Answers with its name, `*` for all, or `None` when it was closed."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, counties: Sequence[str], words: Words) -> None:
        super().__init__()
        self._counties = tuple(counties)
        self._words = words
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        with Vertical(classes="dialog"):
            yield Static(say(self._words("county-title")), classes="question")
            yield Input(placeholder=self._words("county-hint"), id="county-input", max_length=40, compact=True)
            yield OptionList(id="counties")
            yield Static(say(self._words("county-keys")), classes="hint")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    def on_mount(self) -> None:
        """Begin with every county."""
        self._fill("")

    def _fill(self, start: str) -> None:
        start = start.strip().casefold()
        matching = [each for each in self._counties if each.casefold().startswith(start)]
        matching += [each for each in self._counties if start in each.casefold() and each not in matching]
        self._shown = [ALL_COUNTIES, *matching]
        names = [self._words("all-counties"), *matching]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(say(name)) for name in names])
        options.highlighted = 1 if start and matching else 0

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        self.dismiss(self._shown[highlighted or 0])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    def action_step(self, by: int) -> None:
        """Move in the list while the field keeps the focus."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_close(self) -> None:
        """Leave the county as it was."""
        self.dismiss(None)
