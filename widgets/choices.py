"""A list of choices of which one, or none, is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from kiosk.terminal.text import say

KEYS = "1234567890abcdefghijklmnopqrstuvwyz"
"""The key of each choice, in their order; `x` ticks elsewhere, so that it chooses nothing here."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list."""

    label: str
    help: str = ""
    """A quieter second line."""


class ChoiceRow(Horizontal):
    """One choice: its mark and number on the left, its words beside them."""

    chosen: reactive[bool] = reactive(False, init=False, toggle_class="-chosen")
    """Whether this is the one."""

    @dataclass
    class Clicked(Message):
        """This choice was clicked on."""

        index: int

    def __init__(self, index: int, choice: Choice, chosen: bool) -> None:
        super().__init__(classes="choice")
        self.index = index
        self.choice = choice
        self.set_reactive(ChoiceRow.chosen, chosen)
        self.set_class(chosen, "-chosen")

    def compose(self) -> ComposeResult:
        """Lay out mark and words."""
        yield Static(say(self._mark()), classes="mark")
        with Vertical(classes="words"):
            yield Static(say(self.choice.label), classes="label")
            if self.choice.help:
                yield Static(say(self.choice.help), classes="help")

    def _mark(self) -> str:
        """Return the mark as letters, so that nothing is told by colour alone."""
        key = KEYS[self.index] if self.index < len(KEYS) else " "
        return f"{'(x)' if self.chosen else '( )'} {key}"

    def watch_chosen(self) -> None:
        """Set or clear the mark."""
        for mark in self.query(".mark").results(Static):
            mark.update(say(self._mark()))

    def on_click(self, event: events.Click) -> None:
        """Tell the list."""
        event.stop()
        self.post_message(self.Clicked(self.index))


class ChoiceList(Widget, can_focus=True, inherit_bindings=False):
    """Choices that arrows, numbers, space or the mouse choose. Choosing twice keeps the choice.

    Arrows move and choose at once. Nothing is chosen at first, and Enter is left to the page. Backspace or Delete
    alone chooses nothing again.
    """

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("space", "keep", show=False),
        Binding("backspace,delete", "clear", show=False),
        *(Binding(key, f"pick({index})", show=False) for index, key in enumerate(KEYS)),
    ]

    chosen: reactive[int | None] = reactive(None)
    """Index of the chosen one, or `None`."""

    @dataclass
    class Chosen(Message):
        """The choice changed."""

        choices: ChoiceList
        """The list it happened in."""
        index: int | None
        """Which one is chosen now; `None` when it was taken back."""

        @property
        def control(self) -> ChoiceList:
            """The list, for `@on` selectors."""
            return self.choices

    def __init__(self, choices: Sequence[Choice], *, chosen: int | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        self.set_reactive(ChoiceList.chosen, chosen)

    def compose(self) -> ComposeResult:
        """Lay the choices out, one below the other."""
        for index, choice in enumerate(self._choices):
            yield ChoiceRow(index, choice, index == self.chosen)

    def watch_chosen(self) -> None:
        """Mark the chosen one, bring it into view, and tell."""
        for row in self.query(ChoiceRow):
            row.chosen = row.index == self.chosen
            if row.chosen:
                row.scroll_visible(animate=False)
        if self.is_attached:
            self.post_message(self.Chosen(self, self.chosen))

    def action_move(self, by: int) -> None:
        """Choose the next or former one; the first or last from nothing."""
        last = len(self._choices) - 1
        if self.chosen is None:
            self.chosen = 0 if by > 0 else last
        else:
            self.chosen = min(max(self.chosen + by, 0), last)

    def action_to(self, index: int) -> None:
        """Choose the first (0) or last (-1)."""
        self.chosen = index % len(self._choices)

    def action_pick(self, index: int) -> None:
        """Choose by its key; what is chosen already stays so."""
        if index < len(self._choices):
            self.chosen = index

    def action_keep(self) -> None:
        """Choose where the mark stands: the first one from nothing."""
        if self.chosen is None:
            self.chosen = 0

    def action_clear(self) -> None:
        """Choose nothing."""
        self.chosen = None

    def on_choice_row_clicked(self, event: ChoiceRow.Clicked) -> None:
        """Choose what was clicked on."""
        event.stop()
        self.focus()
        self.action_pick(event.index)
