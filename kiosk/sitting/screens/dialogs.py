"""Small windows over a page: a short list to pick from, something to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.terminal.text import say
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.help import Help

if TYPE_CHECKING:
    from kiosk.sitting.pages.page import Page
    from kiosk.sitting.screens.drawing import Face


class Dialog(ModalScreen[str], inherit_bindings=False):
    """A page that asks for one of a few things. Esc leaves all as it was."""

    BINDINGS = [
        Binding("escape,f3,f4", "close", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, face: Face, page: Page) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        """Lay the page out; what holds now is chosen."""
        page = self.page
        with Vertical(classes="dialog"):
            for block in page.blocks():
                yield Static(say(block.text), classes=block.kind.value)
            yield ChoiceList([Choice(offer.label, offer.help) for offer in page.offers()], chosen=page.chosen)
            yield Button(say(page.words("go-on")), id="take", classes="main", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Take the chosen one."""
        self.page.pick(self.query_one(ChoiceList).chosen)
        self.dismiss(str(self.page.go_on()))

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss("back")


class NoteDialog(Help):
    """Something to read, with what the keys do."""

    def __init__(self, face: Face, page: Page) -> None:
        words = page.words
        super().__init__("\n\n".join(block.text for block in page.blocks()), page.keys_help(), words("close"))
        self.page = page
