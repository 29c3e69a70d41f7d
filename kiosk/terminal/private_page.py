"""What pages of desk and set-up share: help on F1, back on F4, leaving, and paragraphs of plain words."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.terminal.app import PrivateApp
from kiosk.terminal.text import say
from widgets.frame import FramedPage
from widgets.help import Help


class PrivatePage(FramedPage[str]):
    """One page of a program that runs under the supervisor. F4 goes back; Esc closes windows and never a page."""

    app: PrivateApp

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", show=False)]
    heading: ClassVar[str]
    """The page's title."""
    help_text: ClassVar[str]
    """What F1 says of this page."""
    keys_text: ClassVar[str]
    """What F1 says of the keys, on every page of the program."""

    def action_back(self) -> None:
        """Go back to the page before."""
        if self.is_current and self.is_mounted:
            self.dismiss("back")

    def action_help(self) -> None:
        """Say what this page is for."""
        self.app.push_screen(Help(self.help_text, self.keys_text, "Close"))

    def action_leave(self) -> None:
        """End this process: nothing of what it holds is left."""
        self.app.leave()


def paragraph(text: str, classes: str = "paragraph", *, id: str | None = None) -> Static:
    """A paragraph of plain words."""
    return Static(say(text), classes=classes, id=id)
