"""The window that writes the external list to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.desk.destination import LONGEST
from kiosk.errors import KioskError
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.picker import Picker
from widgets.row import WrapRow

if TYPE_CHECKING:
    from kiosk.desk.open_desk import OpenDesk


class ExportWindow(ModalScreen[None], inherit_bindings=False):
    """A name or path, checked; then what was written, in a sentence. Esc closes it."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Lay out field, choice and answer."""
        with Vertical(classes="dialog"):
            yield Static("Write the external list", classes="question")
            yield Static("File: a name, or a path on a stick (/media/...)", classes="hint")
            yield Input("list.csv", max_length=LONGEST, id="file")
            yield Picker("Bands", ("as they are", "coarser where a row stands out"), id="bands")
            yield Static("", id="answer")
            with WrapRow():
                yield Button(say("Close"), id="close", compact=True)
                yield Button(say("Write"), id="write", classes="main", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def action_write(self) -> None:
        """Write it, once."""
        button = self.query_one("#write", Button)
        if not button.disabled:
            button.disabled = True
            self._answer("Writing.")
            self.run_worker(self._write(self.query_one("#file", Input).value), exclusive=True)

    async def _write(self, untrusted_name: str) -> None:
        try:
            said = await self._desk.export(untrusted_name, coarser=self.query_one(Picker).index == 1)
        except KioskError as error:
            said = f"! {error} {error.hint}"
        self.query_one("#write", Button).disabled = False
        self._answer(said)

    def _answer(self, sentence: str) -> None:
        self.query_one("#answer", Static).update(say(sentence))

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()


class RemoveWindow(ModalScreen[bool], inherit_bindings=False):
    """Ask once more before a record is removed for good. Enter alone never does; Esc closes it."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "#close"

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(say(f"Remove {self._shown} for good?"), classes="question")
            yield Static(
                say("The record and every later request about it go, and nothing brings the number back."),
                classes="paragraph",
            )
            with WrapRow():
                yield Button(say("Keep it"), id="close", classes="main", compact=True)
                yield Button(say("Remove for good"), id="remove", compact=True)

    @on(Button.Pressed, "#remove")
    def _remove(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Keep it."""
        self.dismiss(False)
