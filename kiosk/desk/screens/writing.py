"""The windows that write a file, the external list first, and the one that asks before a record is removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.desk.destination import LONGEST
from kiosk.errors import KioskError
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.picker import Picker
from widgets.row import WrapRow

if TYPE_CHECKING:
    from kiosk.desk.open_desk import OpenDesk


class FileWindow(ModalScreen[None], inherit_bindings=False):
    """A name or path, checked; then what was written, in a sentence. Esc closes it."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "Input"
    question = ""
    """What is written."""
    explained = ""
    """What it is for and who may have it, in a sentence or two."""
    proposed = ""
    """The name that stands in the field at first."""
    meanwhile = "Writing."
    """What is said until it is done."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self.desk = desk
        """What is open."""

    def compose(self) -> ComposeResult:
        """Lay out field, choice and answer."""
        with Vertical(classes="dialog"):
            yield Static(say(self.question), classes="question")
            if self.explained:
                yield Static(say(self.explained), classes="hint")
            yield from self.choices()
            yield Static("File: a name, or a path on a stick (/media/...)", classes="hint")
            yield Input(self.proposed, max_length=LONGEST, id="file")
            yield from self.options()
            yield Static("", id="answer")
            with WrapRow():
                yield Button(say("Close"), id="close", compact=True)
                yield Button(say("Write"), id="write", classes="main", compact=True)

    def choices(self) -> Iterable[Widget]:
        """What is asked before the file's name."""
        return ()

    def options(self) -> Iterable[Widget]:
        """What is asked after it."""
        return ()

    async def write(self, untrusted_name: str) -> str:
        """Write the file; says what was written. Raises KioskError."""
        raise NotImplementedError

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def action_write(self) -> None:
        """Write it, once."""
        button = self.query_one("#write", Button)
        if not button.disabled:
            button.disabled = True
            self._answer(self.meanwhile)
            self.run_worker(self._write(self.query_one("#file", Input).value), exclusive=True)

    async def _write(self, untrusted_name: str) -> None:
        try:
            said = await self.write(untrusted_name)
        except KioskError as error:
            said = f"! {error} {error.hint}"
        self.query_one("#write", Button).disabled = False
        self._answer(said)

    def _answer(self, sentence: str) -> None:
        self.query_one("#answer", Static).update(say(sentence))

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the list, once nothing is being written."""
        if not self.query_one("#write", Button).disabled:
            self.dismiss()


class ExportWindow(FileWindow):
    """The external list."""

    question = "Write the external list"
    proposed = "list.csv"

    def options(self) -> Iterable[Widget]:
        """How coarse its bands are."""
        yield Picker("Bands", ("as they are", "coarser where a row stands out"), id="bands")

    async def write(self, untrusted_name: str) -> str:
        """Write it. Raises KioskError."""
        return await self.desk.export(untrusted_name, coarser=self.query_one(Picker).index == 1)


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
