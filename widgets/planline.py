"""One line of a plan: a tick, the words, and a field for each gap in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.terminal.text import say
from schema.plan import FIELD_LENGTH
from widgets.button import Button


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a line, to be filled in."""

    name: str
    label: str
    value: str
    masked: bool = False
    """Whether the letters are hidden until asked for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a line can be; told by a letter and a word, never by colour alone."""

    sign: str
    """The letter in the brackets."""
    word: str = ""
    """Said ahead of the line."""


TICK = (Mark(" "), Mark("x"))
"""A line is ticked or left."""


class Tick(Static, can_focus=True, inherit_bindings=False):
    """The line's words with a mark in front; space or a click puts the next one there, a digit that one."""

    BINDINGS = [
        Binding("space,x", "tick", show=False),
        *(Binding(str(digit), f"mark({digit})", show=False) for digit in range(10)),
    ]

    @dataclass
    class Marked(Message):
        """The line has another mark."""

        mark: int

    mark: reactive[int] = reactive(0)
    """Which of the marks the line has; the first is none."""

    def __init__(self, text: str, mark: int, marks: Sequence[Mark] = TICK) -> None:
        super().__init__(classes="tick")
        self.text = text
        """The line's words."""
        self._marks = tuple(marks)
        self.set_reactive(Tick.mark, mark)
        self.set_class(mark > 0, "-ticked")

    def render(self) -> Content:
        """Draw the mark as letters."""
        mark = self._marks[self.mark]
        return say(f"[{mark.sign}] {f'{mark.word}: ' if mark.word else ''}{self.text}")

    def watch_mark(self) -> None:
        """Set the line off once it has a mark; a longer word may need one line more."""
        self.set_class(self.mark > 0, "-ticked")
        self.refresh(layout=True)

    def action_tick(self) -> None:
        """Put the next mark, after the last one none."""
        self.action_mark((self.mark + 1) % len(self._marks))

    def action_mark(self, mark: int) -> None:
        """Put this mark, or none (0)."""
        if mark < len(self._marks):
            self.mark = mark
            self.post_message(Tick.Marked(mark))

    def on_click(self, event: events.Click) -> None:
        """Mark what was clicked on."""
        event.stop()
        self.action_tick()


class PlanLineView(Vertical):
    """A line of the plan with its caution ahead of it and its gaps below it."""

    @dataclass
    class Changed(Message):
        """What the visitor made of the line changed."""

        line: str
        """The line's id."""
        mark: int
        gap: str | None = None
        """The gap that was typed in, with its words."""
        value: str = ""

    def __init__(
        self,
        line: str,
        text: str,
        *,
        mark: int,
        marks: Sequence[Mark] = TICK,
        gaps: Sequence[Gap] = (),
        caution: str = "",
        why: str = "",
        show: str = "",
        hide: str = "",
    ) -> None:
        super().__init__()
        self.line = line
        self._text = text
        self._gaps = tuple(gaps)
        self._values = {gap.name: gap.value for gap in gaps}
        self._caution = caution
        self._why = why
        self._show = show
        self._hide = hide
        self._mark = mark
        self._marks = marks

    def compose(self) -> ComposeResult:
        """Lay out caution, line, reason and fields."""
        if self._caution:
            yield Static(say(f"! {self._caution}"), classes="caution")
        yield Tick(self._text, self._mark, self._marks)
        if self._why:
            yield Static(say(self._why), classes="detail")
        for gap in self._gaps:
            with Horizontal(classes="gap"):
                yield Static(say(gap.label), classes="gap-label")
                yield Input(
                    gap.value,
                    password=gap.masked,
                    max_length=FIELD_LENGTH,
                    id=f"gap-{gap.name}",
                    compact=True,
                    select_on_focus=False,
                )
                if gap.masked:
                    yield Button(say(self._show), classes="unmask", compact=True)

    def on_tick_marked(self, event: Tick.Marked) -> None:
        """Tell the page."""
        event.stop()
        self._mark = event.mark
        self.post_message(self.Changed(self.line, event.mark))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the page what was typed; a line that is filled in is part of the plan."""
        event.stop()
        name = str(event.input.id).removeprefix("gap-")
        if self._values.get(name) == event.value:  # a field tells of what it was filled with, too
            return
        self._values[name] = event.value
        if event.value.strip() and not self._mark:
            self._mark = self.query_one(Tick).mark = 1
        self.post_message(self.Changed(self.line, self._mark, name, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field goes on to the next line or field, and never to what would show a code word."""
        event.stop()
        self.screen.focus_next()
        if isinstance(self.screen.focused, Button) and self.screen.focused.has_class("unmask"):
            self.screen.focus_next()

    def on_descendant_blur(self) -> None:
        """Hide a code word again once the focus is elsewhere."""
        self.call_after_refresh(self._mask_again)

    def _mask_again(self) -> None:
        for gap in self.query(".gap"):
            if not gap.has_pseudo_class("focus-within"):
                self._mask(gap, hidden=True)

    def _mask(self, gap: Widget, *, hidden: bool) -> None:
        for button in gap.query(".unmask").results(Button):
            gap.query_one(Input).password = hidden
            button.label = say(self._show if hidden else self._hide)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Show the letters of a masked field, or hide them again."""
        event.stop()
        gap = event.button.parent
        if isinstance(gap, Widget):
            self._mask(gap, hidden=not gap.query_one(Input).password)
