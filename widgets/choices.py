"""A list of choices of which one, or none, is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from kiosk.terminal.text import say
from schema.choosing import Keys


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list."""

    label: str
    help: str = ""
    """A quieter second line."""
    value: str = ""
    """What it says now, in a second column."""


class ChoiceRow(Horizontal):
    """One choice: its mark and number on the left, its words beside them."""

    chosen: reactive[bool] = reactive(False, init=False, toggle_class="-chosen")
    """Whether this is the one."""

    @dataclass
    class Clicked(Message):
        """This choice was clicked on."""

        index: int

    def __init__(self, index: int, choice: Choice, key: str, chosen: bool) -> None:
        super().__init__(classes="choice")
        self.index = index
        self.choice = choice
        self.key = key
        """What is typed for it."""
        self.set_reactive(ChoiceRow.chosen, chosen)
        self.set_class(chosen, "-chosen")

    def compose(self) -> ComposeResult:
        """Lay out mark and words."""
        yield Static(say(self._mark()), classes="mark")
        with Vertical(classes="words"):
            yield Static(say(self.choice.label), classes="label")
            if self.choice.help:
                yield Static(say(self.choice.help), classes="help")
        if self.choice.value:
            yield Static(say(self.choice.value), classes="value")

    def _mark(self) -> str:
        """Return the mark as letters, so that nothing is told by colour alone."""
        return f"{'(x)' if self.chosen else '( )'} {self.key}"

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

    Arrows move and choose at once. Nothing is chosen at first, and Enter is left to the page. Digits make one number
    for as long as it can mean a choice. Backspace or Delete alone chooses nothing again.
    """

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("space", "keep", show=False),
        Binding("backspace,delete", "clear", show=False),
        *(Binding(key, f"type('{key}')", show=False) for key in digits),
        *(Binding(f"{key},{key.upper()}", f"type('{key}')", show=False) for key in ascii_lowercase),
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

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        chosen: int | None = None,
        place: int | None = None,
        numbers: Sequence[int | None] = (),
        id: str | None = None,
    ) -> None:
        """Offer `choices`; where an answer is a number, `numbers` has the least that each stands for.

        With nothing chosen, arrows go on from `place`.
        """
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._keys = Keys(len(self._choices), tuple(numbers))
        self._typed = ""
        self._place = place
        self.set_reactive(ChoiceList.chosen, chosen)

    @property
    def cursor_at(self) -> Offset:
        """Where the terminal's cursor belongs: at the chosen one, else at the first."""
        rows = list(self.query(ChoiceRow))
        return rows[self.chosen or 0].region.offset if rows else self.region.offset

    @property
    def choices(self) -> list[Choice]:
        """What can be chosen."""
        return list(self._choices)

    def compose(self) -> ComposeResult:
        """Lay the choices out, one below the other."""
        for index, (choice, key) in enumerate(zip(self._choices, self._keys.shown, strict=True)):
            yield ChoiceRow(index, choice, key, index == self.chosen)

    def _mark_place(self) -> None:
        """Show where an arrow goes on from, while nothing is chosen."""
        for row in self.query(ChoiceRow):
            row.set_class(self.chosen is None and row.index == (self._place or 0), "-place")

    def on_mount(self) -> None:
        """Show where an arrow goes on from."""
        self._mark_place()

    def watch_chosen(self) -> None:
        """Mark the chosen one, bring it into view, and tell."""
        for row in self.query(ChoiceRow):
            row.chosen = row.index == self.chosen
            if row.chosen:
                row.scroll_visible(animate=False)
        self._mark_place()
        if self.is_attached:
            self.post_message(self.Chosen(self, self.chosen))

    def action_move(self, by: int) -> None:
        """Choose the next or former one; from nothing the first, for the last is often a way out."""
        self._typed = ""
        last = len(self._choices) - 1
        here = self._place if self.chosen is None else self.chosen
        if here is None:
            self.chosen = 0
        else:
            self.chosen = min(max(here + by, 0), last)

    def action_to(self, index: int) -> None:
        """Choose the first (0) or last (-1)."""
        self._typed = ""
        self.chosen = index % len(self._choices)

    def action_type(self, key: str) -> None:
        """Choose by what is typed; what is chosen already stays so. A digit goes on with the number before it."""
        keys = self._keys
        longer = self._typed + key
        if not (key.isdigit() and self._typed and keys.goes_on(self._typed) and self._could_mean(longer)):
            longer = key
        self._typed = longer if key.isdigit() else ""
        index = keys.meant(longer)
        if index is not None:
            self.chosen = index

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Take only letters and digits that mean something here; the page answers the others."""
        return action != "type" or self.knows(str(parameters[0]))

    def knows(self, key: str) -> bool:
        """Whether a digit or letter can be typed here."""
        if key.isdigit():
            return (
                bool(self._keys.numbers)
                or self._keys.meant(self._typed + key) is not None
                or self._keys.meant(key) is not None
            )
        return self._keys.meant(key) is not None

    def _could_mean(self, typed: str) -> bool:
        return self._keys.meant(typed) is not None or bool(self._keys.numbers)

    def action_keep(self) -> None:
        """Choose where the mark stands: the first one from nothing."""
        self._typed = ""
        if self.chosen is None:
            self.chosen = 0

    def action_clear(self) -> None:
        """Choose nothing."""
        self._typed = ""
        self.chosen = None

    def on_choice_row_clicked(self, event: ChoiceRow.Clicked) -> None:
        """Choose what was clicked on."""
        event.stop()
        self.focus()
        self._typed = ""
        self.chosen = event.index
