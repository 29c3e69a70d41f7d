"""What the pages of the directory share: their frame, errors beside the field, a way back and a way on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.terminal.private_page import PrivatePage
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key
from widgets.masthead import Masthead


class DirectoryPage(PrivatePage):
    """One page of `kiosk directory`. It answers with what was chosen, or `back`."""

    AUTO_FOCUS = "ChoiceList, Input, #go-on"
    keys_text = (
        "Enter goes on. Tab and Shift+Tab move between fields, Space ticks, arrows and digits choose. F4 goes back, "
        "and nothing is written. F12, or Esc three times, leaves at once."
    )
    back_word: ClassVar[str] = "Back, without a change"
    go_on_word: ClassVar[str] = "Continue"

    def masthead(self) -> Masthead:
        """Return what this is, and the way out."""
        return Masthead("The area's directory", "Leave")

    def banner(self) -> Iterable[Widget]:
        """Put the page's title above everything that scrolls."""
        yield Static(say(self.title_words()), classes="question heading")

    def title_words(self) -> str:
        """Return the page's title."""
        return self.heading

    def more(self) -> str:
        """Say that the page goes on below."""
        return "more below: Page Down"

    def buttons(self) -> Iterable[Widget]:
        """Yield back and on."""
        yield Button(say(self.back_word), id="back", compact=True)
        yield Button(say(self.go_on_word), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Yield the keys of every page."""
        yield from (Key("F1", "Help", "help"), Key("F4", "Back", "back"), Key("F12", "Leave", "leave"))

    def complain(self, error: str, where: str = "error") -> None:
        """Show `error` beside the field whose error line is `where`."""
        line = self.query_one(f"#{where}", Static)
        line.update(say(f"! {error}"))
        line.add_class("-shown")
        line.scroll_visible(animate=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go_on()


def error_line(name: str = "error") -> Static:
    """The line where `DirectoryPage.complain` says what is wrong."""
    return Static("", id=name, classes="error")
