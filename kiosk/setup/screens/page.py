"""What every set-up page shares: its frame, its keys, errors beside the field, and the two ways on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.setup.state import SetupState
from kiosk.terminal.private_page import PrivatePage, paragraph
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key
from widgets.masthead import Masthead

__all__ = ["SetupPage", "error_line", "paragraph"]


class SetupPage(PrivatePage):
    """One page of set-up. It answers `next` or `back`, and has then put what was chosen into the draft."""

    AUTO_FOCUS = "ChoiceList, Input, #go-on"
    keys_text = (
        "Enter goes on. Tab and Shift+Tab move between fields, arrows and digits choose. F4 goes back. "
        "F12, or Esc three times, leaves set-up at once: nothing has been made then."
    )
    go_on_word: ClassVar[str] = "Continue"
    """What the button that goes on says."""

    def __init__(self, state: SetupState, progress: str) -> None:
        super().__init__()
        self.state = state
        """What set-up knows."""
        self.draft = state.draft
        """What has been chosen so far."""
        self._progress = progress

    def take(self) -> bool:
        """Put what was chosen into the draft. Returns False, with an error beside the field, when it cannot be."""
        return True

    def masthead(self) -> Masthead:
        """Return how far set-up is, and the way out of it."""
        return Masthead(f"Set-up{self._progress}", "Leave set-up")

    def banner(self) -> Iterable[Widget]:
        """Put the page's title above everything that scrolls."""
        yield Static(say(self.heading), classes="question heading")

    def more(self) -> str:
        """Say that the page goes on below."""
        return "more below: Page Down"

    def buttons(self) -> Iterable[Widget]:
        """Yield back and on."""
        for button in (
            Button(say("Back"), id="back", compact=True),
            Button(say(self.go_on_word), id="go-on", classes="main", compact=True),
        ):
            button.active_effect_duration = 0  # while it lasts, a second Enter would be dropped
            yield button

    def hints(self) -> Iterable[Key]:
        """Yield the keys of every set-up page."""
        yield from (Key("F1", "Help", "help"), Key("F4", "Back", "back"), Key("F12", "Leave", "leave"))

    def complain(self, error: str, where: str = "error") -> bool:
        """Show `error` beside the field whose error line is `where`; an empty one takes it away. Returns False."""
        line = self.query_one(f"#{where}", Static)
        line.update(say(f"! {error}" if error else ""))
        line.set_class(bool(error), "-shown")
        if error:
            line.scroll_visible(animate=False)
        return False

    def action_go_on(self) -> None:
        """Take what was chosen and go on, unless something is wrong with it."""
        for line in self.query(".error"):
            line.remove_class("-shown")
        if self.is_current and self.is_mounted and self.take():
            self.dismiss("next")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go_on()


def error_line(name: str = "error") -> Static:
    """The line beside a field where `SetupPage.complain` says what is wrong with it."""
    return Static("", id=name, classes="error")
