"""What the pages share that a key lays over another one: they answer nothing, and one press takes them away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.terminal.text import say
from widgets.frame import FramedPage
from widgets.masthead import Masthead

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


def practice_banner(sitting: SittingApp) -> Iterable[Widget]:
    """Say on every page of a practice round that it is one."""
    if sitting.settings.practice:
        yield Static(say(sitting.words("practice-banner")), id="practice")


class OverPage(FramedPage[None]):
    """A page over a page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hide", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    AUTO_FOCUS = ""
    heading: ClassVar[str]
    """Key of the quiet title in the masthead."""

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__()
        self._sitting = sitting
        self._words = sitting.words

    def masthead(self) -> Masthead:
        """Return the quiet title and the way out."""
        return Masthead(self._words(self.heading), self._words("leave-now"))

    def banner(self) -> Iterable[Widget]:
        """Say that a practice round is one."""
        return practice_banner(self._sitting)

    def more(self) -> str:
        """Say that the page goes on below."""
        return self._words("more-below")

    def action_hide(self) -> None:
        """Take it away; the page below is as it was."""
        if self.is_current:
            self.dismiss(None)

    def action_step(self, by: int) -> None:
        """Scroll a line of text."""
        self.query_one("#body").scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """End the sitting at once."""
        self._sitting.leave()
