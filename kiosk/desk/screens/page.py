"""What every page of the desk shares: its keys, its help, and the lock."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.open_desk import OpenDesk
from kiosk.terminal.private_page import PrivatePage, paragraph
from kiosk.terminal.text import say
from widgets.keybar import Key
from widgets.masthead import Masthead

__all__ = ["DeskPage", "LockablePage", "facts", "paragraph"]


class LockablePage(PrivatePage):
    """One page of the desk, locked or open."""

    keys_text = (
        "Tab and Shift+Tab move, Enter chooses, F4 goes back, Esc closes a window. F12, or Esc three times, locks at "
        "once: the program that holds the list ends, and the passphrase is asked again."
    )

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


class DeskPage(LockablePage):
    """One page of a desk that is open."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self.desk = desk
        """What is open."""


def facts(pairs: Iterable[tuple[str, str]]) -> Iterable[Widget]:
    """A line for each label and what is known about it."""
    return (Static(say(f"{label + ':':<29} {value}"), classes="fact") for label, value in pairs)
