"""The case conference: ranks and numbers, large, of people whose release lets them be spoken of there (MO-12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.screens.page import DeskPage, paragraph
from kiosk.terminal.text import say
from kiosk.vault.numbers import show
from widgets.button import Button
from widgets.keybar import Key
from widgets.number import BigNumber, large

AFTER = 8
"""Numbers shown below the one that is talked about."""


class ConferencePage(DeskPage):
    """One number at a time, those that come next below it. No name, mark, pathway, agency or answer is ever here."""

    heading = "Conference"
    help_text = (
        "For a meeting where the screen is seen by all: ranks and numbers, nothing else, and only of people who chose "
        "the external list and whose release runs. The arrow keys go from number to number. Whoever "
        "may know a number's person knows it from her; nobody learns it here."
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right,space", "move(1)", show=False),
        Binding("up,left", "move(-1)", show=False),
        Binding("home", "to_first", show=False),
    ]

    def __init__(self, desk: OpenDesk, place: int) -> None:
        super().__init__(desk)
        self._month = f"{date.today():%Y-%m}"
        self._place = place

    def body(self) -> Iterable[Widget]:
        """Yield the number talked about, and those after it."""
        yield paragraph("", "question", id="place")
        yield BigNumber(show(0), id="now")
        yield paragraph("", "next", id="after")

    def buttons(self) -> Iterable[Widget]:
        """Yield both ways along the list, and back."""
        for name, words in (("before", "Before"), ("after-this", "Next"), ("back", "Back")):
            yield Button(say(words), id=name, compact=True)

    def keys(self) -> Iterable[Key]:
        """Yield the keys that go along the list."""
        yield from (Key("Up", "Before", "move(-1)"), Key("Down", "Next", "move(1)"), Key("F4", "Back", "back"))

    def on_mount(self) -> None:
        """Show where the cursor stood."""
        self.action_move(0)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Go along the list."""
        if event.button.id in ("before", "after-this"):
            self.action_move(-1 if event.button.id == "before" else 1)

    def action_move(self, by: int) -> None:
        """Talk about the number before or after."""
        live_list = self.desk.live_list
        there = self._numbers(self._place + by, -1 if by < 0 else 1)
        here = chain(self._numbers(self._place, 1), self._numbers(self._place, -1))
        self._place = next((place for place, _ in chain(there, here)), self._place)
        shown = [number for _, number in islice(self._numbers(self._place, 1), AFTER + 1)]
        said = f"Rank {live_list.rank(shown[0])}" if shown else "Nobody here has a release that runs."
        self.query_one("#place", Static).update(say(said))
        now = self.query_one("#now", BigNumber)
        now.display = bool(shown)
        if shown:
            now.query_one(".large", Static).update(say(large(show(shown[0]))))
            now.query_one(".plain", Static).update(say(show(shown[0])))
        after = "\n".join(f"{live_list.rank(number):>7}   {show(number)}" for number in shown[1:])
        self.query_one("#after", Static).update(say(after))

    def _numbers(self, place: int, step: int) -> Iterator[tuple[int, int]]:
        """Yield places and numbers from `place` on, of those who may be spoken of."""
        view, live_list = self.desk.view, self.desk.live_list
        for at in range(place, len(view) if step > 0 else -1, step):
            if 0 <= at < len(view) and live_list.spoken_of(view.number(at), self._month):
                yield at, view.number(at)

    def action_to_first(self) -> None:
        """Talk about the first number."""
        self._place = 0
        self.action_move(0)
