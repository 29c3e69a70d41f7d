"""One record: where it stands and why, and what was said, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.records import code_labels
from kiosk.desk.screens.page import DeskPage, facts, paragraph
from kiosk.desk.screens.writing import RemoveWindow
from kiosk.errors import KioskError
from kiosk.terminal.text import say
from kiosk.vault.numbers import show
from widgets.button import Button
from widgets.keybar import Key
from widgets.number import BigNumber


class DetailPage(DeskPage):
    """A record's page. It says nothing of pathway, plan or referral: those would mark who fled harm (P10)."""

    heading = "A record"
    help_text = (
        "The rank follows from the profile's keys alone, one after the other; the first that differs decides, and "
        "chance between equals, drawn once. What was not said adds nothing and takes nothing away. Which list somebody "
        "chose to wait on is never shown here, and never counts."
    )
    AUTO_FOCUS = "#back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
    ]

    def __init__(self, desk: OpenDesk, number: int) -> None:
        super().__init__(desk)
        self._number = number

    def body(self) -> Iterable[Widget]:
        """Yield the number, its rank with the reasons, and every factor."""
        live_list, number = self.desk.live_list, self._number
        row = live_list.row(number)
        yield BigNumber(show(number))
        yield paragraph(f"Rank {row.rank} of {len(live_list)}, score {row.score}" + self._soon(), "question", id="rank")
        yield from (paragraph(line, "reason") for line in row.why)
        behind = live_list.why_ahead(number)
        if behind is not None:
            yield paragraph(f"Ahead of {show(behind[0])}. {behind[1]}", "section")
        yield paragraph("What was said", "section")
        yield from facts(code_labels.said(row.factors))
        yield paragraph("About the record", "section")
        yield from facts(
            (
                ("Month", row.month),
                ("Region", row.region),
                ("Agency", row.agency),
                ("Talk held", code_labels.ASSESSED[row.assessment_type]),
                ("Release", _release(row.release, row.release_expires)),
                *([("Asked", "the older questions; judged anew, two answers are not known")] if row.older else []),
                ("Since the last look", self._since()),
                (
                    "Later changes",
                    "one stands here in place of the first answers" if number in live_list.changed else "none",
                ),
            )
        )

    def buttons(self) -> Iterable[Widget]:
        """Yield the way back."""
        yield Button(say("Back"), id="back", classes="main", compact=True)
        if self.desk.complete:
            yield Button(say("Remove ..."), id="remove", compact=True)

    @on(Button.Pressed, "#remove")
    def _ask(self) -> None:
        self.app.push_screen(RemoveWindow(show(self._number)), self._sure)

    def _sure(self, remove: bool | None) -> None:
        if remove:
            for button in self.query(Button):
                button.disabled = True
            self.run_worker(self._remove(), exclusive=True)

    async def _remove(self) -> None:
        try:
            await self.desk.remove(self._number)
        except KioskError as error:
            self.query_one("#rank", Static).update(say(f"! {error} {error.hint}"))
            self.query_one("#back", Button).disabled = False
        else:
            self.end_with("removed")

    def keys(self) -> Iterable[Key]:
        """Yield the keys that scroll, too."""
        yield from (Key("Down", "More", "scroll_lines(1)"), Key("F4", "Back", "back"))

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll the page by lines."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)

    def _soon(self) -> str:
        return "" if self.desk.complete else " so far; records are still being opened"

    def _since(self) -> str:
        return {"+": "new", "*": "changed"}.get(
            self.desk.mark(self._number), "the same" if self.desk.difference else "no earlier look"
        )


def _release(given: bool, expires: str | None) -> str:
    if not given:
        return "none: the row stays with the agency"
    return f"until the end of {expires}" if expires else "given"
