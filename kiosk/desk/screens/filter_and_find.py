"""The windows that ask: what to show, and which number to go to."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.records.code_labels import household
from kiosk.desk.records.view import Filter
from kiosk.terminal.text import say
from kiosk.vault.numbers import parse, show
from widgets.button import Button
from widgets.picker import Picker
from widgets.row import WrapRow

ANY = "any"


class FilterWindow(ModalScreen[Filter | None], inherit_bindings=False):
    """Month, region, household and bands, each one of those that are there. Enter takes them, Esc changes nothing."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("enter,f2", "take", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "Picker"

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        facts = desk.live_list.facts.values()
        now = desk.view.filter
        self._months = [None, *sorted({each.month for each in facts}, reverse=True)]
        self._regions = [None, *sorted({each.region for each in facts})]
        self._households = [None, *sorted({each.household for each in facts})]
        judged = {each.bands for each in facts}
        self._bands = [[None, *sorted({bands[at] for bands in judged})] for at in range(len(desk.profile.order))]
        self._now = now
        self._names = desk.profile.order

    def compose(self) -> ComposeResult:
        """Lay out one line for each."""
        with Vertical(classes="dialog"):
            yield Static("Show only", classes="question")
            with VerticalScroll(can_focus=False):
                yield Picker("Month", [each or ANY for each in self._months], index=_at(self._months, self._now.month))
                yield Picker(
                    "Region", [each or ANY for each in self._regions], index=_at(self._regions, self._now.region)
                )
                yield Picker(
                    "Household",
                    [ANY if each is None else household(each) for each in self._households],
                    index=_at(self._households, self._now.household),
                )
                now = self._now.bands or (None,) * len(self._names)
                for name, bands, wanted in zip(self._names, self._bands, now, strict=True):
                    values = [ANY if each is None else f"band {each}" for each in bands]
                    yield Picker(name.capitalize(), values, index=_at(bands, wanted))
            yield Static("Left and right change a line.", classes="hint")
            with WrapRow():
                yield Button(say("Show everything"), id="clear", compact=True)
                yield Button(say("Show these"), id="take", classes="main", compact=True)

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Show what was chosen."""
        month, region, home, *bands = (picker.index for picker in self.query(Picker))
        wanted = tuple(values[index] for values, index in zip(self._bands, bands, strict=True))
        self.dismiss(Filter(self._months[month], self._regions[region], self._households[home], wanted))

    @on(Button.Pressed, "#clear")
    def _clear(self) -> None:
        self.dismiss(Filter())

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _at(values: Sequence[object], wanted: object) -> int:
    return values.index(wanted) if wanted in values else 0


class FindWindow(ModalScreen[int | None], inherit_bindings=False):
    """A number, checked before it is looked for. Nothing but digits can be typed."""

    BINDINGS = [
        Binding("escape,f4", "close", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Lay out the field and the line that answers."""
        with Vertical(classes="dialog"):
            yield Static("Go to a number", classes="question")
            yield Input(restrict=r"[0-9 .\-]*", max_length=12, id="number")
            yield Static("", id="answer")
            with WrapRow():
                yield Button(say("Close"), id="close", compact=True)
                yield Button(say("Find"), id="find", classes="main", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#find")
    def action_find(self) -> None:
        """Look it up."""
        number = parse(self.query_one("#number", Input).value)
        answer = "! No kiosk gives this number: look for a digit that is wrong, or two that changed places."
        if number is not None:
            if self._desk.view.index(number) is not None:
                self.dismiss(number)
                return
            answer = f"! {self._elsewhere(number)}"
        self.query_one("#answer", Static).update(say(answer))

    def _elsewhere(self, number: int) -> str:
        if self._desk.live_list.key(number) is not None:
            return f"{show(number)} is on the list, and the filter hides it."
        apart = next((each for each in self._desk.live_list.apart if each.number == number), None)
        if apart is not None:
            return f"{show(number)} is set apart: {apart.why.value}."
        return f"{show(number)} is not on the list" + ("." if self._desk.complete else ", as far as it is open.")

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)
