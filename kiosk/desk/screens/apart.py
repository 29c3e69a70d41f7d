"""What is never ranked: records that nobody vouches for, that do not open, or that no other record explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kiosk.desk.screens.page import DeskPage, paragraph
from kiosk.vault.numbers import show
from widgets.rows import Column, RowTable


class ApartPage(DeskPage):
    """Each number set apart, with the reason; how many were taken back."""

    heading = "Set apart"
    help_text = (
        "None of these is ranked, and none touches a record that is. A record that no station vouches for was not made "
        "by one of yours: somebody put it there, or a station's file was changed. One that asks for a change with a "
        "wrong number or phrase is answered to its visitor like any other, and stays without effect."
    )
    AUTO_FOCUS = "RowTable"

    def banner(self) -> Iterable[Widget]:
        """Yield how many there are of each kind."""
        live_list = self.desk.live_list
        kinds = Counter(each.why.value for each in live_list.apart)
        said = [f"{count:,}: {why}." for why, count in kinds.most_common()] or ["Nothing is set apart."]
        yield paragraph("\n".join(said), "kinds")
        if live_list.withdrawn:
            yield paragraph(f"Taken back by their visitors: {live_list.withdrawn:,}", "kinds")

    def body(self) -> Iterable[Widget]:
        """Yield the numbers."""
        yield RowTable((Column("number", 10), Column("why it is apart", 66)), self._row, id="table")

    def on_mount(self) -> None:
        """Show as many as there are."""
        self._apart = sorted(self.desk.live_list.apart, key=lambda each: (each.why.value, each.number))
        self.query_one(RowTable).grow(len(self._apart), 0)

    def _row(self, index: int) -> Sequence[str]:
        each = self._apart[index]
        return (show(each.number), each.why.value)

    def action_scroll_body(self, pages: int) -> None:
        """The table scrolls by itself."""
