"""The locked desk: one field for the passphrase, and nothing that tells what it opens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.desk.keys.derivation import WrongPassphrase
from kiosk.desk.screens.page import LockablePage, paragraph
from kiosk.errors import KioskError
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key
from widgets.masthead import Masthead

LONGEST = 200
"""Letters of a passphrase that are taken."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 16.0
"""Seconds until a wrong passphrase is answered: twice as long each time, up to the longest."""
CHECKING = "Checking. This takes a moment on purpose."
WRONG = "! That passphrase does not open the key. Nothing is lost: try again. Capital letters matter."


def pause_after(wrong: int) -> float:
    """Seconds until the next wrong passphrase is answered, after so many."""
    return min(FIRST_PAUSE * float(2**wrong), LONGEST_PAUSE)


Opened = TypeVar("Opened")
"""What the passphrase opens."""


class LockedPage(LockablePage, Generic[Opened]):
    """Ask for the passphrase until it opens what it is for: the provider's key, a meeting's file."""

    heading = "Locked"
    help_text = (
        "Type the passphrase of this machine's key and press Enter. It is not shown. A wrong one is answered slowly, "
        "and slower each time; however often it happens, nothing is destroyed or locked for good."
    )
    AUTO_FOCUS = "#passphrase"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "end", show=False)]

    def __init__(self, unlock: Callable[[str], Opened], end: Callable[[], None]) -> None:
        super().__init__()
        self._unlock_with = unlock
        self._end = end
        self.opened: Opened | None = None
        """What was opened, once the passphrase was right."""
        self._checking = False
        self._wrong = 0

    def body(self) -> Iterable[Widget]:
        """Yield the field and the line that answers."""
        yield paragraph("This screen is locked.", "question")
        yield Static("Passphrase", classes="field-label")
        yield Input(password=True, id="passphrase", max_length=LONGEST)
        yield Static("", id="answer")

    def buttons(self) -> Iterable[Widget]:
        """Yield the button that opens."""
        yield Button(say("Unlock"), id="go-on", classes="main", compact=True)

    def masthead(self) -> Masthead:
        """Return the title alone: there is nothing left to lock."""
        return Masthead(self.heading, "")

    def hints(self) -> Iterable[Key]:
        """Yield help, and the way out of the program."""
        yield from (Key("F1", "Help", "help"), Key("Ctrl+Q", "End", "end"))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """Try what was typed. The field is empty from now on, whatever comes of it."""
        field = self.query_one("#passphrase", Input)
        typed, field.value = field.value, ""
        if typed and not self._checking:
            self._checking = field.disabled = True
            self._answer(CHECKING)
            self.run_worker(self._unlock(typed))

    async def _unlock(self, typed: str) -> None:
        pause = asyncio.sleep(pause_after(self._wrong))
        try:
            self.opened = await asyncio.to_thread(self._unlock_with, typed)
        except WrongPassphrase:
            self._wrong += 1
            await pause
            self._refused(WRONG)
        except KioskError as error:
            pause.close()
            self._refused(f"! {error} {error.hint}")
        else:
            pause.close()
            self.end_with("open")

    def _refused(self, sentence: str) -> None:
        field = self.query_one("#passphrase", Input)
        self._checking = field.disabled = False
        field.focus()
        self._answer(sentence)

    def _answer(self, sentence: str) -> None:
        self.query_one("#answer", Static).update(say(sentence))

    def action_back(self) -> None:
        """There is nothing before this page."""

    def action_end(self) -> None:
        """End the program."""
        self._end()
