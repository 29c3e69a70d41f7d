"""Windows over the meeting: a code of several, reasons for passing over, the day to answer by, a vacancy, a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.errors import KioskError
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.states import PROJECT_TYPES, State
from kiosk.meeting.vacancy import Vacancy, asked
from kiosk.meeting.views import CHOICES, LABELS, Filter
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.picker import Picker
from widgets.row import WrapRow
from widgets.rows import Column, RowTable

DAYS = 14
"""Days to answer that are proposed."""
ANY = "any"
_CLOSING: list[BindingType] = [
    Binding("escape,f4", "close", show=False),
    Binding("tab", "app.focus_next", show=False),
    Binding("shift+tab", "app.focus_previous", show=False),
]
Result = TypeVar("Result")


class MeetingWindow(ModalScreen[Result], inherit_bindings=False):
    """A window that Esc closes without an effect."""

    BINDINGS = _CLOSING

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    @on(Button.Pressed, "#close")
    def _close(self) -> None:
        self.action_close()


class CodeWindow(MeetingWindow[str | None]):
    """One code of a list; with `none`, also no code at all."""

    AUTO_FOCUS = "RowTable"

    def __init__(self, question: str, codes: Mapping[str, str], *, none: str = "") -> None:
        super().__init__()
        self._question = question
        self._codes = [("", none)] * bool(none) + list(codes.items())

    def compose(self) -> ComposeResult:
        """Lay out the codes."""
        with Vertical(classes="dialog"):
            yield Static(say(self._question), classes="question")
            columns = (Column("", 2, right=True), Column("code", 4), Column("means", 60))
            yield RowTable(columns, lambda at: (str(at + 1), *self._codes[at]), id="codes")
            yield Static("Enter or its digit chooses, Esc changes nothing.", classes="hint")

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(RowTable).grow(len(self._codes), 0)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses its code."""
        if event.key.isdecimal() and 0 < int(event.key) <= len(self._codes):
            event.stop()
            self.dismiss(self._codes[int(event.key) - 1][0])

    @on(RowTable.Chosen)
    def _chosen(self, event: RowTable.Chosen) -> None:
        self.dismiss(self._codes[event.index][0])


class ReasonsWindow(MeetingWindow[dict[str, str] | None]):
    """A coded reason for everybody above who fits and has nothing."""

    AUTO_FOCUS = "RowTable"
    BINDINGS = [Binding("a", "all", show=False)]

    def __init__(self, meeting: Meeting, numbers: Sequence[str], what: str) -> None:
        super().__init__()
        self._meeting, self._numbers, self._what = meeting, numbers, what
        self._codes = list(meeting.codes.reasons.items())
        self._given: dict[str, str] = {}
        self._last = ""

    def compose(self) -> ComposeResult:
        """Lay out who is passed over, and the reasons."""
        listed = "\n".join(f"{at} {code} {words}" for at, (code, words) in enumerate(self._codes[:9], 1))
        with Vertical(classes="dialog"):
            count = len(self._numbers)
            yield Static(say(f"{self._what}. Above stand {count:,} who fit and have nothing: why?"), classes="question")
            columns = (Column("place", 6, right=True), Column("number", 8), Column("reason", 40))
            yield RowTable(columns, self._row, id="passed")
            yield Static(say(listed), classes="paragraph")
            yield Static("A digit gives the reason, A the last one to all, Enter keeps them, Esc ends.", classes="hint")
            yield Static("", id="answer")

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(RowTable).grow(len(self._numbers), 0)

    def _row(self, at: int) -> Sequence[str]:
        number = self._numbers[at]
        code = self._given.get(number, "")
        words = self._meeting.codes.reasons.get(code, "")
        return (str(self._meeting.place[number] + 1), number, f"{code} {words}".strip())

    def on_key(self, event: events.Key) -> None:
        """A digit gives the row under the cursor its reason, and goes on."""
        if event.key.isdecimal() and 0 < int(event.key) <= min(9, len(self._codes)):
            event.stop()
            table = self.query_one(RowTable)
            self._last = self._codes[int(event.key) - 1][0]
            self._given[self._numbers[table.cursor]] = self._last
            table.cursor += 1
            table.refresh()

    def action_all(self) -> None:
        """Give the last reason to all who have none."""
        if self._last:
            self._given = dict.fromkeys(self._numbers, self._last) | self._given
            self.query_one(RowTable).refresh()

    @on(RowTable.Chosen)
    def _keep(self) -> None:
        left = len(self._numbers) - len(self._given)
        if left:
            self.query_one("#answer", Static).update(say(f"! {left:,} have no reason yet."))
        else:
            self.dismiss(self._given)


class DayWindow(MeetingWindow[date | None]):
    """The day to answer by."""

    AUTO_FOCUS = "Input"

    def __init__(self, what: str, today: date) -> None:
        super().__init__()
        self._what, self._today = what, today

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical(classes="dialog"):
            yield Static(say(self._what), classes="question")
            yield Static("To be answered by (YYYY-MM-DD); Enter offers, Esc does not", classes="hint")
            yield Input((self._today + timedelta(days=DAYS)).isoformat(), max_length=10)
            yield Static("", id="answer")

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        try:
            day = date.fromisoformat(event.value.strip())
        except ValueError:
            day = date.min
        if day < self._today:
            self.query_one("#answer", Static).update("! That is no day from today on.")
        else:
            self.dismiss(day)


class VacancyWindow(MeetingWindow[Vacancy | None]):
    """A vacancy, new or changed."""

    AUTO_FOCUS = "Input"

    def __init__(self, before: Vacancy | None, proposed: str) -> None:
        super().__init__()
        self._before, self._proposed = before, proposed
        self._types = list(PROJECT_TYPES)

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        before = self._before
        with Vertical(classes="dialog"), VerticalScroll(can_focus=False):
            yield Static(say(f"Change {before.code}" if before else "A new vacancy"), classes="question")
            yield Static("Code", classes="field-label")
            yield Input(before.code if before else self._proposed, max_length=12, id="code", disabled=bool(before))
            at = self._types.index(before.project_type) if before else self._types.index(13)
            yield Picker("Project", list(PROJECT_TYPES.values()), index=at, id="project")
            yield Static("Places", classes="field-label")
            yield Input(str(before.places) if before else "1", max_length=2, id="places")
            yield Static("Asks: size 3-4, family, adults, veteran, chronic, outside ...", classes="field-label")
            yield Input(before.words if before else "", max_length=120, id="asks")
            yield Static("", id="answer")
            with WrapRow():
                yield Button(say("Close"), id="close", compact=True)
                yield Button(say("Keep"), id="take", classes="main", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        code, places, asks = (self.query_one(f"#{name}", Input).value for name in ("code", "places", "asks"))
        try:
            count = int(places) if places.isdecimal() else 0
            kind = self._types[self.query_one("#project", Picker).index]
            self.dismiss(Vacancy(code.strip().upper(), kind, count, *asked(asks)))
        except KioskError as error:
            self.query_one("#answer", Static).update(say(f"! {error} {error.hint}"))


class FilterWindow(MeetingWindow[Filter | None]):
    """Which rows are shown, by what the list says of them. Enter takes it, Esc changes nothing."""

    AUTO_FOCUS = "Picker"
    BINDINGS = [Binding("enter,f2", "take", show=False)]

    def __init__(self, now: Filter) -> None:
        super().__init__()
        self._now = now
        self._codes = {column: [None, *codes] for column, codes in CHOICES.items()}
        self._states = [None, *State]

    def compose(self) -> ComposeResult:
        """Lay out a line for each."""
        with Vertical(classes="dialog"):
            yield Static("Show only", classes="question")
            with VerticalScroll(can_focus=False):
                for column, codes in self._codes.items():
                    values = [ANY, *CHOICES[column].values()]
                    yield Picker(LABELS[column], values, index=codes.index(self._now.cells.get(column)), id=column)
                states = [ANY, *(each.word for each in State)]
                yield Picker("State", states, index=self._states.index(self._now.state), id="state")
            yield Static("Left and right change a line.", classes="hint")
            with WrapRow():
                yield Button(say("Show everybody"), id="clear", compact=True)
                yield Button(say("Show these"), id="take", classes="main", compact=True)

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Show what was chosen."""
        chosen = {column: codes[self.query_one(f"#{column}", Picker).index] for column, codes in self._codes.items()}
        cells = {column: code for column, code in chosen.items() if code is not None}
        state = self._states[self.query_one("#state", Picker).index]
        self.dismiss(Filter(self._now.view, self._now.vacancy, cells, state))

    @on(Button.Pressed, "#clear")
    def _clear(self) -> None:
        self.dismiss(Filter())
