"""What changed since the provider last said that she has seen the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.screens.page import DeskPage, paragraph
from kiosk.errors import KioskError
from kiosk.terminal.text import say
from kiosk.vault.numbers import show
from widgets.button import Button
from widgets.keybar import Key
from widgets.rows import Column, RowTable


class ChangesPage(DeskPage):
    """New and changed numbers by name of their kind, gone ones as a count; a button that says "seen"."""

    heading = "What changed"
    help_text = (
        "Compared with the list at the moment when you last chose that you have seen it. Until you choose it again, "
        "nothing of this is forgotten, however often the desk locks. Kept for it are keyed tags in a sealed file of "
        "this machine, no number and no answer: so it can be said how many are gone, and not which."
    )
    AUTO_FOCUS = "RowTable"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f8,v", "seen", show=False)]

    def banner(self) -> Iterable[Widget]:
        """Yield the counts."""
        yield paragraph("", "kinds", id="counts")

    def body(self) -> Iterable[Widget]:
        """Yield the numbers."""
        columns = (Column("rank", 7, right=True), Column("number", 10), Column("since then", 10))
        yield RowTable(columns, self._row, id="table")

    def buttons(self) -> Iterable[Widget]:
        """Yield the way back, and the word that all was seen."""
        yield Button(say("Back"), id="back", compact=True)
        yield Button(say("I have seen the list"), id="seen", classes="main", compact=True)

    def keys(self) -> Iterable[Key]:
        """Yield the key that says so, too."""
        yield from (Key("V", "Seen", "seen"), Key("F4", "Back", "back"))

    def on_mount(self) -> None:
        """Show what is known."""
        self._show()

    def _show(self) -> None:
        found = self.desk.difference
        rank = self.desk.live_list.rank
        marked = [] if found is None else [(rank(number), number, "new") for number in found.new]
        marked += [] if found is None else [(rank(number), number, "changed") for number in found.changed]
        self._rows = sorted(marked)
        self.query_one("#counts", Static).update(say(self._counts()))
        self.query_one(RowTable).grow(len(self._rows), 0)
        self.query_one("#seen", Button).disabled = not self.desk.complete

    def _counts(self) -> str:
        found = self.desk.difference
        if not self.desk.complete:
            return "Records are still being opened. Come back when all are."
        if found is None:
            return "There is no earlier look to compare with."
        return f"{len(found.new):,} new, {len(found.changed):,} changed, {found.gone:,} gone since the last look."

    def _row(self, index: int) -> Sequence[str]:
        rank, number, kind = self._rows[index]
        return (str(rank), show(number), kind)

    @on(Button.Pressed, "#seen")
    def action_seen(self) -> None:
        """Keep what stands now as the last look."""
        if self.desk.complete:
            self.run_worker(self._keep(), exclusive=True)

    async def _keep(self) -> None:
        try:
            await self.desk.keep_look()
        except KioskError as error:
            self.query_one("#counts", Static).update(say(f"! {error} {error.hint}"))
        else:
            self._show()

    def action_scroll_body(self, pages: int) -> None:
        """The table scrolls by itself."""
