"""Asking for an interpreter (OR-14): what to say, each sentence in every language of the pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, Static

from kiosk.sitting.interpreting import said
from kiosk.terminal.text import say
from widgets.frame import FramedPage
from widgets.keybar import Key
from widgets.masthead import Masthead

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Interpreter(FramedPage[None]):
    """A page to show to staff, whatever she reads. Esc or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i", "back", show=False),
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
    ]

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__()
        self._sitting = sitting
        self._words = sitting.words

    def masthead(self) -> Masthead:
        """Return the quiet title and the way out."""
        return Masthead(self._words("home-title"), self._words("leave-now"))

    def more(self) -> str:
        """Say that the page goes on below."""
        return self._words("more-below")

    def body(self) -> Iterable[Widget]:
        """Say everything in all languages."""
        title, paragraphs = said(self._sitting.pack, self._words.language)
        yield Static(say(title), classes="question")
        for each in paragraphs:
            yield Static(say("\n".join(each)), classes="paragraph")

    def buttons(self) -> Iterable[Widget]:
        """Offer to close it."""
        yield Button(say(self._words("close")), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Yield the two keys that mean something here."""
        yield Key("F4", self._words("key-back"), "back")
        yield Key("F12", self._words("key-clear"), "leave")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the page is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    def action_go_on(self) -> None:
        """Back to the services."""
        if self.is_current:
            self.dismiss(None)

    def action_back(self) -> None:
        """Back to the services."""
        self.action_go_on()

    def action_leave(self) -> None:
        """Start over."""
        self._sitting.leave()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll a line of text."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)
