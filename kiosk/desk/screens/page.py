"""What every page of the desk shares: its frame, its keys, help, and the lock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.terminal.text import say
from widgets.frame import FramedPage
from widgets.help import Help
from widgets.keybar import Key
from widgets.masthead import Masthead

if TYPE_CHECKING:
    from kiosk.desk.app import DeskApp
    from kiosk.desk.open_desk import OpenDesk


KEYS = (
    "Tab and Shift+Tab move, Enter chooses, F4 goes back, Esc closes a window. F12, or Esc three times, locks at once: "
    "the program that holds the list ends, and the passphrase is asked again."
)
"""What the keys do, on every page."""


class DeskPage(FramedPage[str]):
    """One page of the desk. F4 goes back; Esc closes windows and never a page."""

    app: DeskApp

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", show=False)]
    heading: ClassVar[str]
    """What stands in the first line."""
    help_text: ClassVar[str]
    """What F1 says."""

    @property
    def desk(self) -> OpenDesk:
        """What is open."""
        return self.app.desk

    def masthead(self) -> Masthead:
        """Return what page this is, and the lock."""
        return Masthead(self.heading, "Lock now")

    def keys(self) -> Iterable[Key]:
        """Yield the keys of this page alone."""
        yield Key("F4", "Back", "back")

    def hints(self) -> Iterable[Key]:
        """Yield the keys shown in the last line."""
        yield Key("F1", "Help", "help")
        yield from self.keys()
        yield Key("F12", "Lock", "leave")

    def action_back(self) -> None:
        """Go back to the page before."""
        if self.is_current and self.is_mounted:
            self.dismiss("back")

    def action_help(self) -> None:
        """Say what this page is for."""
        self.app.push_screen(Help(self.help_text, KEYS, "Close"))

    def action_leave(self) -> None:
        """Lock: this process ends, and nothing of the list is left in it."""
        self.app.leave()


def paragraph(text: str, classes: str = "paragraph", *, id: str | None = None) -> Static:
    """A paragraph of plain words."""
    return Static(say(text), classes=classes, id=id)


def facts(pairs: Iterable[tuple[str, str]]) -> Iterable[Widget]:
    """A line for each label and what is known about it."""
    return (Static(say(f"{label + ':':<29} {value}"), classes="fact") for label, value in pairs)
