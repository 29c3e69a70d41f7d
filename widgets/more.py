"""A quiet line at the foot of a page that says when there is more below it."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.terminal.text import say


class MoreBelow(Static):
    """Says that the page goes on below. On a narrow glass it takes a line only where the page is longer than that."""

    whole: reactive[bool] = reactive(True, toggle_class="-whole")
    """Whether everything is on the glass at once."""

    def __init__(self, words: str) -> None:
        super().__init__(id="more")
        self._words = words

    def on_mount(self) -> None:
        """Follow the page above."""
        body = self._body
        self.watch(body, "scroll_y", self._look, init=False)
        self.watch(body, "virtual_size", self._look, init=False)

    def on_resize(self) -> None:
        """Follow the glass."""
        self._look()

    @property
    def _body(self) -> VerticalScroll:
        return self.screen.query_one("#body", VerticalScroll)

    def _look(self) -> None:
        """See whether lines are hidden. A line that this one takes away counts, or it would come and go by itself."""
        body = self._body
        taken = 1 if self.display and self.screen.has_class("-narrow") else 0
        self.whole = not self._words or body.virtual_size.height <= body.size.height + taken
        below = not self.whole and round(body.scroll_y) < body.max_scroll_y
        self.update(say(self._words if below else ""))
