"""What every set-up page shares: its frame, its keys, errors beside the field, and the two ways on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from kiosk.setup.screens.help import Help
from kiosk.terminal.text import say
from widgets.keybar import Key, KeyBar
from widgets.masthead import LeaveButton, Masthead
from widgets.row import WrapRow

if TYPE_CHECKING:
    from kiosk.setup.app import SetupApp
    from kiosk.setup.draft import Draft


class SetupPage(Screen[str], inherit_bindings=False):
    """One page of set-up. It answers `next` or `back`, and has then put what was chosen into the draft."""

    app: SetupApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("f1", "help", show=False),
        Binding("f4", "back", show=False),
        Binding("pageup", "scroll_body(-1)", show=False),
        Binding("pagedown", "scroll_body(1)", show=False),
    ]
    AUTO_FOCUS = "ChoiceList, Input, #go-on"
    heading: ClassVar[str]
    """The page's title."""
    help_text: ClassVar[str]
    """What F1 says: what is asked here and what follows from it."""
    go_on_word: ClassVar[str] = "Continue"
    """What the button that goes on says."""

    @property
    def draft(self) -> Draft:
        """What has been chosen so far."""
        return self.app.draft

    def body(self) -> Iterable[Widget]:
        """Yield what stands in the middle of the page."""
        return ()

    def take(self) -> bool:
        """Put what was chosen into the draft. Returns False, with an error beside the field, when it cannot be."""
        return True

    def compose(self) -> ComposeResult:
        """Lay out the frame that all pages share."""
        yield Masthead(f"Set-up{self.app.progress(self)}", "Leave set-up")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(say(self.heading), classes="question")
            yield from self.body()
        with WrapRow(id="ways"):
            yield Button(say("Back"), id="back", compact=True)
            yield Button(say(self.go_on_word), id="go-on", classes="main", compact=True)
        yield KeyBar([Key("F1", "Help", "help"), Key("F4", "Back", "back"), Key("F12", "Leave", "leave")])

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
        if self.is_current and self.take():
            self.dismiss("next")

    def action_back(self) -> None:
        """Go back one page; what was chosen here is asked again."""
        if self.is_current:
            self.dismiss("back")

    def action_help(self) -> None:
        """Say what this page is for."""
        self.app.push_screen(Help(self.help_text))

    def action_leave(self) -> None:
        """End set-up; nothing is made."""
        self.app.leave()

    def action_scroll_body(self, pages: int) -> None:
        """Scroll a page of text."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    @on(Button.Pressed, "#go-on")
    @on(Input.Submitted)
    def _wants_on(self) -> None:
        self.action_go_on()

    @on(Button.Pressed, "#back")
    def _wants_back(self) -> None:
        self.action_back()

    @on(KeyBar.Pressed)
    async def _pressed_key(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)

    @on(LeaveButton.Pressed)
    def _pressed_leave(self) -> None:
        self.action_leave()


def paragraph(text: str, classes: str = "paragraph") -> Static:
    """A paragraph of plain words."""
    return Static(say(text), classes=classes)


def error_line(name: str = "error") -> Static:
    """The line beside a field where `SetupPage.complain` says what is wrong with it."""
    return Static("", id=name, classes="error")
